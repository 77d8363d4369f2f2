package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import java.io.IOException;

/**
 * Where services have live directories, and what the clients that are there expect of those.
 *
 * @param directory that all of them lie in, absolute
 * @param exitCodeFile what programs write the container's exit code into, absolute
 * @param statusHasGroup whether a status says which process group a service leads
 * @param isUsable whether anything can be made there
 */
public record LiveServices(
    OsString directory, OsString exitCodeFile, boolean statusHasGroup, boolean isUsable) {
  private static final OsString RELEASE = OsString.of("/package/admin/s6");
  private static final String WITH_GROUP = "2.13";
  private static final OsString LIBRARIES = OsString.of("/usr/lib");
  private static final OsString LIBRARY = OsString.of("libs6.so." + WITH_GROUP);

  static LiveServices of(ProgramFiles files, S6Places places) {
    return new LiveServices(
        places.services(),
        S6RunDirectory.exitCodeFile(places.run()),
        hasGroup(files),
        places.mayBeMade(files));
  }

  /** Which release is there shows in the name of its package, or of its library. */
  private static boolean hasGroup(ProgramFiles files) {
    OsString release = files.linkTarget(RELEASE);
    if (release != null) {
      return release.contains("s6-" + WITH_GROUP + ".");
    }
    if (files.exists(LIBRARIES.resolve(LIBRARY))) {
      return true;
    }
    try {
      for (OsString name : files.list(LIBRARIES)) {
        boolean isOfMachine = name.contains("-linux-");
        if (isOfMachine && files.exists(LIBRARIES.resolve(name).resolve(LIBRARY))) {
          return true;
        }
      }
    } catch (IOException e) {
      // No libraries there: another release, or none.
    }
    return false;
  }
}
