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
import java.util.ArrayList;
import java.util.List;

/**
 * A kernel in memory. Everything it does follows from what it was made with, so a run can be made
 * again; time moves only in {@link #await} and while a program is being started. What a correct
 * init never does (using a closed descriptor, signalling what it has reaped, waiting for what
 * cannot come) it notes or refuses.
 */
public final class SimulatedKernel implements Kernel, ProcessTable.Listener, SimFiles.Listener {
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
  final SimClock clock = new SimClock(agenda);
  final History history = new History();
  final Transcript transcript;
  final ProcessTable processes;
  final SimFiles files;
  private final Programs programs;
  private final SentSignals signals;
  private final Setting setting;
  private final List<SimProcess> orphans = new ArrayList<>();
  private final List<SimProcess> started = new ArrayList<>();
  private int turn;
  private int waitsAtThisInstant;

  SimulatedKernel(Setting setting, Transcript transcript) {
    this.setting = setting;
    this.transcript = transcript;
    this.processes = new ProcessTable(setting.pidMax(), this);
    this.programs = new Programs(agenda, processes, this);
    this.files = new SimFiles(setting, agenda, history, this);
    this.signals = new SentSignals(this);
  }

  /** A signal from outside. */
  void signalFromOutside(int signal) {
    say("signal " + new Signal(signal) + " from outside");
    history.add(new History.Signaled(agenda.nowNanos(), turn, signal));
    files.raise(signal);
  }

  /** Services are started before the first wait; a stop script that cannot be decides nothing. */
  void noteNotStarted(String program, int error) {
    say("cannot start " + program + ": error " + error);
    if (turn == 0) {
      history.add(new History.NotStarted(agenda.nowNanos(), turn, program, error));
    }
  }

  /** All live processes that were reparented to the init, in that order. */
  List<SimProcess> orphans() {
    return orphans;
  }

  /** All processes that the init started, in that order. */
  List<SimProcess> started() {
    return started;
  }

  int turn() {
    return turn;
  }

  // What the process table tells

  @Override
  public void childEnded(SimProcess child) {
    child.fate.endedAtNanos = agenda.nowNanos();
    history.add(
        child.wasStartedByInit()
            ? new History.Ended(agenda.nowNanos(), turn, child.program, child.pid, child.status)
            : new History.OrphanEnded(
                agenda.nowNanos(), turn, child.pid, child.status, child.fate.adoptedTurn));
    files.changed(child.descriptor);
    files.raise(Signal.CHLD.number());
  }

  @Override
  public void reparented(SimProcess orphan) {
    say(orphan + " is reparented");
    orphan.fate.reparentedAtNanos = agenda.nowNanos();
    orphans.add(orphan);
  }

  @Override
  public void pipeChanged(SimPipe pipe) {
    files.changed(pipe.readingDescriptor);
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

  // Time and readiness

  @Override
  public long monotonicNanos() {
    return agenda.nowNanos();
  }

  @Override
  public long realtimeMillis() {
    return clock.realtimeMillis();
  }

  @Override
  public Memory memory() {
    return files.memory();
  }

  @Override
  public int watch(int descriptor, Interest interest) {
    return files.watch(descriptor, interest);
  }

  @Override
  public int unwatch(int descriptor) {
    return files.unwatch(descriptor);
  }

  @Override
  public int await(long timeoutNanos, Readiness ready) {
    long before = agenda.nowNanos();
    turn++;
    long until = timeoutNanos < 0 ? Long.MAX_VALUE : before + Math.max(0, timeoutNanos);
    until = until < 0 ? Long.MAX_VALUE : until;
    agenda.runUntil(before);
    while (!files.anyReady() && agenda.nextAtNanos() <= until && !agenda.isEmpty()) {
      agenda.runUntil(agenda.nextAtNanos());
    }
    if (!files.anyReady()) {
      if (until == Long.MAX_VALUE) {
        throw new Stuck("the loop waits for ever and nothing will happen any more");
      }
      agenda.runUntil(until);
    } else if (setting.latencyNanos() > 0) {
      agenda.runUntil(agenda.nowNanos() + setting.nextLatencyNanos());
    }
    boundTurns(before);
    return files.report(ready);
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
    return files.openSignals();
  }

  @Override
  public int nextSignal(int descriptor) {
    return files.nextSignal(descriptor);
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
    Launch launch = new Launch(request, files.descriptors(), history);
    if (setting.spawnNanos() > 0) {
      agenda.runUntil(agenda.nowNanos() + setting.nextSpawnNanos());
    }
    int error = setting.spawnError(program);
    SimProcess process =
        error == 0 ? processes.start(setting.behavior(program), program, processes.init()) : null;
    if (process == null) {
      error = error == 0 ? Errno.EAGAIN : error;
      noteNotStarted(program, error);
      return -error;
    }
    launch.equip(process, processes, agenda.nowNanos());
    started.add(process);
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
    return files.openProcess(process);
  }

  @Override
  public int signal(int pid, int descriptor, Signal signal) {
    return signals.signal(pid, descriptor, signal);
  }

  @Override
  public int signalAll(Signal signal) {
    return signals.signalAll(signal);
  }

  @Override
  public int signalGroup(int leader, Signal signal) {
    return signals.signalGroup(leader, signal);
  }

  @Override
  public boolean mayExecute(OsString path) {
    String program = path.toString();
    return setting.programs().containsKey(program) && setting.spawnError(program) == 0;
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
    if (!setting.hasProc()) {
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
    noteDescribed(pid, name);
    return new ProcessDescription(name, "/usr/bin/" + name + " --flag");
  }

  /** What the init believes to be the name of that process. */
  void noteDescribed(int pid, String name) {
    SimProcess process = processes.get(pid);
    if (process != null) {
      process.describedAs = name;
    }
  }

  @Override
  public int redirectOutput(int pid, Redirection into) {
    SimProcess process = processes.get(pid);
    if (!processes.isChildOfInit(process)) {
      history.violated("redirection of " + pid + ", which is no child (any more)");
      return -Errno.ESRCH;
    }
    noteAdopted(process);
    if (process.life != SimProcess.Life.RUNS) {
      return -Errno.ESRCH;
    }
    if (!setting.mayTrace()) {
      into.addRefusal("ptrace: Operation not permitted");
      return -Errno.EPERM;
    }
    say("redirects the output of " + process);
    return files.redirect(process, into);
  }

  /** However its redirection ends, the init counts it among its services from now on. */
  void noteAdopted(SimProcess process) {
    if (process.fate.adoptedTurn < 0) {
      process.fate.adoptedTurn = turn;
      process.fate.adoptedAtNanos = agenda.nowNanos();
    }
  }

  // Bytes

  @Override
  public int pipe(int[] ends) {
    return noteNoPipe(files.pipe(ends));
  }

  @Override
  public int logPipe(int[] ends) {
    return noteNoPipe(files.logPipe(ends));
  }

  private int noteNoPipe(int result) {
    if (result < 0) {
      noteNotStarted("(a pipe)/run", -result);
    }
    return result;
  }

  @Override
  public long read(int descriptor, long address, long length) {
    return files.read(descriptor, address, length);
  }

  @Override
  public int close(int descriptor) {
    return files.close(descriptor);
  }

  @Override
  public OutputChannel openOutput(int standardDescriptor) {
    return files.openOutput(standardDescriptor);
  }

  @Override
  public String explain(int error) {
    return "error " + error;
  }
}
