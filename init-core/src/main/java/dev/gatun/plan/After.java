package dev.gatun.plan;

import dev.gatun.model.ServiceId;

/**
 * A service is not started before something has happened to another. One that is not there holds
 * nobody up.
 *
 * <p>UP and READY are dependencies. They hold for each start of the service, the first and later
 * ones; the other is told to stop only when the service is down; and where the other has failed,
 * the service is not started, which is said.
 */
public record After(ServiceId service, Condition condition) {

  /** What has to have happened. */
  public enum Condition {
    /** Its start has been ordered at least once. */
    STARTED,
    /** It has ended, or could not be started. */
    ENDED,
    /** It is ready, or has failed: whatever came of it, nobody waits for it any longer. */
    SETTLED,
    /** Its process runs; a program that is run once has exited with 0. */
    UP,
    /** It is ready, as its {@link Readiness} says; without one as UP. */
    READY
  }

  public static After started(ServiceId service) {
    return new After(service, Condition.STARTED);
  }

  public static After ended(ServiceId service) {
    return new After(service, Condition.ENDED);
  }

  public static After settled(ServiceId service) {
    return new After(service, Condition.SETTLED);
  }

  public static After up(ServiceId service) {
    return new After(service, Condition.UP);
  }

  public static After ready(ServiceId service) {
    return new After(service, Condition.READY);
  }

  /** Whether the service needs the other: while it lives, the other is not told to stop. */
  public boolean isDependency() {
    return condition == Condition.UP || condition == Condition.READY;
  }
}
