package dev.gatun.linux;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Libc;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Replacing this process by another program. */
public final class LinuxExec {
  private static final long MAX_COMMAND_LINE_BYTES = 4 * 1024 * 1024;

  private LinuxExec() {}

  /** What this process was started with, its own name first; empty when /proc does not tell. */
  public static List<OsString> ownCommandLine() {
    List<OsString> arguments = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = CStrings.allocate(arena, "/proc/self/cmdline");
      int file = Libc.open(path, Libc.O_RDONLY() | Libc.O_CLOEXEC(), 0);
      if (file < 0) {
        return arguments;
      }
      MemorySegment text = arena.allocate(MAX_COMMAND_LINE_BYTES);
      long length = 0;
      long count;
      do {
        count = Libc.read(file, text.asSlice(length), text.byteSize() - length);
        length += Math.max(0, count);
      } while (count > 0);
      Libc.close(file);
      split(text, length, arguments);
    }
    return arguments;
  }

  /** Every argument, an empty one too, ends in a NUL. */
  private static void split(MemorySegment text, long length, List<OsString> arguments) {
    long begin = 0;
    for (long i = 0; i < length; i++) {
      if (text.get(ValueLayout.JAVA_BYTE, i) == 0) {
        byte[] argument = text.asSlice(begin, i - begin).toArray(ValueLayout.JAVA_BYTE);
        arguments.add(OsString.ofBytes(argument));
        begin = i + 1;
      }
    }
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
