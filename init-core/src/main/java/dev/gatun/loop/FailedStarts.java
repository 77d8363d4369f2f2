package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.model.Level;
import dev.gatun.plan.Command;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why programs could not be started. What is short is short for all of them, so that is explained
 * once and then counted: a thousand services would say the same a thousand times.
 */
final class FailedStarts {
  private final Kernel kernel;
  private final Diagnosis diagnosis;
  private final Map<Integer, Integer> repeatedByError = new LinkedHashMap<>();

  /**
   * @param diagnosis or null for the kernel's own words
   */
  FailedStarts(Kernel kernel, Diagnosis diagnosis) {
    this.kernel = kernel;
    this.diagnosis = diagnosis;
  }

  /** The cause, or nothing when it has been said of another program and is counted instead. */
  String cause(Command command, int error) {
    if (Errno.isShortage(error) && repeatedByError.containsKey(error)) {
      repeatedByError.merge(error, 1, Integer::sum);
      return "";
    }
    repeatedByError.put(error, 0);
    String inWords = kernel.explain(error);
    return command.program()
        + ": "
        + (diagnosis == null ? inWords : diagnosis.explain(command, error, inWords));
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
