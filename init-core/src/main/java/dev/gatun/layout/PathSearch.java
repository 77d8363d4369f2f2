package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;

/**
 * Where a command's program lies, as execvp(3) finds it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/exec.3.html">exec(3)</a>
 */
final class PathSearch {
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final ProgramFiles files;
  private final OsString searchPath;

  PathSearch(ProgramFiles files, OsString searchPath) {
    this.files = files;
    this.searchPath = searchPath;
  }

  /**
   * The program's path; a name with a slash is one, and is not looked at.
   *
   * @throws LayoutException with 127 when there is none, and with 126 when none can be executed
   */
  OsString find(OsString name) throws LayoutException {
    if (name.indexOf('/') >= 0) {
      return name;
    }
    OsString refused = null;
    OsString rest = name.isEmpty() ? null : searchPath;
    while (rest != null) {
      int colon = rest.indexOf(':');
      OsString directory = colon < 0 ? rest : rest.substring(0, colon);
      rest = colon < 0 ? null : rest.substring(colon + 1);
      OsString candidate = directory.isEmpty() ? name : directory.resolve(name);
      ProgramFiles.Kind kind = files.kind(candidate);
      if (kind == ProgramFiles.Kind.FILE && files.mayExecute(candidate)) {
        return candidate;
      }
      if (kind != ProgramFiles.Kind.NOTHING && refused == null) {
        refused = candidate;
      }
    }
    if (refused != null) {
      throw new LayoutException(
          "cannot run "
              + name
              + ": "
              + refused
              + " is not executable: make it executable (chmod a+x), or name another program",
          NOT_EXECUTABLE);
    }
    throw new LayoutException(
        "cannot run "
            + name
            + ": it is in no directory of PATH="
            + searchPath
            + ": install it, or give its path",
        NOT_FOUND);
  }
}
