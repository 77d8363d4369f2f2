package dev.gatun.plan;

import dev.gatun.model.ExitStatus;

/**
 * What the end of a service's process means for the container.
 *
 * @param disablingCode the exit code that means "I have disabled myself, let the rest go on"
 * @param successCode what the container ends with when the service exited with 0
 * @param failureCode what it ends with when the service exited otherwise or was killed
 */
public record ExitPolicy(int disablingCode, int successCode, int failureCode) {
  /** A disabling code that no process exits with. */
  public static final int NO_CODE = -1;

  /** Not to know how a process ended is a failure of Gatun's own, and not the service's. */
  private static final int UNKNOWN_CODE = 1;

  public boolean disables(ExitStatus status) {
    return status.isCode(disablingCode);
  }

  public int containerCode(ExitStatus status) {
    if (status == ExitStatus.Unknown.IT) {
      return UNKNOWN_CODE;
    }
    return status.isSuccess() ? successCode : failureCode;
  }
}
