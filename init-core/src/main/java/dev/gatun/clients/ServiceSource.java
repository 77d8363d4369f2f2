package dev.gatun.clients;

import dev.gatun.model.OsString;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.ServiceScan;

/** Where services are found. */
public interface ServiceSource {

  /** Looks at what is there now. */
  ServiceScan scan();

  /**
   * Looks at what there is now of a service's hooks.
   *
   * @param directory that the service's own program is started in
   */
  Hooks hooks(OsString directory);
}
