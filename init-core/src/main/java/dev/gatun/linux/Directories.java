package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;

/** Makes directories. Answers are those of the kernel: zero or more, or a negative errno. */
final class Directories {
  private static final int FOR_ALL = 0755;

  private Directories() {}

  /** Makes a directory that all may look into where there is none, and the ones above. */
  static int makeForAll(OsString directory) {
    return make(directory, FOR_ALL);
  }

  /** Makes a directory with that mode, what it is a link to, and the ones above that. */
  static int make(OsString directory, int mode) {
    int result = makeOne(directory, mode);
    if (result == -Errno.ENOENT) {
      int slash = directory.lastIndexOf('/');
      int above = slash > 0 ? make(directory.substring(0, slash), FOR_ALL) : result;
      result = above < 0 ? above : makeOne(directory, mode);
    }
    if (result != -Errno.EEXIST) {
      return result;
    }
    boolean dangling = LinuxFiles.mode(Libc.AT_FDCWD(), directory, 0) == 0;
    OsString target = dangling ? ProcFile.readLink(directory) : OsString.of("");
    int slash = directory.lastIndexOf('/');
    return target.isEmpty() ? 0 : make(directory.substring(0, slash).resolveAbsolute(target), mode);
  }

  private static int makeOne(OsString directory, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      return SystemCalls.result(Libc.mkdir(CStrings.allocate(arena, directory), mode));
    }
  }
}
