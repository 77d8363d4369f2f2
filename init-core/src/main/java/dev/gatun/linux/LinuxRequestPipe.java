package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.RequestPipe;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The named pipe by which clients ask an init for something. */
public final class LinuxRequestPipe implements RequestPipe {
  private static final int OWNER_ONLY = 0600;
  private static final int NONE = -1;

  private final OsString path;
  private final LinuxFiles files = new LinuxFiles();
  private int descriptor = NONE;
  private String identity = "";

  /**
   * @param path absolute
   */
  public LinuxRequestPipe(OsString path) {
    this.path = path;
  }

  @Override
  public int open() {
    close();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = CStrings.allocate(arena, path);
      int made = SystemCalls.result(Libc.mkfifo(name, OWNER_ONLY));
      if (made < 0 && made != -Errno.EEXIST) {
        return made;
      }
      int flags = Libc.O_RDWR() | Libc.O_NONBLOCK() | Libc.O_CLOEXEC() | Libc.O_NOCTTY();
      descriptor = SystemCalls.result(Libc.open(name, flags, OWNER_ONLY));
    }
    identity = files.identity(path);
    return descriptor;
  }

  @Override
  public boolean isThere() {
    return descriptor >= 0 && files.identity(path).equals(identity);
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      Libc.close(descriptor);
      descriptor = NONE;
    }
  }

  /**
   * Writes a request, as a client does.
   *
   * @return 0; ENXIO when nobody reads, EAGAIN when there is no room
   */
  public static int send(OsString path, byte[] request) {
    try (Arena arena = Arena.ofConfined()) {
      int flags = Libc.O_WRONLY() | Libc.O_NONBLOCK() | Libc.O_CLOEXEC() | Libc.O_NOCTTY();
      int pipe = SystemCalls.result(Libc.open(CStrings.allocate(arena, path), flags, 0));
      if (pipe < 0) {
        return pipe;
      }
      MemorySegment bytes = arena.allocate(request.length);
      MemorySegment.copy(request, 0, bytes, ValueLayout.JAVA_BYTE, 0, request.length);
      long written = SystemCalls.result(Libc.write(pipe, bytes, request.length));
      Libc.close(pipe);
      return written < 0 ? (int) written : 0;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
