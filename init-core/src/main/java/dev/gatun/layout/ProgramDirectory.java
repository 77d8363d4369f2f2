package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Command;
import dev.gatun.plan.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A directory of programs that are run one after the other, ordered bytewise by their names. */
record ProgramDirectory(ProgramFiles files, OsString directory) {

  /** Their paths; what is not executable is no program but a file beside one. */
  List<OsString> programs() {
    List<OsString> found = new ArrayList<>();
    try {
      for (OsString name : files.list(directory)) {
        OsString path = directory.resolve(name);
        if (name.byteAt(0) != '.' && isProgram(files, path)) {
          found.add(path);
        }
      }
    } catch (IOException e) {
      // No such directory: nothing is to be run.
    }
    return found;
  }

  static boolean isProgram(ProgramFiles files, OsString path) {
    return files.kind(path) == Kind.FILE && files.isExecutableByAnybody(path);
  }

  /**
   * What is to be run for these programs, each called as its file is.
   *
   * @param workingDirectory where they run
   */
  static List<Step> steps(
      List<OsString> programs,
      OsString workingDirectory,
      Step.Failure failure,
      boolean setEnvironment) {
    List<Step> steps = new ArrayList<>();
    for (OsString path : programs) {
      ServiceName name = new ServiceName(path.substring(path.lastIndexOf('/') + 1));
      steps.add(new Step(name, Command.of(path, workingDirectory), failure, setEnvironment));
    }
    return steps;
  }
}
