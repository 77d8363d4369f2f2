package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What this process was given. */
public final class LinuxEnvironment {
  private static final long PATH_BYTES = 4096;

  private LinuxEnvironment() {}

  /**
   * The environment, byte for byte. The JDK's own access to it decodes, and its first use resets
   * SIGCHLD's disposition, which discards one that is pending.
   */
  public static Environment read() {
    MemorySegment array = Libc.environ();
    return new Environment(CStrings.readArray(array.address()));
  }

  /** The working directory, or the root when it has none. */
  public static OsString workingDirectory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocate(PATH_BYTES);
      boolean known = Libc.getcwd(path, PATH_BYTES).address() != 0;
      return known ? CStrings.read(path.address()) : OsString.of("/");
    }
  }
}
