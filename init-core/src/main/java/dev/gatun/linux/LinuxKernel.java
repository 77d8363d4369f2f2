package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.SigInfo;
import dev.gatun.ffm.epoll_event;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Jobs;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.ProcessDescription;
import dev.gatun.kernel.Readiness;
import dev.gatun.kernel.Redirection;
import dev.gatun.kernel.SessionUse;
import dev.gatun.kernel.Sockets;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The kernel that Gatun runs on. One thread uses it: the one whose children the services are. */
public final class LinuxKernel implements Kernel {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int MAX_EVENTS = 256;
  private static final int MAX_STOPPED = 100;

  private final Memory memory = new LinuxMemory();
  private final MemorySegment pair;
  private final SigInfo info;
  private final MemorySegment interest;
  private final MemorySegment events;
  private final ByteBuffer eventFields;
  private final Arena arena;
  private final int self;
  private final int epoll;
  private final LinuxSignals signals;
  private final Spawner spawner;
  private final ProcessTree processes;
  private OomKills oomKills;
  private Redirect redirect;
  private Jobs jobs;
  private Sockets sockets;

  /**
   * @throws IllegalStateException when the kernel lacks what nothing works without
   */
  public LinuxKernel() {
    arena = Arena.global();
    pair = arena.allocate(2L * Integer.BYTES, Integer.BYTES);
    info = new SigInfo(arena);
    interest = epoll_event.allocate(arena);
    events = epoll_event.allocateArray(MAX_EVENTS, arena);
    eventFields = Fields.view(events);
    int nothing = openNothing();
    epoll = SystemCalls.result(Libc.epoll_create1(Libc.EPOLL_CLOEXEC()));
    if (epoll < 0) {
      throw new IllegalStateException("cannot wait for events: epoll: " + explain(-epoll));
    }
    signals = new LinuxSignals(arena);
    spawner = new Spawner(arena, nothing);
    self = Libc.getpid();
    processes = new ProcessTree(self);
  }

  /** Also fills descriptors 0 to 2, so that no other file comes to stand in for one of them. */
  private int openNothing() {
    MemorySegment path = CStrings.allocate(arena, "/dev/null");
    int nothing = -1;
    while (nothing < 3) {
      int flags = nothing < 2 ? Libc.O_RDWR() : Libc.O_RDWR() | Libc.O_CLOEXEC();
      nothing = SystemCalls.result(Libc.open(path, flags, 0));
      if (nothing < 0) {
        return emptyPipe();
      }
    }
    return nothing;
  }

  /** What reads as empty where there is no /dev/null. */
  private int emptyPipe() {
    int[] ends = new int[2];
    int result = logPipe(ends);
    if (result < 0) {
      throw new IllegalStateException("cannot open /dev/null or a pipe: " + explain(-result));
    }
    close(ends[1]);
    return ends[0];
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public long realtimeMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public int watch(int descriptor, Interest wanted) {
    boolean reading = wanted == Interest.READABLE;
    epoll_event.events(interest, reading ? Libc.EPOLLIN() : Libc.EPOLLOUT());
    Fields.set(interest, epoll_event.data$offset(), descriptor);
    return SystemCalls.result(Libc.epoll_ctl(epoll, Libc.EPOLL_CTL_ADD(), descriptor, interest));
  }

  @Override
  public int unwatch(int descriptor) {
    return SystemCalls.result(Libc.epoll_ctl(epoll, Libc.EPOLL_CTL_DEL(), descriptor, interest));
  }

  @Override
  public int await(long timeoutNanos, Readiness ready) {
    int count =
        SystemCalls.result(
            Libc.epoll_wait(
                epoll, events, Math.min(MAX_EVENTS, ready.capacity()), millis(timeoutNanos)));
    for (int i = 0; i < count; i++) {
      int at = (int) (i * epoll_event.sizeof() + epoll_event.data$offset());
      ready.set(i, eventFields.getInt(at));
    }
    return count;
  }

  /** Rounded up: waking before a deadline would be for nothing. */
  private static int millis(long timeoutNanos) {
    if (timeoutNanos < 0) {
      return -1;
    }
    long millis = timeoutNanos / NANOS_A_MILLI + (timeoutNanos % NANOS_A_MILLI == 0 ? 0 : 1);
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  @Override
  public int openSignals() {
    return signals.open();
  }

  @Override
  public int nextSignal(int descriptor) {
    return signals.next(descriptor);
  }

  @Override
  public int signalSender() {
    return signals.sender();
  }

  /** HotSpot looks for the file in the same two places. */
  @Override
  public boolean isAttachWanted() {
    String name = ".attach_pid" + self;
    return isThere(name) || isThere("/tmp/" + name);
  }

  private static boolean isThere(String path) {
    return LinuxFiles.mode(Libc.AT_FDCWD(), OsString.of(path), 0) != 0;
  }

  @Override
  public int processId() {
    return self;
  }

  @Override
  public int becomeSubreaper() {
    return SystemCalls.result(Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER(), 1, 0, 0, 0));
  }

  @Override
  public boolean mayExecute(OsString path) {
    return LinuxFiles.mayExecuteFile(path);
  }

  /** Has jobs start with those signals blocked, each of which is a bit. */
  public void blockInJobs(long signals) {
    spawner.blockInJobs(signals);
  }

  @Override
  public int spawn(SpawnRequest request) {
    return spawner.spawn(request);
  }

  /** Through syscall(2): the C library's wrapper is younger than many C libraries. */
  @Override
  public int openProcess(int pid) {
    return (int) SystemCalls.result(Libc.syscall(Libc.SYS_pidfd_open(), pid, 0, 0, 0, 0));
  }

  @Override
  public int signal(int pid, int descriptor, Signal signal) {
    if (descriptor >= 0) {
      return sendThrough(descriptor, signal);
    }
    int own = openProcess(pid);
    if (own < 0) {
      return own == -Errno.ESRCH ? own : SystemCalls.result(Libc.kill(pid, signal.number()));
    }
    int result = sendThrough(own, signal);
    close(own);
    return result;
  }

  @Override
  public int signalAll(Signal signal) {
    final int everybody = -1;
    return processId() == 1
        ? SystemCalls.result(Libc.kill(everybody, signal.number()))
        : -Errno.EPERM;
  }

  @Override
  public int signalGroup(int leader, Signal signal) {
    return SystemCalls.result(Libc.kill(-leader, signal.number()));
  }

  private static int sendThrough(int descriptor, Signal signal) {
    return (int)
        SystemCalls.result(
            Libc.syscall(Libc.SYS_pidfd_send_signal(), descriptor, signal.number(), 0, 0, 0));
  }

  @Override
  public Jobs jobs() {
    if (jobs == null) {
      jobs = LinuxJobs.of(arena);
    }
    return jobs;
  }

  @Override
  public SessionUse sessionUse() {
    return ServiceUsage.now();
  }

  @Override
  public Sockets sockets() {
    if (sockets == null) {
      sockets = LinuxSockets.of();
    }
    return sockets;
  }

  @Override
  public int reap(int pid, Exit exit) {
    int result = waitFor(Libc.P_PID(), pid, Libc.WEXITED() | Libc.WNOHANG());
    if (result > 0) {
      exit.set(status());
    }
    return result;
  }

  /** A traced process that has stopped is reported like one that has ended: wait(2) does so. */
  @Override
  public int peekEnded() {
    for (int i = 0; i < MAX_STOPPED; i++) {
      releaseLate();
      int pid = waitFor(Libc.P_ALL(), 0, Libc.WEXITED() | Libc.WNOHANG() | Libc.WNOWAIT());
      if (pid <= 0 || hasEnded()) {
        return pid;
      }
    }
    return 0;
  }

  /**
   * Their stops make SIGCHLD, but while another one is redirected that is waited for and coalesced:
   * so they are looked at whenever orphans are looked for, too.
   */
  private void releaseLate() {
    if (redirect != null) {
      redirect.releaseLate();
    }
  }

  private boolean hasEnded() {
    int code = info.code();
    return code != Libc.CLD_TRAPPED() && code != Libc.CLD_STOPPED();
  }

  private int waitFor(int kind, int id, int options) {
    info.clear();
    int result = SystemCalls.result(Libc.waitid(kind, id, info.struct(), options));
    return result < 0 ? result : info.pid();
  }

  private ExitStatus status() {
    int code = info.code();
    int status = info.status();
    return code == Libc.CLD_EXITED()
        ? new ExitStatus.Exited(status)
        : signaled(new Signal(status), code == Libc.CLD_DUMPED());
  }

  private ExitStatus signaled(Signal signal, boolean dumpedCore) {
    if (signal.is(Signal.KILL)) {
      if (oomKills == null) {
        oomKills = new OomKills();
      }
      return new ExitStatus.Signaled(signal, dumpedCore, oomKills.hasGrown());
    }
    return new ExitStatus.Signaled(signal, dumpedCore);
  }

  @Override
  public int listOrphans(PidList pids) {
    releaseLate();
    return processes.listOrphans(pids);
  }

  @Override
  public ProcessDescription describe(int pid) {
    return processes.describe(pid);
  }

  @Override
  public int redirectOutput(int pid, Redirection into) {
    if (redirect == null) {
      redirect = new Redirect();
    }
    return redirect.redirect(pid, into);
  }

  /** When the command has been started this process goes to the root, as dumb-init does. */
  public void goToRootAfterCommand() {
    spawner.goToRootAfterJob();
  }

  /** The reading end is an open file description of its own: the writer's stays blocking. */
  @Override
  public int pipe(int[] ends) {
    int result = logPipe(ends);
    if (result >= 0) {
      Libc.fcntl(ends[0], Libc.F_SETFL(), Libc.O_NONBLOCK());
    }
    return result;
  }

  @Override
  public int logPipe(int[] ends) {
    int result = SystemCalls.result(Libc.pipe2(pair, Libc.O_CLOEXEC()));
    ends[0] = Fields.getInt(pair, 0);
    ends[1] = Fields.getInt(pair, Integer.BYTES);
    if (result >= 0) {
      letAllOpen(ends[1]);
    }
    return result;
  }

  /** Services that become another user open /dev/stdout anew, as many configurations have it. */
  static void letAllOpen(int pipe) {
    Libc.fchmod(pipe, Libc.S_IRUSR() | Libc.S_IWUSR() | Libc.S_IWGRP() | Libc.S_IWOTH());
  }

  @Override
  public long read(int descriptor, long address, long length) {
    return SystemCalls.result(Libc.read(descriptor, MemorySegment.ofAddress(address), length));
  }

  @Override
  public void widen(int descriptor, int bytes) {
    Libc.fcntl(descriptor, Libc.F_SETPIPE_SZ(), bytes);
  }

  @Override
  public int close(int descriptor) {
    return SystemCalls.result(Libc.close(descriptor));
  }

  @Override
  public OutputChannel openOutput(int standardDescriptor) {
    return LinuxOutput.open(arena, standardDescriptor);
  }

  @Override
  public String explain(int error) {
    return dev.gatun.ffm.Errno.message(error);
  }
}
