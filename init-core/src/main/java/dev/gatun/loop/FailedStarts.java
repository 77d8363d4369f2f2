package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Obstacle;
import dev.gatun.plan.Program;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why programs could not be started. What is short is short for all of them, so that is explained
 * once and then counted: a thousand services would say the same a thousand times.
 */
final class FailedStarts {
  private final Kernel kernel;
  private final Optional<StartAdvice> advice;
  private final Map<Integer, Integer> repeatedByError = new LinkedHashMap<>();

  /**
   * @param advice without it there are the kernel's own words
   */
  FailedStarts(Kernel kernel, Optional<StartAdvice> advice) {
    this.kernel = kernel;
    this.advice = advice;
  }

  /** The cause, or nothing when it has been said of another program and is counted instead. */
  private String cause(Program program, int error) {
    if (Errno.isShortage(error) && repeatedByError.containsKey(error)) {
      repeatedByError.merge(error, 1, Integer::sum);
      return "";
    }
    repeatedByError.put(error, 0);
    String inWords = kernel.explain(error);
    return program.path()
        + ": "
        + (advice.isEmpty() ? inWords : advice.get().explain(program, error, inWords));
  }

  /** What is posted of it. */
  Event.SpawnFailed event(long nowNanos, Incarnation who, Program program, int error) {
    return new Event.SpawnFailed(nowNanos, who, cause(program, error), obstacle(error));
  }

  private static Obstacle obstacle(int error) {
    if (Errno.isShortage(error)) {
      return Obstacle.OTHER;
    }
    boolean missing = error == Errno.ENOENT || error == Errno.ENOTDIR;
    return missing ? Obstacle.NOT_FOUND : Obstacle.NOT_EXECUTABLE;
  }

  /** Says what was counted in this turn. */
  void report(Reporter reports) {
    for (Map.Entry<Integer, Integer> repeated : repeatedByError.entrySet()) {
      if (repeated.getValue() > 0) {
        String what = repeated.getValue() == 1 ? " more program: " : " more programs: ";
        reports.report(
            Level.ERROR,
            "cannot start " + repeated.getValue() + what + kernel.explain(repeated.getKey()));
        repeated.setValue(0);
      }
    }
  }
}
