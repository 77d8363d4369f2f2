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
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A kernel in memory. Everything it does follows from what it was made with, so a run can be made
 * again; time moves only in {@link #await}. What a correct init never does (using a closed
 * descriptor, signalling what it has reaped, waiting for what cannot come) it notes or refuses.
 */
public final class SimulatedKernel implements Kernel, ProcessTable.Listener {
  /** 2026-11-22T08:09:10.123Z. */
  static final long EPOCH_MILLIS = 1_795_334_950_123L;

  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int MAX_WAITS = 2_000_000;
  private static final int MAX_WAITS_AT_ONE_INSTANT = 20_000;

  /** The loop waits for what can never come, or does not stop turning. */
  public static final class Stuck extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stuck(String message) {
      super(message);
    }
  }

  final Agenda agenda = new Agenda();
  final History history = new History();
  final Transcript transcript;
  final ProcessTable processes;
  private final Programs programs;
  private final SimMemory memory = new SimMemory();
  private final Descriptors descriptors;
  private final PendingSignals signals = new PendingSignals();
  private final Environment environment;
  private final Map<Integer, SimSink> sinks = new HashMap<>();
  private final List<SimPipe> pipes = new ArrayList<>();
  private int turn;
  private int waitsAtThisInstant;

  SimulatedKernel(Environment environment, Transcript transcript) {
    this.environment = environment;
    this.transcript = transcript;
    this.processes = new ProcessTable(environment.pidMax(), this);
    this.programs = new Programs(agenda, processes, this);
    this.descriptors = new Descriptors(environment.maxDescriptors(), history, this::isReady);
  }

  /** A signal from outside. */
  void signalFromOutside(int signal) {
    say("signal " + new Signal(signal) + " from outside");
    history.add(new History.Signaled(agenda.nowNanos(), turn, signal));
    raise(signal);
  }

  private void raise(int signal) {
    signals.add(signal);
    descriptors.changed(signals.descriptor);
  }

  /** Services are started before the first wait; a stop script that cannot be decides nothing. */
  void noteNotStarted(String program, int error) {
    say("cannot start " + program + ": error " + error);
    if (turn == 0) {
      history.add(new History.NotStarted(agenda.nowNanos(), turn, program, error));
    }
  }

  SimMemory simMemory() {
    return memory;
  }

  SimSink sink(int standardDescriptor) {
    return sinks.get(standardDescriptor);
  }

  /** Every pipe there was, in the order in which they were made. */
  List<SimPipe> pipes() {
    return pipes;
  }

  int openDescriptors() {
    return descriptors.openCount();
  }

  int turn() {
    return turn;
  }

  // What the process table tells

  @Override
  public void childEnded(SimProcess child) {
    if (child.wasStartedByInit()) {
      history.add(
          new History.Ended(agenda.nowNanos(), turn, child.program, child.pid, child.status));
    } else {
      history.add(new History.OrphanEnded(agenda.nowNanos(), turn, child.pid));
    }
    descriptors.changed(child.descriptor);
    raise(Signal.CHLD.number());
  }

  @Override
  public void pipeChanged(SimPipe pipe) {
    descriptors.changed(pipe.readingDescriptor);
    if (pipe.isReadable()) {
      pipe.takeBlockedReaders().forEach(this::wake);
    }
    if (!pipe.hasReaders() || pipe.size() <= SimPipe.CAPACITY - SimPipe.ATOMIC_BYTES) {
      pipe.takeBlockedWriters().forEach(this::wake);
    }
  }

  @Override
  public void wake(SimProcess process) {
    programs.wakeAfter(process, 0);
  }

  @Override
  public void say(String what) {
    transcript.add(agenda.nowNanos(), "kernel", what);
  }

  private boolean isReady(int descriptor) {
    return switch (descriptors.peek(descriptor)) {
      case Descriptors.PipeEnd end -> end.reading() && end.pipe().isReadable();
      case SimProcess process -> process.life != SimProcess.Life.RUNS;
      case SimSink sink -> sink.isWritable();
      default -> !signals.isEmpty();
    };
  }

  // Time and readiness

  @Override
  public long monotonicNanos() {
    return agenda.nowNanos();
  }

  @Override
  public long realtimeMillis() {
    return EPOCH_MILLIS + agenda.nowNanos() / NANOS_A_MILLI;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public int watch(int descriptor, Interest interest) {
    return descriptors.watch(descriptor, interest);
  }

  @Override
  public int unwatch(int descriptor) {
    return descriptors.unwatch(descriptor);
  }

  @Override
  public int await(long timeoutNanos, Readiness ready) {
    long before = agenda.nowNanos();
    turn++;
    long until = timeoutNanos < 0 ? Long.MAX_VALUE : before + Math.max(0, timeoutNanos);
    until = until < 0 ? Long.MAX_VALUE : until;
    agenda.runUntil(before);
    while (!descriptors.anyReady() && agenda.nextAtNanos() <= until && !agenda.isEmpty()) {
      agenda.runUntil(agenda.nextAtNanos());
    }
    if (!descriptors.anyReady()) {
      if (until == Long.MAX_VALUE) {
        throw new Stuck("the loop waits for ever and nothing will happen any more");
      }
      agenda.runUntil(until);
    } else if (environment.latencyNanos() > 0) {
      agenda.runUntil(agenda.nowNanos() + environment.nextLatencyNanos());
    }
    boundTurns(before);
    return descriptors.report(ready);
  }

  private void boundTurns(long before) {
    waitsAtThisInstant = agenda.nowNanos() == before ? waitsAtThisInstant + 1 : 0;
    if (turn > MAX_WAITS || waitsAtThisInstant > MAX_WAITS_AT_ONE_INSTANT) {
      throw new Stuck("the loop spins: " + turn + " turns, " + waitsAtThisInstant + " at once");
    }
  }

  // Signals

  @Override
  public int openSignals() {
    signals.descriptor = descriptors.open(signals);
    return signals.descriptor;
  }

  @Override
  public int nextSignal(int descriptor) {
    return descriptors.file(descriptor, "read") == signals ? signals.next() : -Errno.EBADF;
  }

  // Processes

  @Override
  public int processId() {
    return processes.init().pid;
  }

  @Override
  public int becomeSubreaper() {
    return 0;
  }

  @Override
  public int spawn(SpawnRequest request) {
    String program = request.program().toString();
    int error = environment.spawnError(program);
    Launch launch = new Launch(request, descriptors, history);
    SimProcess process =
        error == 0
            ? processes.start(environment.behavior(program), program, processes.init())
            : null;
    if (process == null) {
      error = error == 0 ? Errno.EAGAIN : error;
      noteNotStarted(program, error);
      return -error;
    }
    launch.equip(process, processes);
    history.add(new History.Started(agenda.nowNanos(), turn, program, process.pid));
    say("starts " + program + " as " + process);
    programs.wakeAfter(process, 0);
    return process.pid;
  }

  @Override
  public int openProcess(int pid) {
    SimProcess process = processes.get(pid);
    if (process == null) {
      history.violated("pidfd_open of " + pid + ", which is no process");
      return -Errno.ESRCH;
    }
    int descriptor = descriptors.open(process);
    process.descriptor = descriptor;
    return descriptor;
  }

  @Override
  public int signal(int pid, int descriptor, Signal signal) {
    SimProcess process = processes.get(pid);
    if (!processes.isChildOfInit(process)) {
      history.violated("signal " + signal + " to " + pid + ", which is no child (any more)");
      return -Errno.ESRCH;
    }
    if (descriptor >= 0 && descriptors.file(descriptor, "signalling") != process) {
      history.violated("signal " + signal + " through another process's descriptor");
      return -Errno.EBADF;
    }
    say("sends " + signal + " to " + process);
    agenda.after(0, () -> processes.deliver(process, signal.number()));
    return 0;
  }

  @Override
  public int reap(int pid, Exit exit) {
    SimProcess process = processes.get(pid);
    if (!processes.isChildOfInit(process)) {
      history.violated("waitid of " + pid + ", which is no child (any more)");
      return -Errno.ECHILD;
    }
    if (process.life == SimProcess.Life.RUNS) {
      return 0;
    }
    exit.set(process.status);
    processes.reap(process);
    say("reaped " + process);
    return pid;
  }

  @Override
  public int peekEnded() {
    return processes.peekEnded();
  }

  @Override
  public int listOrphans(PidList pids) {
    if (!environment.hasProc()) {
      return -Errno.ENOENT;
    }
    for (SimProcess child : processes.init().children) {
      if (!child.wasStartedByInit()) {
        pids.add(child.pid);
      }
    }
    return pids.size();
  }

  @Override
  public ProcessDescription describe(int pid) {
    SimProcess process = processes.get(pid);
    String name = process == null ? "" : process.behavior.name();
    return new ProcessDescription(name, "/usr/bin/" + name + " --flag");
  }

  /** Tracing is not simulated: it is refused, as a seccomp profile would. */
  @Override
  public int redirectOutput(int pid, Redirection into) {
    return processes.get(pid) == null ? -Errno.ESRCH : -Errno.EPERM;
  }

  // Bytes

  @Override
  public int pipe(int[] ends) {
    int result = logPipe(ends);
    if (result >= 0) {
      pipes.getLast().readingDescriptor = ends[0];
    }
    return result;
  }

  @Override
  public int logPipe(int[] ends) {
    if (!descriptors.hasRoomFor(2)) {
      noteNotStarted("(a pipe)/run", Errno.EMFILE);
      return -Errno.EMFILE;
    }
    SimPipe pipe = new SimPipe();
    pipes.add(pipe);
    pipe.addReader();
    pipe.addWriter();
    ends[0] = descriptors.open(new Descriptors.PipeEnd(pipe, true));
    ends[1] = descriptors.open(new Descriptors.PipeEnd(pipe, false));
    return 0;
  }

  @Override
  public long read(int descriptor, long address, long length) {
    Object file = descriptors.file(descriptor, "read");
    if (!(file instanceof Descriptors.PipeEnd end) || !end.reading()) {
      history.violated("read of descriptor " + descriptor + ", which cannot be read");
      return -Errno.EBADF;
    }
    SimPipe pipe = end.pipe();
    if (pipe.size() == 0) {
      return pipe.hasWriters() ? -Errno.EAGAIN : 0;
    }
    byte[] bytes = pipe.read((int) length);
    memory.put(address, bytes, 0, bytes.length);
    pipeChanged(pipe);
    return bytes.length;
  }

  @Override
  public int close(int descriptor) {
    Object file = descriptors.close(descriptor);
    switch (file) {
      case null -> {
        return -Errno.EBADF;
      }
      case Descriptors.PipeEnd end -> {
        boolean last = end.reading() ? end.pipe().removeReader() : end.pipe().removeWriter();
        if (end.reading()) {
          end.pipe().readingDescriptor = -1;
        }
        if (last) {
          pipeChanged(end.pipe());
        }
      }
      case SimProcess process -> process.descriptor = -1;
      default -> history.violated("close of descriptor " + descriptor + ", which is for ever");
    }
    return 0;
  }

  @Override
  public OutputChannel openOutput(int standardDescriptor) {
    SimSink.Manner manner = environment.sink(standardDescriptor);
    SimSink[] made = new SimSink[1];
    SimSink sink =
        new SimSink(manner, agenda, memory, () -> descriptors.changed(made[0].descriptor));
    made[0] = sink;
    sinks.put(standardDescriptor, sink);
    if (!manner.file()) {
      sink.descriptor = descriptors.open(sink);
    }
    return sink;
  }

  @Override
  public String explain(int error) {
    return "error " + error;
  }
}
