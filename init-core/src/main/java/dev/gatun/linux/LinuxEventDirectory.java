package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.EventDirectory;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A directory of named pipes as libs6's ftrig has it.
 *
 * @see <a href="https://skarnet.org/software/s6/fifodir.html">fifodirs</a>
 */
public final class LinuxEventDirectory implements EventDirectory {
  /** Listeners of the directory's group may make pipes in it, and remove their own only. */
  private static final int MODE = 03730;

  private static final OsString LISTENER = OsString.of("ftrig1:@");

  private final LinuxFiles files = new LinuxFiles();
  private final OsString path;

  /**
   * @param path absolute
   */
  public LinuxEventDirectory(OsString path) {
    this.path = path;
  }

  @Override
  public int open() {
    int made = Directories.make(path, MODE);
    if (made < 0) {
      return made;
    }
    try (Arena arena = Arena.ofConfined()) {
      int flags = Libc.O_RDONLY() | Libc.O_DIRECTORY() | Libc.O_CLOEXEC();
      int directory = SystemCalls.result(Libc.open(CStrings.allocate(arena, path), flags, 0));
      if (directory < 0) {
        return directory;
      }
      int result = SystemCalls.result(Libc.fchmod(directory, MODE));
      Libc.close(directory);
      return result;
    }
  }

  @Override
  public void tell(byte[] letters) {
    try {
      for (OsString name : files.list(path)) {
        if (name.startsWith(LISTENER)) {
          tell(path.resolve(name), letters);
        }
      }
    } catch (IOException e) {
      // Where there is no directory nobody can listen.
    }
  }

  /** Who does not read any more has left its pipe behind. */
  private static void tell(OsString listener, byte[] letters) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = CStrings.allocate(arena, listener);
      int flags = Libc.O_WRONLY() | Libc.O_NONBLOCK() | Libc.O_CLOEXEC() | Libc.O_NOFOLLOW();
      int pipe = SystemCalls.result(Libc.open(name, flags, 0));
      if (pipe == -Errno.ENXIO) {
        Libc.unlink(name);
      }
      if (pipe >= 0) {
        MemorySegment bytes = arena.allocate(letters.length);
        MemorySegment.copy(letters, 0, bytes, ValueLayout.JAVA_BYTE, 0, letters.length);
        Libc.write(pipe, bytes, letters.length);
        Libc.close(pipe);
      }
    }
  }
}
