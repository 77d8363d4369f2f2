package dev.gatun.plan;

/**
 * Whether a program that has ended is started again.
 *
 * @param pauseNanos at least so long between two starts; a start that comes late is not hurried
 */
public record RestartPolicy(boolean restarts, long pauseNanos) {
  /** Once it has ended it stays so, until it is told otherwise. */
  public static final RestartPolicy NEVER = new RestartPolicy(false, 0);

  /** After each end, however it came about. */
  public static RestartPolicy always(long pauseNanos) {
    return new RestartPolicy(true, pauseNanos);
  }
}
