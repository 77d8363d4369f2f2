package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.ffm.user_regs_struct;
import dev.gatun.kernel.Errno;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The general registers of a stopped thread, as NT_PRSTATUS has them, and how a system call is made
 * with them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
 */
sealed interface Registers {
  /** The most arguments that a system call has. */
  int MAX_ARGUMENTS = 6;

  static Registers ofThisMachine() {
    return "aarch64".equals(System.getProperty("os.arch")) ? new Aarch64() : new X86();
  }

  long programCounter(MemorySegment registers);

  /** Makes the thread execute system call {@code number} by the instruction at {@code at}. */
  void call(MemorySegment registers, long at, long number, long... arguments);

  /**
   * Lets a system call that was interrupted for no signal go on, where the kernel would rather have
   * it fail; true when that changed anything. The time it waits for at most then begins anew.
   *
   * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>, which lists
   *     those that fail with EINTR when a process is stopped and goes on
   */
  boolean restartInterrupted(MemorySegment registers);

  /** What the system call answered: a negative errno or a result. */
  long result(MemorySegment registers);

  /** How long the instruction for a system call is. */
  int instructionBytes();

  /** At what distances such instructions can lie. */
  int instructionAlignment();

  /** Whether memory that begins with these bytes, in the machine's order, begins with it. */
  boolean isInstruction(long memory);

  /** Of x86-64. */
  record X86() implements Registers {
    private static final int SYSCALL = 0x050f;
    private static final long ERESTARTNOHAND = 514;

    @Override
    public long programCounter(MemorySegment registers) {
      return user_regs_struct.rip(registers);
    }

    /** No system call is being made, as far as the kernel's restarting is concerned: orig_rax. */
    @Override
    public void call(MemorySegment registers, long at, long number, long... arguments) {
      user_regs_struct.rip(registers, at);
      user_regs_struct.rax(registers, number);
      user_regs_struct.orig_rax(registers, -1);
      long[] all = Arrays.copyOf(arguments, MAX_ARGUMENTS);
      user_regs_struct.rdi(registers, all[0]);
      user_regs_struct.rsi(registers, all[1]);
      user_regs_struct.rdx(registers, all[2]);
      user_regs_struct.r10(registers, all[3]);
      user_regs_struct.r8(registers, all[4]);
      user_regs_struct.r9(registers, all[5]);
    }

    /** ERESTARTNOHAND is what other calls answer: to fail only when a handler is to run. */
    @Override
    public boolean restartInterrupted(MemorySegment registers) {
      boolean failed = user_regs_struct.rax(registers) == -Errno.EINTR;
      if (failed && mayBeRestarted(user_regs_struct.orig_rax(registers))) {
        user_regs_struct.rax(registers, -ERESTARTNOHAND);
        return true;
      }
      return false;
    }

    private static boolean mayBeRestarted(long number) {
      return number == Libc.SYS_epoll_wait()
          || number == Libc.SYS_epoll_pwait()
          || number == Libc.SYS_epoll_pwait2()
          || number == Libc.SYS_rt_sigtimedwait()
          || number == Libc.SYS_semop()
          || number == Libc.SYS_semtimedop()
          || number == Libc.SYS_io_getevents()
          || number == Libc.SYS_read()
          || number == Libc.SYS_recvfrom()
          || number == Libc.SYS_recvmsg()
          || number == Libc.SYS_accept()
          || number == Libc.SYS_accept4();
    }

    @Override
    public long result(MemorySegment registers) {
      return user_regs_struct.rax(registers);
    }

    @Override
    public int instructionBytes() {
      return Short.BYTES;
    }

    @Override
    public int instructionAlignment() {
      return 1;
    }

    @Override
    public boolean isInstruction(long memory) {
      return (memory & 0xffff) == SYSCALL;
    }
  }

  /**
   * Of AArch64. Here the kernel has made up its mind about restarting before it stops the thread:
   * an interrupted call is made anew from its beginning, so that a relative sleep lasts longer.
   */
  record Aarch64() implements Registers {
    private static final long SVC_0 = 0xd400_0001L;
    private static final long NUMBER = 8;

    @Override
    public long programCounter(MemorySegment registers) {
      return user_regs_struct.pc(registers);
    }

    @Override
    public void call(MemorySegment registers, long at, long number, long... arguments) {
      user_regs_struct.pc(registers, at);
      set(registers, NUMBER, number);
      for (int i = 0; i < MAX_ARGUMENTS; i++) {
        set(registers, i, i < arguments.length ? arguments[i] : 0);
      }
    }

    private static void set(MemorySegment registers, long index, long value) {
      long offset = user_regs_struct.regs$offset() + index * Long.BYTES;
      registers.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, value);
    }

    /** Its first argument has been overwritten by its result: it cannot be. */
    @Override
    public boolean restartInterrupted(MemorySegment registers) {
      return false;
    }

    @Override
    public long result(MemorySegment registers) {
      return registers.get(ValueLayout.JAVA_LONG_UNALIGNED, user_regs_struct.regs$offset());
    }

    @Override
    public int instructionBytes() {
      return Integer.BYTES;
    }

    @Override
    public int instructionAlignment() {
      return Integer.BYTES;
    }

    @Override
    public boolean isInstruction(long memory) {
      return (memory & 0xffff_ffffL) == SVC_0;
    }
  }
}
