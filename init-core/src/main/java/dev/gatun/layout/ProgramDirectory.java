package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.OsString;
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
}
