package dev.gatun.plan;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Obstacle;
import java.util.List;

/**
 * What the end of a service's process means for the container.
 *
 * @param disablingCode the exit code that means "I have disabled myself, let the rest go on"
 * @param successCode what the container ends with when the service exited with 0
 * @param failureCode what it ends with when the service exited otherwise or was killed
 * @param passesOn whether the container ends as the service did instead: with its exit code, 128
 *     and the signal's number, 127 when there is no such program and 126 when it cannot be executed
 * @param forgiven codes that become 0 where codes are passed on
 */
public record ExitPolicy(
    int disablingCode, int successCode, int failureCode, boolean passesOn, List<Integer> forgiven) {
  /** A disabling code that no process exits with. */
  public static final int NO_CODE = -1;

  /** Not to know how a process ended is a failure of Gatun's own, and not the service's. */
  private static final int UNKNOWN_CODE = 1;

  private static final int NOT_STARTED = 1;

  /** What a command's runner ends with when the program cannot be executed. */
  public static final int NOT_EXECUTABLE = 126;

  /** What it ends with when there is no such program. */
  public static final int NOT_FOUND = 127;

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
      return forgive(status.shellCode(UNKNOWN_CODE));
    }
    return status.isSuccess() ? successCode : failureCode;
  }

  /** What the container ends with when the service could not be started. */
  public int notStartedCode(Obstacle obstacle) {
    if (!passesOn) {
      return NOT_STARTED;
    }
    return forgive(
        switch (obstacle) {
          case NOT_FOUND -> NOT_FOUND;
          case NOT_EXECUTABLE -> NOT_EXECUTABLE;
          case OTHER -> NOT_STARTED;
        });
  }

  private int forgive(int code) {
    return forgiven.contains(code) ? 0 : code;
  }
}
