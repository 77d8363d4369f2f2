package dev.gatun.loop;

import dev.gatun.plan.ServiceScan;

/** Where kept services are found. */
public interface ServiceSource {

  /** Looks at what is there now. */
  ServiceScan scan();
}
