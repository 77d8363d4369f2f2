package dev.gatun.plan;

import java.util.Optional;

/**
 * How a service is told to stop: by TERM, and CONT so that a stopped process hears it. A service
 * that reads from another is not told: it stops when it has read everything.
 *
 * @param program what is run instead of sending the signals, if anything
 * @param killAfterNanos how long after that it gets KILL, when the container ends; {@link #NO_KILL}
 *     for never
 * @param killsGroup whether what is left of its process group gets KILL after each of its ends
 * @param tellsGroup whether its signals go to its process group, and not to it alone
 */
public record Stop(
    Optional<StopProgram> program, long killAfterNanos, boolean killsGroup, boolean tellsGroup) {
  /** Services are not killed, however long they take: the container's supervisor does that. */
  public static final long NO_KILL = -1;

  /** One that tells the service's own process. */
  public Stop(Optional<StopProgram> program, long killAfterNanos, boolean killsGroup) {
    this(program, killAfterNanos, killsGroup, false);
  }

  /** One that tells the process group. */
  public static Stop ofGroup(long killAfterNanos) {
    return new Stop(Optional.empty(), killAfterNanos, false, true);
  }

  public static Stop bySignal(long killAfterNanos) {
    return new Stop(Optional.empty(), killAfterNanos, false);
  }

  /**
   * What is run instead of sending TERM to a service.
   *
   * @param pidVariable the environment variable in which the program finds the pid of the process
   *     that it is to end
   */
  public record StopProgram(Program program, String pidVariable) {}
}
