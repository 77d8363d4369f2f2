package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.ffm.pollfd;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Ways to write to a descriptor that others use too, without blocking and without setting
 * O_NONBLOCK on what they share.
 */
final class LinuxOutput {
  /** What a pipe that has room takes at least. */
  private static final long PAGE_BYTES = 4096;

  /** A terminal that has room has room for 256 bytes. */
  private static final long TERMINAL_BYTES = 128;

  private static final byte DELETE = 0x7f;

  private LinuxOutput() {}

  static OutputChannel open(Arena arena, int descriptor) {
    int type = LinuxFiles.mode(descriptor, OsString.of(""), Libc.AT_EMPTY_PATH()) & Libc.S_IFMT();
    if (type == Libc.S_IFREG()) {
      return new File(descriptor);
    }
    if (type == Libc.S_IFSOCK()) {
      return new Socket(descriptor);
    }
    int own = reopen(arena, descriptor);
    if (own >= 0) {
      return new Own(own);
    }
    return type == Libc.S_IFCHR()
        ? new SharedTerminal(arena, descriptor)
        : new Shared(arena, descriptor);
  }

  /** An open file description of our own, which may be made non-blocking. */
  private static int reopen(Arena arena, int descriptor) {
    int flags = Libc.O_WRONLY() | Libc.O_NONBLOCK() | Libc.O_CLOEXEC() | Libc.O_NOCTTY();
    MemorySegment path = CStrings.allocate(arena, "/proc/self/fd/" + descriptor);
    return SystemCalls.result(Libc.open(path, flags, 0));
  }

  private static long write(int descriptor, long address, long length) {
    return SystemCalls.result(Libc.write(descriptor, MemorySegment.ofAddress(address), length));
  }

  /** A pipe or a device, opened anew. */
  record Own(int descriptor) implements OutputChannel {
    @Override
    public void widen(int bytes) {
      Libc.fcntl(descriptor, Libc.F_SETPIPE_SZ(), bytes);
    }

    @Override
    public long write(long address, long length) {
      return LinuxOutput.write(descriptor, address, length);
    }
  }

  /** A regular file: writing waits for nobody. */
  private record File(int file) implements OutputChannel {
    @Override
    public long write(long address, long length) {
      return LinuxOutput.write(file, address, length);
    }

    @Override
    public int descriptor() {
      return -1;
    }
  }

  /** A socket: a flag of the call does it. */
  private record Socket(int descriptor) implements OutputChannel {
    @Override
    public long write(long address, long length) {
      int flags = Libc.MSG_DONTWAIT() | Libc.MSG_NOSIGNAL();
      return SystemCalls.result(
          Libc.send(descriptor, MemorySegment.ofAddress(address), length, flags));
    }
  }

  /**
   * A pipe that may not be opened anew, as another user's: what poll(2) calls writable takes a
   * piece without blocking.
   */
  private static class Shared implements OutputChannel {
    private final int descriptor;
    private final MemorySegment poll;

    Shared(Arena arena, int descriptor) {
      this.descriptor = descriptor;
      this.poll = pollfd.allocate(arena);
      pollfd.fd(poll, descriptor);
      pollfd.events(poll, (short) Libc.POLLOUT());
    }

    @Override
    public long write(long address, long length) {
      int ready = SystemCalls.result(Libc.poll(poll, 1, 0));
      if (ready <= 0) {
        return ready == 0 ? -Errno.EAGAIN : ready;
      }
      return LinuxOutput.write(descriptor, address, piece(address, length));
    }

    long piece(long address, long length) {
      return Math.min(length, PAGE_BYTES);
    }

    @Override
    public int descriptor() {
      return descriptor;
    }
  }

  /**
   * A terminal that may not be opened anew. Its line discipline passes a run of text on in one go,
   * and each control character in another, for which there may be no room after the first: a piece
   * is either.
   */
  static final class SharedTerminal extends Shared {
    SharedTerminal(Arena arena, int descriptor) {
      super(arena, descriptor);
    }

    @Override
    long piece(long address, long length) {
      long most = Math.min(length, TERMINAL_BYTES);
      MemorySegment bytes = MemorySegment.ofAddress(address).reinterpret(most);
      long text = 0;
      while (text < most && !isControl(bytes.get(ValueLayout.JAVA_BYTE, text))) {
        text++;
      }
      return Math.max(text, 1);
    }

    private static boolean isControl(byte octet) {
      return octet >= 0 && octet < ' ' || octet == DELETE;
    }
  }
}
