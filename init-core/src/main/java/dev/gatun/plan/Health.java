package dev.gatun.plan;

/**
 * How it is watched that a service which is ready does its work.
 *
 * @param source what tells of it
 * @param failures how many in a row it takes, 1 or more
 * @param then what follows then
 */
public record Health(Source source, int failures, Then then) {

  /** What tells of a service's health. */
  public sealed interface Source {}

  /** A probe, for the first time one interval after the service was ready. */
  public record Probed(Probe probe) implements Source {}

  /**
   * {@code WATCHDOG=1} on the socket that {@code NOTIFY_SOCKET} names, by sd_notify(3): not to hear
   * it is a failure.
   *
   * @param withinNanos how long after the one before it has to be heard
   */
  public record Watchdog(long withinNanos) implements Source {}

  /** What follows when a service is not healthy. */
  public enum Then {
    /** It is stopped and started again, which counts for its {@link Backoff.Limit limit}. */
    RESTART,
    /** The container ends, with a failure. */
    END,
    /** It is said, and shown to those who look. */
    REPORT
  }
}
