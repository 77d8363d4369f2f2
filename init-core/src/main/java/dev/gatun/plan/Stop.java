package dev.gatun.plan;

import dev.gatun.model.Signal;
import java.util.Optional;

/**
 * How a service is told to stop: by a signal, and CONT so that a stopped process hears it. A
 * service that reads from another is not told: it stops when it has read everything.
 *
 * @param program what is run instead of sending the signals, if anything
 * @param signal TERM, or another
 * @param killAfterNanos how long after that it gets KILL, when the container ends; {@link #NO_KILL}
 *     for never
 * @param killAfterOrderNanos the same, while the container runs and somebody has it stopped; 0 for
 *     never
 * @param killsGroup whether what is left of its process group gets KILL after each of its ends
 * @param tellsGroup whether its signals go to its process group, and not to it alone
 */
public record Stop(
    Optional<StopProgram> program,
    Signal signal,
    long killAfterNanos,
    long killAfterOrderNanos,
    boolean killsGroup,
    boolean tellsGroup) {
  /** Services are not killed, however long they take: the container's supervisor does that. */
  public static final long NO_KILL = -1;

  /** By TERM, and by KILL only when the container ends. */
  public Stop(Optional<StopProgram> program, long killAfterNanos, boolean killsGroup) {
    this(program, Signal.TERM, killAfterNanos, 0, killsGroup, false);
  }

  public static Stop bySignal(long killAfterNanos) {
    return new Stop(Optional.empty(), killAfterNanos, false);
  }

  /** The same, by signals for the process group. */
  public Stop ofGroup() {
    return new Stop(program, signal, killAfterNanos, killAfterOrderNanos, killsGroup, true);
  }

  /** By another signal. */
  public Stop with(Signal other) {
    return new Stop(program, other, killAfterNanos, killAfterOrderNanos, killsGroup, tellsGroup);
  }

  /** With KILL after a stop that somebody has ordered, too. */
  public Stop killingAfterOrder(long nanos) {
    return new Stop(program, signal, killAfterNanos, nanos, killsGroup, tellsGroup);
  }

  /**
   * What is run instead of sending TERM to a service.
   *
   * @param pidVariable the environment variable in which the program finds the pid of the process
   *     that it is to end
   */
  public record StopProgram(Program program, String pidVariable) {}
}
