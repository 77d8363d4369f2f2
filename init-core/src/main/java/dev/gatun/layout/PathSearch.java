package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.plan.ExitCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a command's program lies, as execvp(3) finds it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/exec.3.html">exec(3)</a>
 */
public final class PathSearch {
  /** What the C library searches where PATH is not set. */
  public static final OsString DEFAULT = OsString.of("/bin:/usr/bin");

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
    for (OsString candidate : candidates(name)) {
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
          "cannot run " + name + ": " + refused + " is not executable",
          "make it executable (chmod a+x), or name another program",
          ExitCode.NOT_EXECUTABLE);
    }
    throw new LayoutException(
        "cannot run " + name + ": it is in no directory of PATH=" + searchPath,
        "install it, or give its path",
        ExitCode.NOT_FOUND);
  }

  /** Whether there is a program of that name, or at that path, which this user may execute. */
  boolean has(OsString name) {
    if (name.indexOf('/') >= 0) {
      return files.mayExecute(name);
    }
    for (OsString candidate : candidates(name)) {
      if (files.kind(candidate) == ProgramFiles.Kind.FILE && files.mayExecute(candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Where it may be; an empty directory in the list is the working directory. */
  private List<OsString> candidates(OsString name) {
    List<OsString> candidates = new ArrayList<>();
    OsString rest = name.isEmpty() ? null : searchPath;
    while (rest != null) {
      int colon = rest.indexOf(':');
      OsString directory = colon < 0 ? rest : rest.substring(0, colon);
      rest = colon < 0 ? null : rest.substring(colon + 1);
      candidates.add(directory.isEmpty() ? name : directory.resolve(name));
    }
    return candidates;
  }
}
