package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Changes in directories, through one inotify descriptor. What has changed is not looked at:
 * whoever asks looks at the directories anew, so that an overflow of the kernel's queue loses
 * nothing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public final class LinuxDirectoryWatch implements DirectoryWatch {
  private static final long BUFFER_BYTES = 16 * 1024;

  /** What has come after so many reads is left for the next time. */
  private static final int MAX_READS = 64;

  private final MemorySegment buffer = Arena.global().allocate(BUFFER_BYTES, Long.BYTES);
  private final int descriptor =
      SystemCalls.result(Libc.inotify_init1(Libc.IN_CLOEXEC() | Libc.IN_NONBLOCK()));

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public int add(OsString directory) {
    if (descriptor < 0) {
      return descriptor;
    }
    int changes =
        Libc.IN_CREATE()
            | Libc.IN_DELETE()
            | Libc.IN_MOVED_FROM()
            | Libc.IN_MOVED_TO()
            | Libc.IN_ATTRIB()
            | Libc.IN_CLOSE_WRITE()
            | Libc.IN_MOVE_SELF()
            | Libc.IN_DELETE_SELF()
            | Libc.IN_ONLYDIR();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = CStrings.allocate(arena, directory);
      return Math.min(0, SystemCalls.result(Libc.inotify_add_watch(descriptor, path, changes)));
    }
  }

  @Override
  public boolean hasChanged() {
    boolean changed = false;
    for (int i = 0; i < MAX_READS; i++) {
      long count = SystemCalls.result(Libc.read(descriptor, buffer, BUFFER_BYTES));
      if (count <= 0 && count != -Errno.EINTR) {
        break;
      }
      changed = true;
    }
    return changed;
  }
}
