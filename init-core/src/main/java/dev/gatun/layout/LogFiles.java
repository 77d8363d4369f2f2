package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Program;
import dev.gatun.plan.Wiring;
import java.util.Optional;

/**
 * What becomes of a service's lines: they go through {@code log/run}, or {@code log/pattern}
 * converts them.
 *
 * @param directory absolute
 */
record LogFiles(OsString directory, boolean hasProgram, Optional<LinePattern> pattern) {

  /**
   * Looks for them.
   *
   * @param shown what findings call the directory
   * @throws LayoutException at a start, when they cannot be used
   */
  static LogFiles read(FileTree files, OsString directory, OsString shown, Findings findings)
      throws LayoutException {
    boolean hasProgram = files.exists(directory.resolve("run"));
    boolean hasPattern = files.exists(directory.resolve("pattern"));
    if (hasProgram) {
      findings.program(shown.resolve("run"));
    }
    Optional<LinePattern> pattern = Optional.empty();
    if (hasPattern && (!hasProgram || findings.areWanted())) {
      pattern = PatternFile.read(files, shown.resolve("pattern"), findings);
    }
    if (hasPattern && hasProgram) {
      findings.refuse(
          Finding.error(
              "pattern-and-run",
              shown.resolve("pattern"),
              0,
              "there is run beside it, and lines go through one of the two",
              "remove one of the two"));
      pattern = Optional.empty();
    }
    if (!hasProgram && !hasPattern && findings.areWanted() && files.exists(shown)) {
      boolean isDirectory = files.isDirectory(shown);
      findings.warn(
          "log-without-run",
          shown,
          isDirectory
              ? "it has neither run nor pattern"
              : "it is no directory that has run or pattern",
          "put the log program at log/run or a pattern at log/pattern, or remove log; it is left"
              + " out");
    }
    return new LogFiles(directory, hasProgram, pattern);
  }

  /** Nothing is there, and lines are the service's own. */
  static LogFiles none(OsString directory) {
    return new LogFiles(directory, false, Optional.empty());
  }

  /** The log program, which must be there. */
  Program program() {
    return Program.of(directory.resolve("run"), directory);
  }

  /** Where the lines of the service of that name go. */
  Wiring wiring(ServiceName name) {
    if (hasProgram) {
      return Wiring.writingTo(ServiceId.log(name));
    }
    return pattern.isPresent() ? Wiring.convertedBy(pattern.get()) : Wiring.LINES;
  }
}
