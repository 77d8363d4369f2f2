package dev.gatun.plan;

/**
 * How a service shows that it is ready, for those that depend on it. It is ready until its process
 * ends.
 *
 * @param sign what shows it
 * @param withinNanos how long it may take from its start on; {@link #NO_LIMIT} for as long as it
 *     likes. What ends and is started again on the way there gets no more time.
 * @param late what follows when it takes longer, beside an error
 */
public record Readiness(Sign sign, long withinNanos, Late late) {
  public static final long NO_LIMIT = -1;

  /** What shows that a service is ready. */
  public sealed interface Sign {}

  /**
   * Nothing but what its kind says: that its process runs, or that the program which is run once
   * has exited with 0. For a oneshot {@link Readiness#withinNanos} is how long it may run: then it
   * gets KILL, and has failed, whatever {@link Readiness#late} is.
   */
  public record ByKind() implements Sign {}

  /**
   * A newline that is written to a descriptor.
   *
   * @param number of the descriptor that it is given, 3 to 1023
   */
  public record Descriptor(int number) implements Sign {}

  /** {@code READY=1} on the socket that {@code NOTIFY_SOCKET} names, by sd_notify(3). */
  public record Notification() implements Sign {}

  /** The first success of a probe. The first is made as soon as its process runs. */
  public record Probed(Probe probe) implements Sign {}

  /** What follows when a service is not ready in time. Its dependents hear of it in any case. */
  public enum Late {
    /** It goes on, and its dependents are started should it get ready after all. */
    WAIT,
    /** It is stopped and started again, which counts for its {@link Backoff.Limit limit}. */
    RESTART,
    /** The container ends, with a failure. */
    END
  }
}
