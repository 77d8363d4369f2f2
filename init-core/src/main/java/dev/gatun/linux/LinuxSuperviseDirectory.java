package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A directory {@code supervise} as runsv(8) keeps it: a lock, the named pipes {@code control} and
 * {@code ok}, and files that are replaced by rename.
 */
public final class LinuxSuperviseDirectory implements SuperviseDirectory {
  private static final int OWNER_ONLY = 0600;
  private static final int DIRECTORY_OF_OWNER = 0700;
  private static final int DIRECTORY_FOR_ALL = 0755;
  private static final int READABLE = 0644;
  private static final int NONE = -1;

  private final OsString path;
  private int lock = NONE;
  private int control = NONE;
  private int ok = NONE;

  /**
   * @param path absolute; a link to where it is to be is followed, also while there is nothing
   */
  public LinuxSuperviseDirectory(OsString path) {
    this.path = path;
  }

  @Override
  public int open() {
    int result = make(path, DIRECTORY_OF_OWNER);
    if (result >= 0) {
      result = openAll();
    }
    if (result < 0) {
      close();
    }
    return result;
  }

  private int openAll() {
    lock = openFile("lock", Libc.O_WRONLY() | Libc.O_CREAT() | Libc.O_APPEND());
    if (lock < 0) {
      return lock;
    }
    int locked = SystemCalls.result(Libc.flock(lock, Libc.LOCK_EX() | Libc.LOCK_NB()));
    if (locked < 0) {
      return locked;
    }
    // Open for writing too, so that it does not end when a client closes it.
    control = openPipe("control", Libc.O_RDWR());
    if (control < 0) {
      return control;
    }
    ok = openPipe("ok", Libc.O_RDONLY());
    return ok < 0 ? ok : control;
  }

  private int openPipe(String name, int access) {
    try (Arena arena = Arena.ofConfined()) {
      int made = SystemCalls.result(Libc.mkfifo(file(arena, name), OWNER_ONLY));
      return made == 0 || made == -Errno.EEXIST ? openFile(name, access) : made;
    }
  }

  private int openFile(String name, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      int more = Libc.O_NONBLOCK() | Libc.O_CLOEXEC() | Libc.O_NOCTTY();
      return SystemCalls.result(Libc.open(file(arena, name), flags | more, OWNER_ONLY));
    }
  }

  private MemorySegment file(Arena arena, String name) {
    return CStrings.allocate(arena, path.resolve(name));
  }

  /** Makes a directory that all may look into where there is none, and the ones above. */
  static int makeForAll(OsString directory) {
    return make(directory, DIRECTORY_FOR_ALL);
  }

  /** Makes a directory, what it is a link to, and the ones above that. */
  private static int make(OsString directory, int mode) {
    int result = makeOne(directory, mode);
    if (result == -Errno.ENOENT) {
      int slash = directory.lastIndexOf('/');
      int above = slash > 0 ? make(directory.substring(0, slash), DIRECTORY_FOR_ALL) : result;
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

  @Override
  public int replace(String name, byte[] content) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fresh = file(arena, name + ".new");
      int flags = Libc.O_WRONLY() | Libc.O_CREAT() | Libc.O_TRUNC() | Libc.O_NOCTTY();
      int more = Libc.O_NONBLOCK() | Libc.O_CLOEXEC();
      int descriptor = SystemCalls.result(Libc.open(fresh, flags | more, READABLE));
      if (descriptor < 0) {
        return descriptor;
      }
      int written = write(arena, descriptor, content);
      Libc.close(descriptor);
      return written < 0 ? written : SystemCalls.result(Libc.rename(fresh, file(arena, name)));
    }
  }

  private static int write(Arena arena, int descriptor, byte[] content) {
    MemorySegment bytes = arena.allocate(Math.max(1, content.length));
    MemorySegment.copy(content, 0, bytes, ValueLayout.JAVA_BYTE, 0, content.length);
    long written = SystemCalls.result(Libc.write(descriptor, bytes, content.length));
    return written >= 0 && written < content.length ? -Errno.ENOSPC : (int) written;
  }

  @Override
  public void close() {
    ok = closed(ok);
    control = closed(control);
    lock = closed(lock);
  }

  private static int closed(int descriptor) {
    if (descriptor >= 0) {
      Libc.close(descriptor);
    }
    return NONE;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
