package dev.gatun.plan;

import dev.gatun.model.ServiceId;

/**
 * A service is not started before something has happened to another. One that is not there holds
 * nobody up.
 */
public record After(ServiceId service, Condition condition) {

  /** What has to have happened. */
  public enum Condition {
    /** Its start has been ordered. */
    STARTED,
    /** It has ended, or could not be started. */
    ENDED
  }

  public static After started(ServiceId service) {
    return new After(service, Condition.STARTED);
  }

  public static After ended(ServiceId service) {
    return new After(service, Condition.ENDED);
  }
}
