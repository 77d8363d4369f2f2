package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Whether programs may be executed where a file lies, by the list of mounts of proc(5).
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">mountinfo</a>
 */
final class Mounts {
  private static final OsString LIST = OsString.of("/proc/self/mountinfo");
  private static final int MAX_BYTES = 1024 * 1024;

  /** Places in a line, which fields are separated by blanks. */
  private static final int MOUNT_POINT = 4;

  private static final int OPTIONS = 5;

  private Mounts() {}

  /** Whether its file system is mounted noexec; false where that is not known. */
  static boolean forbidExecuting(ProgramFiles files, OsString path) {
    OsString real;
    try {
      real = files.realPath(path);
    } catch (IOException e) {
      return false;
    }
    byte[] list = files.head(LIST, MAX_BYTES);
    String options = "";
    int longest = -1;
    int begin = 0;
    for (int i = 0; i < list.length; i++) {
      if (list[i] == '\n') {
        String line = new String(list, begin, i - begin, StandardCharsets.ISO_8859_1);
        String[] fields = line.split(" ");
        begin = i + 1;
        // Of two that are mounted at the same place the later one is seen.
        if (fields.length > OPTIONS && isBelow(real, fields[MOUNT_POINT], longest)) {
          longest = fields[MOUNT_POINT].length();
          options = fields[OPTIONS];
        }
      }
    }
    return ("," + options + ",").contains(",noexec,");
  }

  private static boolean isBelow(OsString path, String written, int longest) {
    String point = written.equals("/") ? "" : unescaped(written);
    byte[] directory = (point + "/").getBytes(StandardCharsets.ISO_8859_1);
    return written.length() >= longest && path.startsWith(OsString.ofBytes(directory));
  }

  /** Blanks, tabs, newlines and backslashes stand as three octal digits. */
  private static String unescaped(String point) {
    String plain = point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n");
    return plain.replace("\\134", "\\");
  }
}
