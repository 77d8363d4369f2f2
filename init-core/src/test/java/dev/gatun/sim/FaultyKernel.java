package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.ProcessDescription;
import dev.gatun.kernel.Readiness;
import dev.gatun.kernel.Redirection;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.util.TreeSet;

/** A kernel whose calls fail, come late or do half of what they were asked, as kernels' do. */
final class FaultyKernel implements Kernel {
  private static final int MAX_JUMP_MILLIS = 100_000_000;
  private static final int MAX_LEAP_MILLIS = 40_000;
  private static final int MAX_LATE_MILLIS = 100;

  /** A process that may not be signalled ends by itself in the end. */
  private static final int MAX_ALONE_MILLIS = 5000;

  private final SimulatedKernel kernel;
  private final Faults faults;
  private final TreeSet<Integer> watched = new TreeSet<>();

  FaultyKernel(SimulatedKernel kernel, Faults faults) {
    this.kernel = kernel;
    this.faults = faults;
  }

  @Override
  public long monotonicNanos() {
    return kernel.monotonicNanos();
  }

  @Override
  public long realtimeMillis() {
    if (faults.happens(faults.wallJumps)) {
      kernel.clock.setWall(faults.below(2 * MAX_JUMP_MILLIS) - MAX_JUMP_MILLIS);
    }
    return kernel.realtimeMillis();
  }

  @Override
  public Memory memory() {
    return kernel.memory();
  }

  @Override
  public int watch(int descriptor, Interest interest) {
    if (faults.happens(faults.watches)) {
      return faults.oneOf(Errno.ENOMEM, Errno.ENOSPC);
    }
    watched.add(descriptor);
    return kernel.watch(descriptor, interest);
  }

  @Override
  public int unwatch(int descriptor) {
    watched.remove(descriptor);
    int result = kernel.unwatch(descriptor);
    return faults.happens(faults.watches) ? -Errno.ENOENT : result;
  }

  @Override
  public int await(long timeoutNanos, Readiness ready) {
    if (faults.happens(faults.waits)) {
      return -Errno.EINTR;
    }
    Readiness all = new Readiness(ready.capacity());
    int count = kernel.await(timeoutNanos - leap(timeoutNanos), all);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!faults.happens(faults.lateReadiness)) {
        ready.set(kept++, all.descriptor(i));
      }
    }
    if (kept < ready.capacity() && !watched.isEmpty() && faults.happens(faults.spuriousReadiness)) {
      Integer any = watched.floor(faults.below(watched.last() + 1));
      ready.set(kept++, any == null ? watched.first() : any);
    }
    return kept;
  }

  /**
   * Only while the init has nothing to hear: what it would hear so much later is nobody's fault.
   */
  private long leap(long timeoutNanos) {
    if (timeoutNanos == 0 || kernel.files.anyReady() || !faults.happens(faults.leaps)) {
      return 0;
    }
    long nanos = faults.millis(MAX_LEAP_MILLIS);
    kernel.clock.leap(nanos);
    return timeoutNanos < 0 ? 0 : Math.min(nanos, timeoutNanos);
  }

  @Override
  public int openSignals() {
    return kernel.openSignals();
  }

  @Override
  public int nextSignal(int descriptor) {
    if (faults.happens(faults.interruptions)) {
      return faults.oneOf(Errno.EINTR, Errno.EAGAIN);
    }
    int signal = kernel.nextSignal(descriptor);
    boolean isChild = signal == Signal.CHLD.number();
    if (isChild && faults.happens(faults.lateChildSignals)) {
      kernel.agenda.after(
          faults.millis(MAX_LATE_MILLIS), () -> kernel.files.raise(Signal.CHLD.number()));
      return kernel.nextSignal(descriptor);
    }
    boolean lost = isChild && faults.happens(faults.lostChildSignals);
    return lost ? kernel.nextSignal(descriptor) : signal;
  }

  @Override
  public int processId() {
    return kernel.processId();
  }

  @Override
  public int becomeSubreaper() {
    return kernel.becomeSubreaper();
  }

  @Override
  public int spawn(SpawnRequest request) {
    if (faults.happens(faults.starts)) {
      int error = faults.oneOf(Errno.EAGAIN, Errno.ENOMEM, Errno.EMFILE, Errno.EACCES);
      kernel.noteNotStarted(request.program().toString(), -error);
      return error;
    }
    return kernel.spawn(request);
  }

  @Override
  public int openProcess(int pid) {
    return faults.happens(faults.processDescriptors)
        ? faults.oneOf(Errno.EMFILE, Errno.ENOMEM, Errno.EPERM)
        : kernel.openProcess(pid);
  }

  @Override
  public int signal(int pid, int descriptor, Signal signal) {
    return isRefused(pid) ? -Errno.EPERM : kernel.signal(pid, descriptor, signal);
  }

  private boolean isRefused(int pid) {
    boolean refused = faults.happens(faults.refusedSignals);
    if (refused) {
      SimProcess process = kernel.processes.get(pid);
      kernel.agenda.after(
          faults.millis(MAX_ALONE_MILLIS),
          () -> kernel.processes.deliver(process, Signal.KILL.number()));
    }
    return refused;
  }

  @Override
  public boolean mayExecute(OsString path) {
    return kernel.mayExecute(path);
  }

  @Override
  public int signalAll(Signal signal) {
    return kernel.signalAll(signal);
  }

  @Override
  public int signalGroup(int leader, Signal signal) {
    boolean refused = !signal.is(Signal.KILL) && isRefused(leader);
    return refused ? -Errno.EPERM : kernel.signalGroup(leader, signal);
  }

  @Override
  public int reap(int pid, Exit exit) {
    return faults.happens(faults.interruptions) ? -Errno.EINTR : kernel.reap(pid, exit);
  }

  @Override
  public int peekEnded() {
    return faults.happens(faults.interruptions) ? -Errno.EINTR : kernel.peekEnded();
  }

  @Override
  public int listOrphans(PidList pids) {
    return faults.happens(faults.scans)
        ? faults.oneOf(Errno.EMFILE, Errno.ENOMEM, Errno.EINTR, Errno.EPERM)
        : kernel.listOrphans(pids);
  }

  @Override
  public ProcessDescription describe(int pid) {
    if (faults.happens(faults.scans)) {
      kernel.noteDescribed(pid, "");
      return new ProcessDescription("", "");
    }
    return kernel.describe(pid);
  }

  @Override
  public int redirectOutput(int pid, Redirection into) {
    if (faults.happens(faults.refusedTraces)) {
      kernel.noteAdopted(kernel.processes.get(pid));
      return faults.oneOf(Errno.EAGAIN, Errno.EAGAIN, Errno.EPERM, Errno.EIO);
    }
    return kernel.redirectOutput(pid, into);
  }

  @Override
  public int pipe(int[] ends) {
    if (faults.happens(faults.starts)) {
      return noPipe();
    }
    return kernel.pipe(ends);
  }

  @Override
  public int logPipe(int[] ends) {
    if (faults.happens(faults.starts)) {
      return noPipe();
    }
    return kernel.logPipe(ends);
  }

  private int noPipe() {
    kernel.noteNotStarted("(a pipe)/run", Errno.ENFILE);
    return faults.oneOf(Errno.EMFILE, Errno.ENFILE);
  }

  @Override
  public long read(int descriptor, long address, long length) {
    if (faults.happens(faults.interruptions)) {
      return -Errno.EINTR;
    }
    boolean cut = faults.happens(faults.shortTransfers);
    return kernel.read(descriptor, address, cut ? faults.part(length) : length);
  }

  @Override
  public int close(int descriptor) {
    int result = kernel.close(descriptor);
    return faults.happens(faults.interruptions) ? faults.oneOf(Errno.EINTR, Errno.EIO) : result;
  }

  @Override
  public OutputChannel openOutput(int standardDescriptor) {
    return new FaultyChannel(kernel.openOutput(standardDescriptor));
  }

  private final class FaultyChannel implements OutputChannel {
    private final OutputChannel channel;

    FaultyChannel(OutputChannel channel) {
      this.channel = channel;
    }

    @Override
    public long write(long address, long length) {
      if (faults.happens(faults.interruptions)) {
        return channel.descriptor() < 0 ? -Errno.EINTR : faults.oneOf(Errno.EINTR, Errno.EAGAIN);
      }
      boolean cut = faults.happens(faults.shortTransfers);
      return channel.write(address, cut ? faults.part(length) : length);
    }

    @Override
    public int descriptor() {
      return channel.descriptor();
    }
  }

  @Override
  public String explain(int error) {
    return kernel.explain(error);
  }
}
