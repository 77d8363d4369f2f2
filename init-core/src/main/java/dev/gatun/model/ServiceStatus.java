package dev.gatun.model;

import java.util.Optional;

/**
 * What clients are told of a service.
 *
 * @param pid of the program that runs now, or {@link #NO_PID}
 * @param paused whether it was told to stop in its tracks, and not yet to go on
 * @param terminated whether the present incarnation got TERM
 * @param normallyUp whether it is started without being told to
 * @param sinceNanos when the activity began, on the monotonic clock
 * @param ready whether it has shown that it is ready; never where it has no way to show it
 * @param readySinceNanos when it did so, on the monotonic clock; 0 while it is not ready
 * @param lastEnd how its program ended the last time; empty when it has not, or could not be
 *     started
 */
public record ServiceStatus(
    Activity activity,
    int pid,
    boolean paused,
    Wanted wanted,
    boolean terminated,
    boolean normallyUp,
    long sinceNanos,
    boolean ready,
    long readySinceNanos,
    Optional<ExitStatus> lastEnd) {
  public static final int NO_PID = 0;

  /** Of a service that shows no readiness and has not ended. */
  public ServiceStatus(
      Activity activity,
      int pid,
      boolean paused,
      Wanted wanted,
      boolean terminated,
      boolean normallyUp,
      long sinceNanos) {
    this(
        activity,
        pid,
        paused,
        wanted,
        terminated,
        normallyUp,
        sinceNanos,
        false,
        0,
        Optional.empty());
  }

  /** What the service is doing. */
  public enum Activity {
    DOWN,
    RUN,
    /** What follows its end is run. */
    FINISH
  }

  /** What is wanted of the service. */
  public enum Wanted {
    UP,
    DOWN,
    /** It is to go down and is supervised no longer then. */
    EXIT
  }
}
