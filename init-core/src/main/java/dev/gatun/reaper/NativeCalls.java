package dev.gatun.reaper;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.SigInfo;
import dev.gatun.ffm.timespec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The calls of C that the reaper makes. All of them are made by its own thread, as the bindings ask
 * for.
 */
final class NativeCalls {
  private static final int NANOS_A_SECOND = 1_000_000_000;

  /** The bindings are initialized once, and tell only the first time why they cannot be. */
  private static volatile IllegalCallerException denied;

  private final int self;
  private final SigInfo info;
  private final MemorySegment time;
  private final MemorySegment flag;
  private final long ticksASecond;

  /**
   * @throws IllegalCallerException when this JVM grants no native access to the bindings
   */
  NativeCalls() {
    self = processId();
    // Never freed: a reaper lives as long as its program, and these are 148 bytes.
    Arena arena = Arena.ofAuto();
    info = new SigInfo(arena);
    time = timespec.allocate(arena);
    flag = arena.allocate(Integer.BYTES, Integer.BYTES);
    ticksASecond = Libc.sysconf(Libc._SC_CLK_TCK());
  }

  private static int processId() {
    if (denied != null) {
      throw denied;
    }
    try {
      return Libc.getpid();
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof IllegalCallerException cause) {
        denied = cause;
        throw cause;
      }
      throw e;
    }
  }

  int self() {
    return self;
  }

  /** Whether a process is a child of ours that has ended; its status stays. */
  boolean isZombie(int pid) {
    return waitFor(pid, Libc.WEXITED() | Libc.WNOHANG() | Libc.WNOWAIT());
  }

  /** Takes the status of that one child, which {@link #orphan} tells, if it has ended. */
  boolean reap(int pid) {
    return waitFor(pid, Libc.WEXITED() | Libc.WNOHANG());
  }

  private boolean waitFor(int pid, int options) {
    info.clear();
    return Libc.waitid(Libc.P_PID(), pid, info.struct(), options) == 0 && info.pid() == pid;
  }

  /** What {@link #reap} has found. */
  Orphan orphan(String command, Instant started) {
    boolean exited = info.code() == Libc.CLD_EXITED();
    OptionalInt status = OptionalInt.of(info.status());
    return new Orphan(
        info.pid(),
        command,
        started,
        exited ? status : OptionalInt.empty(),
        exited ? OptionalInt.empty() : status,
        info.code() == Libc.CLD_DUMPED());
  }

  /** When it was, so many ticks after the machine's boot. */
  Instant instant(long ticks) {
    if (ticks < 0) {
      return Instant.EPOCH;
    }
    Libc.clock_gettime(Libc.CLOCK_BOOTTIME(), time);
    Instant boot =
        Instant.now()
            .minusSeconds(Fields.getLong(time, timespec.tv_sec$offset()))
            .minusNanos(Fields.getLong(time, timespec.tv_nsec$offset()));
    long nanos = ticks % ticksASecond * (NANOS_A_SECOND / ticksASecond);
    return boot.plusSeconds(ticks / ticksASecond).plusNanos(nanos);
  }

  boolean isSubreaper() {
    Libc.prctl(Libc.PR_GET_CHILD_SUBREAPER(), flag.address(), 0, 0, 0);
    return Fields.getInt(flag, 0) != 0;
  }

  /**
   * @throws IllegalStateException when the kernel refuses
   */
  void setSubreaper(boolean on) {
    if (Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER(), on ? 1 : 0, 0, 0, 0) != 0) {
      throw new IllegalStateException(
          "cannot become a child subreaper: "
              + Errno.message(Errno.last())
              + ": run this program as PID 1, or do without subreaper(true)");
    }
  }

  /**
   * The processes that threads of this one are waiting for in the kernel.
   *
   * @throws IOException when the threads cannot be listed now
   */
  static Set<Integer> waitedFor(ProcFiles files) throws IOException {
    return files.waitedFor(Libc.SYS_wait4(), Libc.SYS_waitid(), Libc.P_PID());
  }
}
