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
 * @param limit how often it may be started
 */
public record Restart(When when, int code, Since since, long pauseNanos, Optional<Limit> limit) {
  /** Once it has ended it stays so, until it is told otherwise. */
  public static final Restart NEVER = new Restart(When.NEVER, ExitCode.NONE, Since.START, 0);

  /** One that may be started as often as it ends. */
  public Restart(When when, int code, Since since, long pauseNanos) {
    this(when, code, since, pauseNanos, Optional.empty());
  }

  /** The same with a limit. */
  public Restart limitedTo(Limit most) {
    return new Restart(when, code, since, pauseNanos, Optional.of(most));
  }

  /**
   * How often a service may be started.
   *
   * @param starts so many are allowed
   * @param windowNanos from the first of them on
   * @param heldNanos so long one more is put off
   */
  public record Limit(int starts, long windowNanos, long heldNanos) {}

  /** Which ends another start follows. */
  public enum When {
    NEVER,
    ALWAYS,
    /** A signal ended it, or it exited with the code. */
    CRASHED
  }

  /** What a pause is counted from. */
  public enum Since {
    START,
    END
  }

  /** After each end, however it came about, and so long after the start before. */
  public static Restart always(long pauseNanos) {
    return new Restart(When.ALWAYS, ExitCode.NONE, Since.START, pauseNanos);
  }

  /** After a crash or an exit with that code, and so long after it. */
  public static Restart afterCrash(int code, long pauseNanos) {
    return new Restart(When.CRASHED, code, Since.END, pauseNanos);
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
    if (when != When.CRASHED) {
      return when == When.ALWAYS;
    }
    return status.isPresent()
        && (!(status.get() instanceof ExitStatus.Exited) || status.get().isCode(code));
  }
}
