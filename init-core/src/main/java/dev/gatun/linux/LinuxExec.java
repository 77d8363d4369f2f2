package dev.gatun.linux;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Libc;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Replacing this process by another program. */
public final class LinuxExec {
  private static final int MAX_COMMAND_LINE_BYTES = 4 * 1024 * 1024;

  private LinuxExec() {}

  /** What this process was started with, its own name first; empty when /proc does not tell. */
  public static List<OsString> ownCommandLine() {
    List<OsString> arguments = new ArrayList<>();
    byte[] text = ProcFile.read("/proc/self/cmdline", MAX_COMMAND_LINE_BYTES);
    int begin = 0;
    for (int i = 0; i < text.length; i++) {
      // Every argument, an empty one too, ends in a NUL.
      if (text[i] == 0) {
        arguments.add(OsString.ofBytes(text, begin, i - begin));
        begin = i + 1;
      }
    }
    return arguments;
  }

  /**
   * Executes a program with all signals blocked. The mask is the calling thread's, which survives
   * exec; the other threads do not.
   *
   * @return why that failed: it does not return otherwise
   */
  public static String executeBlocked(
      OsString program, List<OsString> arguments, Environment environment) {
    try (Arena arena = Arena.ofConfined()) {
      LinuxSignals.block();
      Libc.execve(
          CStrings.allocate(arena, program),
          CStrings.allocateArray(arena, arguments),
          CStrings.allocateArray(arena, environment.entries()));
      return Errno.message(Errno.last());
    }
  }
}
