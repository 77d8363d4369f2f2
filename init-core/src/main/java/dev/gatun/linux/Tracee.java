package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.ffm.SigInfo;
import dev.gatun.ffm.iovec;
import dev.gatun.ffm.timespec;
import dev.gatun.ffm.user_regs_struct;
import dev.gatun.kernel.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A thread of another process that is stopped for a moment to make system calls in our stead.
 *
 * <pre>
 *   seize ──▶ coming to a stop ──▶ stopped ──call──▶ stopped, altered ──release──▶ free
 * </pre>
 *
 * <p>The first stop is one inside the kernel's delivery of signals, where an interrupted system
 * call waits to be restarted. Before the thread is let go it is brought to such a stop again, and
 * there it gets its registers back, so that the kernel restarts the call as if nothing had been:
 * with its restart block and all. Meanwhile its signals are blocked, and stay pending. Nothing is
 * written to its memory.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/ptrace.2.html">ptrace(2)</a>
 */
final class Tracee {
  /** What {@link #await} answers beside the status of a stop. */
  private static final int NOT_YET = -1;

  private static final int GONE = -2;

  private static final int SIGTRAP = Libc.SIGTRAP();
  private static final int SYSTEM_CALL_STOP = SIGTRAP | 0x80;
  private static final long KERNEL_SIGSET_BYTES = 8;
  private static final long ALL_SIGNALS = -1;
  private static final long PAUSE_NANOS = 1_000_000;

  /** Places behind {@link #mask}. */
  private static final long OTHER_MASK = KERNEL_SIGSET_BYTES;

  private static final long CHILD_SIGNAL = 2 * KERNEL_SIGSET_BYTES;

  private final Registers registers;
  private final int tid;
  private final Arena arena;
  private final SigInfo info;
  private final MemorySegment saved;
  private final MemorySegment work;
  private final MemorySegment vector;
  private final MemorySegment mask;
  private final MemorySegment moment;
  private long instruction;
  private int status;
  private boolean stopped;
  private boolean blocked;
  private boolean altered;

  Tracee(Registers registers, int tid) {
    this.registers = registers;
    this.tid = tid;
    this.arena = Arena.ofConfined();
    this.info = new SigInfo(arena);
    this.saved = user_regs_struct.allocate(arena);
    this.work = user_regs_struct.allocate(arena);
    this.vector = iovec.allocate(arena);
    this.mask = arena.allocate(3 * KERNEL_SIGSET_BYTES, KERNEL_SIGSET_BYTES);
    mask.set(ValueLayout.JAVA_LONG, CHILD_SIGNAL, 1L << Libc.SIGCHLD() - 1);
    this.moment = timespec.allocate(arena);
    timespec.tv_nsec(moment, PAUSE_NANOS);
  }

  int tid() {
    return tid;
  }

  /** Frees what it was remembered with. */
  void close() {
    arena.close();
  }

  /** Begins to trace the thread and asks it to stop; 0, or why that may not be. */
  int seize() {
    long result = ptrace(Libc.PTRACE_SEIZE(), 0, Libc.PTRACE_O_TRACESYSGOOD());
    return result < 0 ? (int) result : (int) ptrace(Libc.PTRACE_INTERRUPT(), 0, 0);
  }

  /**
   * Waits until it has stopped and remembers what it was doing.
   *
   * @return 0; EAGAIN when it does not stop in time; ESRCH when it is gone; ENOEXEC when it runs a
   *     program for another kind of machine
   */
  int awaitStop(long deadlineNanos) {
    while (true) {
      int error = awaitAnyStop(deadlineNanos);
      if (error < 0) {
        return error;
      }
      if (isTrap()) {
        break;
      }
      resume(Libc.PTRACE_CONT(), status);
    }
    long length = readRegisters(saved);
    if (length < 0) {
      return (int) length;
    }
    if (length != user_regs_struct.sizeof()) {
      return -Errno.ENOEXEC;
    }
    altered = registers.restartInterrupted(saved);
    return 0;
  }

  /** Lets it go on for a moment, and asks it to stop again. */
  void stepAside() {
    resume(Libc.PTRACE_CONT(), 0);
    ptrace(Libc.PTRACE_INTERRUPT(), 0, 0);
  }

  long programCounter() {
    return registers.programCounter(saved);
  }

  /**
   * Whether it stopped in code that the kernel restarts when it is interrupted, which must not be
   * left and entered again.
   *
   * @see <a href="https://www.kernel.org/doc/html/latest/userspace-api/rseq.html">rseq</a>
   */
  boolean isInRestartableSequence() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment configuration = arena.allocate(3L * Long.BYTES, Long.BYTES);
      long area = 0;
      if (rseqConfiguration(configuration) >= 0) {
        area = configuration.get(ValueLayout.JAVA_LONG, 0);
      }
      long sequence = area == 0 ? 0 : peek(area + Long.BYTES, 0);
      if (sequence == 0) {
        return false;
      }
      long begin = peek(sequence + Long.BYTES, 0);
      long length = peek(sequence + 2L * Long.BYTES, 0);
      return Long.compareUnsigned(programCounter() - begin, length) < 0;
    }
  }

  /** The memory at {@code address}, or {@code otherwise} when there is none. */
  long peek(long address, long otherwise) {
    long memory = Libc.ptrace(Libc.PTRACE_PEEKDATA(), tid, address, 0);
    return memory == -1 && dev.gatun.ffm.Errno.last() != 0 ? otherwise : memory;
  }

  /** The number of bytes that ptrace put at {@code into}, or a negative errno. */
  private long rseqConfiguration(MemorySegment into) {
    return ptrace(Libc.PTRACE_GET_RSEQ_CONFIGURATION(), into.byteSize(), into.address());
  }

  /**
   * Blocks its signals and takes {@code address} for system calls, where such an instruction is.
   */
  int prepare(long address) {
    instruction = address;
    long result = ptrace(Libc.PTRACE_GETSIGMASK(), KERNEL_SIGSET_BYTES, mask.address());
    if (result < 0) {
      return (int) result;
    }
    mask.set(ValueLayout.JAVA_LONG, OTHER_MASK, ALL_SIGNALS);
    long all = mask.address() + OTHER_MASK;
    blocked = true;
    return (int) ptrace(Libc.PTRACE_SETSIGMASK(), KERNEL_SIGSET_BYTES, all);
  }

  /** Has it make a system call: the call's result, or why none was made; ESRCH when it is gone. */
  long call(long deadlineNanos, long number, long... arguments) {
    MemorySegment.copy(saved, 0, work, 0, saved.byteSize());
    registers.call(work, instruction, number, arguments);
    altered = true;
    long result = writeRegisters(work);
    for (int stops = 0; stops < 2 && result >= 0; stops++) {
      resume(Libc.PTRACE_SYSCALL(), 0);
      result = awaitSystemCallStop(deadlineNanos);
    }
    if (result >= 0) {
      result = readRegisters(work);
    }
    return result < 0 ? result : registers.result(work);
  }

  private int awaitSystemCallStop(long deadlineNanos) {
    while (true) {
      int error = awaitAnyStop(deadlineNanos);
      if (error < 0) {
        return error;
      }
      if (status == SYSTEM_CALL_STOP) {
        return 0;
      }
      if (!isTrap() && stopSignal() == 0) {
        return -Errno.EIO;
      }
      resume(Libc.PTRACE_SYSCALL(), stopSignal());
    }
  }

  /** Gives it back what it had and lets it go; false when it has to be tried again later. */
  boolean release(long deadlineNanos) {
    while (true) {
      if (!stopped) {
        await(deadlineNanos);
      }
      if (status == NOT_YET) {
        return false;
      }
      if (status == GONE) {
        return true;
      }
      if (!altered || isTrap()) {
        break;
      }
      ptrace(Libc.PTRACE_INTERRUPT(), 0, 0);
      resume(Libc.PTRACE_CONT(), stopSignal());
    }
    if (altered) {
      writeRegisters(saved);
    }
    if (blocked) {
      ptrace(Libc.PTRACE_SETSIGMASK(), KERNEL_SIGSET_BYTES, mask.address());
    }
    ptrace(Libc.PTRACE_DETACH(), 0, isTrap() ? 0 : status);
    return true;
  }

  /** Whether it stopped because it was asked to, or with its group, and not for a signal. */
  private boolean isTrap() {
    return status >> 8 == Libc.PTRACE_EVENT_STOP();
  }

  /**
   * SIGSTOP, which cannot be blocked, if that is what it stopped for. It is passed on: the process
   * counts as stopped from then on, and this thread, which goes on for us, will stop when it is let
   * go, unless SIGCONT has come first.
   */
  private int stopSignal() {
    return status == Libc.SIGSTOP() ? status : 0;
  }

  private void resume(int request, long signal) {
    stopped = false;
    if (ptrace(request, 0, signal) == -Errno.ESRCH) {
      // Killed, as it seems; await finds that out.
      status = NOT_YET;
    }
  }

  /**
   * 0 when it has stopped, whatever for; EAGAIN when it does not in time; ESRCH when it is gone.
   */
  private int awaitAnyStop(long deadlineNanos) {
    await(deadlineNanos);
    if (status == NOT_YET) {
      return -Errno.EAGAIN;
    }
    return status == GONE ? -Errno.ESRCH : 0;
  }

  /** Waits for its next stop; its end is left for others to reap. */
  private void await(long deadlineNanos) {
    while (true) {
      status = peekStatus();
      stopped = status >= 0;
      if (status != NOT_YET || System.nanoTime() >= deadlineNanos) {
        return;
      }
      pause();
    }
  }

  /** Until a child has something to tell, which comes as SIGCHLD, and for a moment at most. */
  private void pause() {
    long wanted = mask.address() + CHILD_SIGNAL;
    Libc.syscall(Libc.SYS_rt_sigtimedwait(), wanted, 0, moment.address(), KERNEL_SIGSET_BYTES, 0);
  }

  /** To be called when all is done: SIGCHLDs that have been taken here are missed by others. */
  static void giveSignalBack() {
    Libc.kill(Libc.getpid(), Libc.SIGCHLD());
  }

  private int peekStatus() {
    int stops = Libc.WSTOPPED() | Libc.WNOHANG() | Libc.__WALL();
    info.clear();
    if (Libc.waitid(Libc.P_PID(), tid, info.struct(), stops | Libc.WEXITED() | Libc.WNOWAIT())
        < 0) {
      return GONE;
    }
    if (info.pid() == 0) {
      return NOT_YET;
    }
    int code = info.code();
    if (code != Libc.CLD_TRAPPED() && code != Libc.CLD_STOPPED()) {
      return GONE;
    }
    Libc.waitid(Libc.P_PID(), tid, info.struct(), stops);
    return info.status();
  }

  private long readRegisters(MemorySegment into) {
    describe(into);
    long result = ptrace(Libc.PTRACE_GETREGSET(), Libc.NT_PRSTATUS(), vector.address());
    return result < 0 ? result : iovec.iov_len(vector);
  }

  private long writeRegisters(MemorySegment from) {
    describe(from);
    return ptrace(Libc.PTRACE_SETREGSET(), Libc.NT_PRSTATUS(), vector.address());
  }

  private void describe(MemorySegment memory) {
    iovec.iov_base(vector, memory);
    iovec.iov_len(vector, memory.byteSize());
  }

  private long ptrace(int request, long address, long data) {
    return SystemCalls.result(Libc.ptrace(request, tid, address, data));
  }
}
