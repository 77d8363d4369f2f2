package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;

/** What the files in a service's directory mean: each supervisor has its own. */
interface ServiceFiles {

  /**
   * The service, and its log program if it has one.
   *
   * @param real the service's directory, absolute and without links
   */
  List<Service> services(ServiceName name, OsString real, LogFiles log);

  /**
   * What there is by now of the scripts that belong to a service.
   *
   * @param directory that the service's own program is started in
   */
  Hooks hooks(OsString directory);

  /**
   * Has all that is wrong with a service's own files told.
   *
   * @param path the service's directory, as its user would write it
   */
  void check(OsString path, Findings findings);

  /** Where services have live directories, if they have. */
  default Optional<LiveServices> live() {
    return Optional.empty();
  }

  /** Whether the directory of services need not be there. */
  default boolean mayBeNowhere() {
    return false;
  }
}
