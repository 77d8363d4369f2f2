package dev.gatun.plan;

import dev.gatun.model.ExitStatus;
import java.util.Optional;

/**
 * Whether a program that has ended is started again.
 *
 * @param code with {@link When#CRASHED}: the exit code that asks for another start; {@link
 *     ExitCode#NONE} for none
 * @param since what the pause is counted from
 * @param pauseNanos it is not started again earlier; a start that comes late is not hurried
 * @param backoff pauses that grow, and how often is too often; empty for no bound
 */
public record Restart(
    When when, int code, Since since, long pauseNanos, Optional<Backoff> backoff) {
  /** Once it has ended it stays so, until it is told otherwise. */
  public static final Restart NEVER = new Restart(When.NEVER, ExitCode.NONE, Since.START, 0);

  /** Which ends another start follows. */
  public enum When {
    NEVER,
    ALWAYS,
    /** A signal ended it, or it exited with the code. */
    CRASHED,
    /** It ended otherwise than with exit code 0, or could not be started. */
    FAILED
  }

  /** What a pause is counted from. */
  public enum Since {
    START,
    END,
    /** The end of its finish program; without one its own. */
    FINISH,
    /** The moment it was ready; where it was not, as FINISH. */
    READY
  }

  /** Without a bound. */
  public Restart(When when, int code, Since since, long pauseNanos) {
    this(when, code, since, pauseNanos, Optional.empty());
  }

  /** After each end but exit code 0, and so long after it. */
  public static Restart afterFailure(long pauseNanos) {
    return new Restart(When.FAILED, ExitCode.NONE, Since.END, pauseNanos);
  }

  /** The same with a bound. */
  public Restart with(Backoff bound) {
    return new Restart(when, code, since, pauseNanos, Optional.of(bound));
  }

  /** After each end, however it came about, and so long after the start before. */
  public static Restart always(long pauseNanos) {
    return new Restart(When.ALWAYS, ExitCode.NONE, Since.START, pauseNanos);
  }

  /** After a crash or an exit with that code, and so long after it. */
  public static Restart afterCrash(int code, long pauseNanos) {
    return new Restart(When.CRASHED, code, Since.END, pauseNanos);
  }

  /** Whether only ends that tell of a failure lead to another start. */
  public boolean isForFailures() {
    return when == When.CRASHED || when == When.FAILED;
  }

  /** Whether any end leads to another start. */
  public boolean everRestarts() {
    return when != When.NEVER;
  }

  /**
   * Whether this end leads to another start.
   *
   * @param status empty when the program could not be executed
   */
  public boolean restarts(Optional<ExitStatus> status) {
    if (when == When.FAILED) {
      return status.isEmpty() || !status.get().isSuccess();
    }
    if (when != When.CRASHED) {
      return when == When.ALWAYS;
    }
    return status.isPresent()
        && (!(status.get() instanceof ExitStatus.Exited) || status.get().isCode(code));
  }
}
