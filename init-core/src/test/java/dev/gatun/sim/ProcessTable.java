package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The tree of processes: pids, parents, ends, zombies, reparenting, signals. */
final class ProcessTable {
  private static final int INIT_PID = 1;

  /** What it tells the rest of the kernel. */
  interface Listener {
    /** A child of the init has become a zombie. */
    void childEnded(SimProcess child);

    /** A live process has become the init's child. */
    void reparented(SimProcess orphan);

    /** A process has let go of a pipe. */
    void pipeChanged(SimPipe pipe);

    /** A process can run. */
    void wake(SimProcess process);

    void say(String what);
  }

  private final SimProcess init = new SimProcess(INIT_PID, Behavior.of("init"), "");
  private final TreeMap<Integer, SimProcess> byPid = new TreeMap<>();
  private final int pidMax;
  private final Listener listener;
  private int lastPid = INIT_PID;

  /**
   * @param pidMax after that, pids begin anew with the lowest that are free
   */
  ProcessTable(int pidMax, Listener listener) {
    this.pidMax = pidMax;
    this.listener = listener;
    byPid.put(INIT_PID, init);
  }

  SimProcess init() {
    return init;
  }

  /** Null when there is none, or it has been reaped. */
  SimProcess get(int pid) {
    return byPid.get(pid);
  }

  boolean isChildOfInit(SimProcess process) {
    return process != null && process.parent == init;
  }

  /** All but the init that are left, zombies among them. */
  List<SimProcess> left() {
    List<SimProcess> left = new ArrayList<>(byPid.values());
    left.remove(init);
    return left;
  }

  boolean isFull() {
    return byPid.size() >= pidMax;
  }

  /** Makes a child; its descriptors are the caller's matter. Null when there is no pid left. */
  SimProcess start(Behavior behavior, String program, SimProcess parent) {
    if (isFull()) {
      return null;
    }
    SimProcess process = new SimProcess(nextPid(), behavior, program);
    process.parent = parent;
    parent.children.add(process);
    byPid.put(process.pid, process);
    return process;
  }

  private int nextPid() {
    do {
      lastPid = lastPid >= pidMax ? INIT_PID + 1 : lastPid + 1;
    } while (byPid.containsKey(lastPid));
    return lastPid;
  }

  void end(SimProcess process, ExitStatus status) {
    if (process.life != SimProcess.Life.RUNS) {
      return;
    }
    listener.say(process + " " + status);
    process.life = SimProcess.Life.ZOMBIE;
    process.status = status;
    closeAll(process);
    for (SimProcess child : List.copyOf(process.children)) {
      child.parent = init;
      init.children.add(child);
      if (child.life == SimProcess.Life.ZOMBIE) {
        listener.childEnded(child);
      } else {
        listener.reparented(child);
      }
    }
    process.children.clear();
    if (process.parent == init) {
      listener.childEnded(process);
    } else if (process.parent.behavior.reapsChildren()) {
      reap(process);
    }
  }

  private void closeAll(SimProcess process) {
    if (process.stdin != null) {
      SimPipe pipe = process.stdin;
      process.stdin = null;
      pipe.removeReader();
      listener.pipeChanged(pipe);
    }
    closeOutput(process, false);
    closeOutput(process, true);
    closeVoice(process);
  }

  void closeVoice(SimProcess process) {
    SimPipe pipe = process.voice;
    process.voice = null;
    if (pipe != null) {
      pipe.removeWriter();
      listener.pipeChanged(pipe);
    }
  }

  void closeOutput(SimProcess process, boolean stderr) {
    SimPipe pipe = stderr ? process.stderr : process.stdout;
    if (stderr) {
      process.stderr = null;
    } else {
      process.stdout = null;
    }
    if (pipe != null) {
      pipe.removeWriter();
      listener.pipeChanged(pipe);
    }
  }

  void reap(SimProcess process) {
    process.life = SimProcess.Life.REAPED;
    process.parent.children.remove(process);
    byPid.remove(process.pid);
  }

  /** The first zombie among the init's children, 0, or ECHILD. */
  int peekEnded() {
    for (SimProcess child : init.children) {
      if (child.life == SimProcess.Life.ZOMBIE) {
        return child.pid;
      }
    }
    return init.children.isEmpty() ? -Errno.ECHILD : 0;
  }

  /** What a signal does when it arrives; zombies bear everything. */
  void deliver(SimProcess process, int signal) {
    if (process.life != SimProcess.Life.RUNS) {
      return;
    }
    listener.say(new Signal(signal) + " arrives at " + process);
    if (signal == Signal.KILL.number()) {
      end(process, new ExitStatus.Signaled(Signal.KILL, false));
    } else if (signal == Signal.CONT.number()) {
      goOn(process);
    } else if (signal == Signal.STOP.number()) {
      process.stopped = true;
    } else if (process.stopped) {
      process.pendingSignals.add(signal);
    } else {
      act(process, signal);
    }
  }

  private void goOn(SimProcess process) {
    if (!process.stopped) {
      return;
    }
    process.stopped = false;
    List<Integer> pending = List.copyOf(process.pendingSignals);
    process.pendingSignals.clear();
    pending.forEach(signal -> deliver(process, signal));
    if (process.life == SimProcess.Life.RUNS && process.wokenWhileStopped) {
      process.wokenWhileStopped = false;
      listener.wake(process);
    }
  }

  private void act(SimProcess process, int signal) {
    boolean term = signal == Signal.TERM.number();
    Behavior.OnTerm onTerm = term ? process.behavior.onTerm() : Behavior.OnTerm.DIES;
    switch (onTerm) {
      case DIES -> end(process, new ExitStatus.Signaled(new Signal(signal), false));
      case IGNORES -> {}
      case HANDLES -> {
        if (!process.handledTerm) {
          process.handledTerm = true;
          process.goOnWith(process.behavior.afterTerm());
          listener.wake(process);
        }
      }
    }
  }
}
