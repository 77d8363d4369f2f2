package dev.gatun.plan;

import dev.gatun.model.ExitStatus;
import java.util.List;

/**
 * What the end of a service's process means for the container.
 *
 * @param disablingCode the exit code that means "I have disabled myself, let the rest go on"
 * @param successCode what the container ends with when the service exited with 0
 * @param failureCode what it ends with when the service exited otherwise or was killed
 * @param passesOn whether the container ends as the service did instead: with its exit code, or 128
 *     and the signal's number
 * @param forgiven codes that become 0 where codes are passed on
 */
public record ExitPolicy(
    int disablingCode, int successCode, int failureCode, boolean passesOn, List<Integer> forgiven) {
  /** A disabling code that no process exits with. */
  public static final int NO_CODE = -1;

  /** Not to know how a process ended is a failure of Gatun's own, and not the service's. */
  private static final int UNKNOWN_CODE = 1;

  private static final int NOT_STARTED = 1;
  private static final int SIGNALED = 128;

  public ExitPolicy {
    forgiven = List.copyOf(forgiven);
  }

  /** A policy by which what a service ends with means success or failure. */
  public ExitPolicy(int disablingCode, int successCode, int failureCode) {
    this(disablingCode, successCode, failureCode, false, List.of());
  }

  /** A policy by which the container ends as the service did, but with 0 for what is forgiven. */
  public static ExitPolicy passingOn(List<Integer> forgiven) {
    return new ExitPolicy(NO_CODE, 0, NOT_STARTED, true, forgiven);
  }

  public boolean disables(ExitStatus status) {
    return status.isCode(disablingCode);
  }

  public int containerCode(ExitStatus status) {
    if (status == ExitStatus.Unknown.IT) {
      return UNKNOWN_CODE;
    }
    if (passesOn) {
      return forgive(codeOf(status));
    }
    return status.isSuccess() ? successCode : failureCode;
  }

  private int forgive(int code) {
    return forgiven.contains(code) ? 0 : code;
  }

  private static int codeOf(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code();
      case ExitStatus.Signaled signaled -> SIGNALED + signaled.signal().number();
      case ExitStatus.Unknown unknown -> UNKNOWN_CODE;
    };
  }
}
