package dev.gatun.model;

/**
 * What clients are told of a service.
 *
 * @param pid of the program that runs now, or {@link #NO_PID}
 * @param paused whether it was told to stop in its tracks, and not yet to go on
 * @param terminated whether the present incarnation got TERM
 * @param normallyUp whether it is started without being told to
 * @param sinceNanos when the activity began, on the monotonic clock
 */
public record ServiceStatus(
    Activity activity,
    int pid,
    boolean paused,
    Wanted wanted,
    boolean terminated,
    boolean normallyUp,
    long sinceNanos) {
  public static final int NO_PID = 0;

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
