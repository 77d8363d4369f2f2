package dev.gatun.plan;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Obstacle;
import java.util.List;

/** What the container ends with when the end of a process is its end. */
public sealed interface ExitCode {
  /** A code that no process exits with. */
  int NONE = -1;

  /** What a command's runner ends with when the program cannot be executed. */
  int NOT_EXECUTABLE = 126;

  /** What it ends with when there is no such program. */
  int NOT_FOUND = 127;

  /** Not to know how a process ended, or not to have started it, is a failure of Gatun's own. */
  int OWN_FAILURE = 1;

  int of(ExitStatus status);

  /** What the container ends with when the program could not be started. */
  int ofObstacle(Obstacle obstacle);

  /** Whether the container ends as the process did: that is the process's matter. */
  default boolean isPassedOn() {
    return false;
  }

  /**
   * A code that says success or failure.
   *
   * @param success when the process exited with 0
   * @param failure when it exited otherwise or was killed
   */
  record Table(int success, int failure) implements ExitCode {
    @Override
    public int of(ExitStatus status) {
      if (status == ExitStatus.Unknown.IT) {
        return OWN_FAILURE;
      }
      return status.isSuccess() ? success : failure;
    }

    @Override
    public int ofObstacle(Obstacle obstacle) {
      return OWN_FAILURE;
    }
  }

  /**
   * The process's own code, 128 and the signal's number when one killed it, 127 when there is no
   * such program and 126 when it cannot be executed.
   *
   * @param forgiven codes that become 0
   */
  record PassedOn(List<Integer> forgiven) implements ExitCode {
    /** Nothing is forgiven. */
    public static final PassedOn AS_IT_IS = new PassedOn(List.of());

    public PassedOn {
      forgiven = List.copyOf(forgiven);
    }

    @Override
    public int of(ExitStatus status) {
      return status == ExitStatus.Unknown.IT ? OWN_FAILURE : forgive(status.shellCode(OWN_FAILURE));
    }

    @Override
    public int ofObstacle(Obstacle obstacle) {
      return forgive(
          switch (obstacle) {
            case NOT_FOUND -> NOT_FOUND;
            case NOT_EXECUTABLE -> NOT_EXECUTABLE;
            case OTHER -> OWN_FAILURE;
          });
    }

    private int forgive(int code) {
      return forgiven.contains(code) ? 0 : code;
    }

    @Override
    public boolean isPassedOn() {
      return true;
    }
  }
}
