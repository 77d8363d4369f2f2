package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.ffm.flock;
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
  private static final int READABLE = 0644;
  private static final int NONE = -1;

  private final OsString path;
  private final boolean hasRecordLock;
  private int lock = NONE;
  private int control = NONE;
  private int ok = NONE;

  /**
   * @param path absolute; a link to where it is to be is followed, also while there is nothing
   */
  public LinuxSuperviseDirectory(OsString path) {
    this(path, false);
  }

  /**
   * @param path absolute; a link to where it is to be is followed, also while there is nothing
   * @param hasRecordLock whether clients look for a lock of fcntl(2) too, before they speak to
   *     anybody
   */
  public LinuxSuperviseDirectory(OsString path, boolean hasRecordLock) {
    this.path = path;
    this.hasRecordLock = hasRecordLock;
  }

  @Override
  public int open() {
    int result = Directories.make(path, DIRECTORY_OF_OWNER);
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
    int recorded = hasRecordLock ? lockRecord() : 0;
    if (recorded < 0) {
      return recorded;
    }
    // Open for writing too, so that it does not end when a client closes it.
    control = openPipe("control", Libc.O_RDWR());
    if (control < 0) {
      return control;
    }
    ok = openPipe("ok", Libc.O_RDONLY());
    return ok < 0 ? ok : control;
  }

  /** Of the whole file. */
  private int lockRecord() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment record = flock.allocate(arena);
      flock.l_type(record, (short) Libc.F_WRLCK());
      return SystemCalls.result(Libc.fcntl(lock, Libc.F_SETLK(), record.address()));
    }
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
