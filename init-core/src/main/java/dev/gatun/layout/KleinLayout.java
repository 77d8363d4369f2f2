package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layout of the Klein image: programs that are run once at the start, one after the other, and
 * then a directory of services that are kept running.
 */
final class KleinLayout {
  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/init");
  private static final OsString ROOT = OsString.of("/");

  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.HUP, Signal.RTMIN_3);

  private final ProgramFiles files;
  private final Variables variables;
  private final OsString workingDirectory;
  private List<OsString> executables;

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   */
  KleinLayout(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.variables = new Variables(environment);
    this.workingDirectory = workingDirectory;
  }

  /** The directory of what is run at the start, absolute. */
  OsString directory() {
    return workingDirectory.resolveAbsolute(variables.get("GATUN_INIT_DIR", DEFAULT_DIRECTORY));
  }

  /** Whether there is anything to run at the start. */
  boolean isThere() {
    return !executables().isEmpty();
  }

  /**
   * @param reason why it is this layout
   * @throws LayoutException when the value of a variable is unusable
   */
  Layouts.Chosen read(String reason) throws LayoutException {
    boolean goesOn = variables.choice("GATUN_INIT_FAILURE", 0, "stop", "continue") == 1;
    Step.Failure failure = goesOn ? Step.Failure.IS_SAID : Step.Failure.ENDS;
    List<Step> first = new ArrayList<>();
    for (OsString name : executables()) {
      Command command = Command.of(directory().resolve(name), ROOT);
      first.add(new Step(new ServiceName(name), command, failure));
    }
    Course course = new Course(first, Optional.empty(), List.of(), List.of());
    KeptVariables kept = new KeptVariables(files, variables, workingDirectory);
    return new Layouts.Chosen(
        kept.configuration(STOP_SIGNALS, course),
        Optional.of(kept.services(KeptVariables.DEFAULT_DIRECTORY)),
        kept.passOutputThrough(),
        reason);
  }

  /** What is run at the start. */
  List<OsString> programs() {
    return executables().stream().map(directory()::resolve).toList();
  }

  /** Their names, ordered bytewise; what is not executable is no program but a file beside one. */
  private List<OsString> executables() {
    if (executables == null) {
      executables = findExecutables();
    }
    return executables;
  }

  private List<OsString> findExecutables() {
    List<OsString> found = new ArrayList<>();
    try {
      for (OsString name : files.list(directory())) {
        OsString path = directory().resolve(name);
        boolean program = files.kind(path) == Kind.FILE && files.isExecutableByAnybody(path);
        if (name.byteAt(0) != '.' && program) {
          found.add(name);
        }
      }
    } catch (IOException e) {
      // No such directory: nothing is to be run.
    }
    return found;
  }
}
