package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.ffm.SigInfo;
import dev.gatun.ffm.sigset_t;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Jobs;
import dev.gatun.model.Signal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Job control. TTOU is blocked in all of Gatun's threads, so that it may change a terminal's
 * foreground from the background too.
 */
final class LinuxJobs implements Jobs {
  /** Glibc has it since 2.35. */
  static final boolean CAN_TAKE_TERMINAL = canTakeTerminal();

  private static final int STDIN = 0;
  private static final int STDERR = 2;
  private static final int NOT_LOOKED_FOR = -1;
  private static final int NONE = -2;

  private final Arena arena;
  private final SigInfo info;
  private int terminal = NOT_LOOKED_FOR;

  private LinuxJobs(Arena arena) {
    this.arena = arena;
    this.info = new SigInfo(arena);
  }

  /** As what it is for: a kernel that is made need not load this class. */
  static Jobs of(Arena arena) {
    return new LinuxJobs(arena);
  }

  private static boolean canTakeTerminal() {
    try {
      return Libc.posix_spawn_file_actions_addtcsetpgrp_np$address().address() != 0;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  /** Whether standard input is this session's terminal, and this process's group has it. */
  static boolean hasForegroundAsInput() {
    int group = Libc.tcgetpgrp(STDIN);
    return group > 0 && group == Libc.getpgid(0);
  }

  @Override
  public int takeStop(int pid) {
    return take(pid, Libc.WSTOPPED()) ? info.status() : 0;
  }

  @Override
  public boolean takeContinuation(int pid) {
    return take(pid, Libc.WCONTINUED());
  }

  private boolean take(int pid, int what) {
    info.clear();
    int result = Libc.waitid(Libc.P_PID(), pid, info.struct(), what | Libc.WNOHANG());
    return result == 0 && info.pid() == pid;
  }

  @Override
  public int ownGroup() {
    return Libc.getpgid(0);
  }

  @Override
  public int foreground() {
    findTerminal();
    return terminal == NONE ? -Errno.ENOTTY : SystemCalls.result(Libc.tcgetpgrp(terminal));
  }

  @Override
  public int setForeground(int group) {
    findTerminal();
    return terminal == NONE ? -Errno.ENOTTY : SystemCalls.result(Libc.tcsetpgrp(terminal, group));
  }

  /** Only of a session's own terminal the foreground can be known. */
  private void findTerminal() {
    if (terminal != NOT_LOOKED_FOR) {
      return;
    }
    for (int descriptor = STDIN; descriptor <= STDERR; descriptor++) {
      if (Libc.tcgetpgrp(descriptor) > 0) {
        terminal = descriptor;
        return;
      }
    }
    int flags = Libc.O_RDWR() | Libc.O_CLOEXEC() | Libc.O_NOCTTY();
    int own = Libc.open(CStrings.allocate(arena, "/dev/tty"), flags, 0);
    terminal = own < 0 ? NONE : own;
  }

  @Override
  public void stopSelf() {
    Libc.kill(Libc.getpid(), Signal.STOP.number());
  }

  /**
   * The kernel decides: it stops nobody by TSTP in a group that no shell waits for, and never PID
   * 1. CONT, which is blocked, is pending after a stop and only then: TSTP discards it.
   */
  @Override
  public boolean suspendOwnGroup() {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment set = sigset_t.allocate(own);
      Libc.sigemptyset(set);
      Libc.sigaddset(set, Signal.TSTP.number());
      Libc.kill(0, Signal.TSTP.number());
      Libc.pthread_sigmask(Libc.SIG_UNBLOCK(), set, MemorySegment.NULL);
      Libc.pthread_sigmask(Libc.SIG_BLOCK(), set, MemorySegment.NULL);
      Libc.sigpending(set);
      return Libc.sigismember(set, Signal.CONT.number()) == 1;
    }
  }
}
