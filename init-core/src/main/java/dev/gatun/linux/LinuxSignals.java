package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.sigaction;
import dev.gatun.ffm.signalfd_siginfo;
import dev.gatun.ffm.sigset_t;
import dev.gatun.kernel.Errno;
import dev.gatun.model.Signal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Signals through a descriptor. A signal gets there only when every thread of the process blocks
 * it, and HotSpot's threads are older than any code of ours: so the mask must be set before the JVM
 * starts, and this class can only look whether it is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
public final class LinuxSignals {
  /**
   * Signals 32 and 33, which are the C library's, whose functions do not put them into sets. In a
   * set, which is what sigaddset(3) makes of it, signal 1 is the lowest bit of the first word.
   */
  static final long LIBRARYS_OWN = bit(32) | bit(33);

  /** ILL, BUS, FPE, SEGV are faults that HotSpot handles; STKFLT is what it suspends with. */
  private static final long HOTSPOTS = bit(4) | bit(7) | bit(8) | bit(11) | bit(16);

  /** What has to be blocked before the JVM is there. */
  private static final long NEEDED =
      bit(Signal.TERM.number()) | bit(Signal.USR2.number()) | bit(Signal.CHLD.number());

  /** What one read(2) takes: a signal is there once, however often it was sent. */
  private static final int BATCH = 64;

  private static final int MAX_STATUS_BYTES = 16 * 1024;

  private final MemorySegment infos;
  private final ByteBuffer fields;
  private final MemorySegment wanted;
  private long next;
  private long end;
  private int sender;

  LinuxSignals(Arena arena) {
    this.infos = signalfd_siginfo.allocateArray(BATCH, arena);
    this.fields = Fields.view(infos);
    this.wanted = wanted(arena);
  }

  private static long bit(int signal) {
    return 1L << (signal - 1);
  }

  private static MemorySegment wanted(Arena arena) {
    MemorySegment set = sigset_t.allocate(arena);
    Fields.set(set, 0, ~(HOTSPOTS | LIBRARYS_OWN));
    return set;
  }

  /**
   * Whether this process was started with its signals blocked. HotSpot unblocks TERM in every
   * thread that runs Java unless it was told to leave the mask alone ({@code -Xrs}), so this thread
   * can speak for all.
   */
  public static boolean areBlocked() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = sigset_t.allocate(arena);
      Libc.pthread_sigmask(Libc.SIG_BLOCK(), MemorySegment.NULL, mask);
      return (Fields.getLong(mask, 0) & NEEDED) == NEEDED;
    }
  }

  /**
   * The signals that this process was started with blocked, as a set of bits. HotSpot changes the
   * masks of its own threads only, and the first thread, which the launcher leaves alone, is none.
   */
  public static long blockedAtStart() {
    byte[] status = ProcFile.read("/proc/self/status", MAX_STATUS_BYTES);
    return Long.parseUnsignedLong("0".concat(ProcFile.field(status, "SigBlk")), 16);
  }

  /** Blocks them in this thread, for the program that it is going to execute. */
  public static void block() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = sigset_t.allocate(arena);
      Libc.sigfillset(all);
      Libc.pthread_sigmask(Libc.SIG_SETMASK(), all, MemorySegment.NULL);
    }
  }

  /** Lets signals do to this process what they do to any: the launcher has blocked them. */
  public static void unblock() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment none = sigset_t.allocate(arena);
      Libc.pthread_sigmask(Libc.SIG_SETMASK(), none, MemorySegment.NULL);
    }
  }

  int open() {
    resetChildDisposition();
    return SystemCalls.result(Libc.signalfd(-1, wanted, Libc.SFD_CLOEXEC() | Libc.SFD_NONBLOCK()));
  }

  /** A parent that ignored SIGCHLD would have the kernel throw exit statuses away. */
  private static void resetChildDisposition() {
    try (Arena arena = Arena.ofConfined()) {
      Libc.sigaction(Signal.CHLD.number(), sigaction.allocate(arena), MemorySegment.NULL);
    }
  }

  /** The next of those that one read has brought: one that was not full has brought all. */
  int next(int descriptor) {
    if (next == end) {
      boolean mayBeMore = end == 0 || end == infos.byteSize();
      next = 0;
      end = 0;
      if (!mayBeMore) {
        return -Errno.EAGAIN;
      }
      long count = SystemCalls.result(Libc.read(descriptor, infos, infos.byteSize()));
      if (count <= 0) {
        return count == 0 ? -Errno.EAGAIN : (int) count;
      }
      end = count;
    }
    int signal = fields.getInt((int) (next + signalfd_siginfo.ssi_signo$offset()));
    boolean sent = fields.getInt((int) (next + signalfd_siginfo.ssi_code$offset())) <= 0;
    sender = sent ? fields.getInt((int) (next + signalfd_siginfo.ssi_pid$offset())) : 0;
    next += signalfd_siginfo.sizeof();
    return signal;
  }

  /** Who has sent the last one; the kernel's own have no sender. */
  int sender() {
    return sender;
  }
}
