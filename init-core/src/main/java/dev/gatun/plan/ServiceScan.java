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
   * @param isComplete whether it can be started; otherwise it goes on when it is one of the
   *     container's already, and does not become one
   */
  public record Found(List<Service> services, String identity, boolean isComplete) {
    public Found {
      services = List.copyOf(services);
    }

    /** A service that can be started. */
    public Found(List<Service> services, String identity) {
      this(services, identity, true);
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
