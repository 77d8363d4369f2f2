package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.JournalFile;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A journal in a file, or behind a descriptor that Gatun has been given. */
public final class LinuxJournalFile implements JournalFile {
  /** What stands behind the name of the older part. */
  public static final String OLDER = ".1";

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int OWNER_ONLY = 0600;
  private static final int PATH = -1;

  private final OsString name;
  private final OsString path;
  private final int given;
  private OutputChannel channel;
  private MemorySegment buffer;
  private boolean bounded;

  private LinuxJournalFile(OsString name, OsString path, int given) {
    this.name = name;
    this.path = path;
    this.given = given;
  }

  public static LinuxJournalFile at(OsString path) {
    return new LinuxJournalFile(path, path, PATH);
  }

  /** Keeps the descriptor from the services at once: they may start before it is opened. */
  public static LinuxJournalFile behind(int descriptor) {
    Libc.fcntl(descriptor, Libc.F_SETFD(), Libc.FD_CLOEXEC());
    return new LinuxJournalFile(
        OsString.of("fd:" + descriptor), OsString.of("/proc/self/fd/" + descriptor), descriptor);
  }

  @Override
  public int open() {
    int mode =
        given == PATH
            ? LinuxFiles.mode(Libc.AT_FDCWD(), path, 0)
            : LinuxFiles.mode(given, OsString.of(""), Libc.AT_EMPTY_PATH());
    int type = mode & Libc.S_IFMT();
    bounded = mode == 0 ? given == PATH : type == Libc.S_IFREG();
    if (given != PATH && !bounded) {
      return openGiven();
    }
    return bounded && given == PATH ? rotate() : open(0);
  }

  /** As standard output is: its flags are others' too. */
  private int openGiven() {
    int flags = SystemCalls.result(Libc.fcntl(given, Libc.F_GETFD(), 0));
    if (flags >= 0) {
      channel = LinuxOutput.open(Arena.global(), given);
    }
    return flags;
  }

  @Override
  public boolean isBounded() {
    return bounded;
  }

  /** Where a file cannot be renamed, as one that is mounted alone, its content is given up. */
  @Override
  public int rotate() {
    if (given == PATH) {
      try (Arena arena = Arena.ofConfined()) {
        OsString older = path.concat(OsString.of(OLDER));
        Libc.rename(CStrings.allocate(arena, path), CStrings.allocate(arena, older));
      }
    }
    return open(Libc.O_CREAT() | Libc.O_TRUNC());
  }

  private int open(int moreFlags) {
    int flags =
        Libc.O_WRONLY()
            | Libc.O_APPEND()
            | Libc.O_NONBLOCK()
            | Libc.O_CLOEXEC()
            | Libc.O_NOCTTY()
            | moreFlags;
    int descriptor;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment where = CStrings.allocate(arena, path);
      descriptor = SystemCalls.result(Libc.open(where, flags, OWNER_ONLY));
    }
    if (descriptor < 0) {
      return descriptor;
    }
    if (channel != null) {
      Libc.close(channel.descriptor());
    }
    channel = new LinuxOutput.Own(descriptor);
    return 0;
  }

  @Override
  public long write(byte[] bytes, int from, int length) {
    if (buffer == null) {
      buffer = Arena.global().allocate(BUFFER_BYTES);
    }
    int count = Math.min(length, BUFFER_BYTES);
    MemorySegment.copy(bytes, from, buffer, ValueLayout.JAVA_BYTE, 0, count);
    return channel.write(buffer.address(), count);
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
