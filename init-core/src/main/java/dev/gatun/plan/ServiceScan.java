package dev.gatun.plan;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * The services that a directory holds at some time.
 *
 * @param services ordered by name, bytewise
 * @param watched directories whose changes may change that, absolute
 * @param problems what keeps services from being there, for people, a clause each
 */
public record ServiceScan(List<Found> services, List<OsString> watched, List<String> problems) {

  /**
   * A service that is there.
   *
   * @param services the service, and the one that reads from it if there is one
   * @param identity another text when another directory has taken its name
   */
  public record Found(List<Service> services, String identity) {
    public Found {
      services = List.copyOf(services);
    }

    /** The service itself, and not what reads from it. */
    public Service service() {
      return services.getFirst();
    }
  }

  public ServiceScan {
    services = List.copyOf(services);
    watched = List.copyOf(watched);
    problems = List.copyOf(problems);
  }
}
