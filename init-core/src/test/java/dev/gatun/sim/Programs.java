package dev.gatun.sim;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;

/** Runs the simulated programs: each takes steps until it has to wait for something. */
final class Programs {
  private static final byte[] NEWLINE = {'\n'};
  private static final int MAX_STEPS_IN_ONE_GO = 100_000;

  private final Agenda agenda;
  private final ProcessTable processes;
  private final ProcessTable.Listener listener;

  Programs(Agenda agenda, ProcessTable processes, ProcessTable.Listener listener) {
    this.agenda = agenda;
    this.processes = processes;
    this.listener = listener;
  }

  void wakeAfter(SimProcess process, long delayNanos) {
    long number = ++process.wakeNumber;
    agenda.after(
        delayNanos,
        () -> {
          if (number == process.wakeNumber) {
            run(process);
          }
        });
  }

  private void run(SimProcess process) {
    for (int i = 0; i < MAX_STEPS_IN_ONE_GO; i++) {
      if (process.life != SimProcess.Life.RUNS) {
        return;
      }
      if (process.stopped) {
        process.wokenWhileStopped = true;
        return;
      }
      Step step = process.step();
      if (step == null) {
        processes.end(process, new ExitStatus.Exited(0));
        return;
      }
      if (!take(process, step)) {
        return;
      }
    }
    throw new IllegalStateException("a simulated program does not wait: " + process);
  }

  /** Whether it can go on at once. */
  private boolean take(SimProcess process, Step step) {
    return switch (step) {
      case Step.Write w -> write(process, w.toStderr() ? process.stderr : process.stdout, w);
      case Step.Relay relay -> relay(process, relay);
      case Step.Sleep sleep -> {
        process.stepDone();
        wakeAfter(process, sleep.nanos());
        yield false;
      }
      case Step.Notify notify -> {
        process.stepDone();
        if (process.voice != null) {
          process.voice.write(NEWLINE, 0, NEWLINE.length);
          listener.pipeChanged(process.voice);
          processes.closeVoice(process);
        }
        yield true;
      }
      case Step.Fork fork -> {
        process.stepDone();
        fork(process, fork.child());
        yield true;
      }
      case Step.Exec exec -> {
        process.exec(exec.program());
        yield true;
      }
      case Step.Exit exit -> {
        processes.end(process, new ExitStatus.Exited(exit.code()));
        yield false;
      }
      case Step.Die die -> {
        processes.end(process, new ExitStatus.Signaled(new Signal(die.signal()), false));
        yield false;
      }
      case Step.CloseOutput close -> {
        process.stepDone();
        processes.closeOutput(process, close.stderr());
        yield true;
      }
      case Step.SignalTarget signal -> {
        process.stepDone();
        if (process.target != null) {
          processes.deliver(process.target, signal.signal());
        }
        yield true;
      }
      case Step.Stop stop -> {
        process.stepDone();
        process.stopped = true;
        yield true;
      }
    };
  }

  private void fork(SimProcess parent, Behavior behavior) {
    SimProcess child = processes.start(behavior, "", parent);
    if (child == null) {
      return;
    }
    child.stdout = parent.stdout;
    child.stderr = parent.stderr;
    if (child.stdout != null) {
      child.stdout.addWriter();
    }
    if (child.stderr != null) {
      child.stderr.addWriter();
    }
    listener.say(parent + " forks " + child);
    wakeAfter(child, 0);
  }

  private boolean write(SimProcess process, SimPipe pipe, Step.Write step) {
    byte[] bytes = step.bytes();
    int left = bytes.length - process.writtenBytes;
    if (pipe == null || left == 0) {
      process.stepDone();
      return true;
    }
    if (!pipe.hasReaders()) {
      processes.end(process, new ExitStatus.Signaled(new Signal(13), false));
      return false;
    }
    int count = pipe.write(bytes, process.writtenBytes, left);
    process.writtenBytes += count;
    if (count > 0) {
      listener.pipeChanged(pipe);
    } else {
      pipe.blockWriter(process);
    }
    return count > 0;
  }

  private boolean relay(SimProcess process, Step.Relay step) {
    if (process.carried.length > 0) {
      return passOn(process, step);
    }
    if (process.stdin == null || process.stdin.isReadable() && process.stdin.size() == 0) {
      process.stepDone();
      return true;
    }
    if (process.stdin.size() == 0) {
      process.stdin.blockReader(process);
      return false;
    }
    byte[] piece = process.stdin.read(step.pieceBytes());
    listener.pipeChanged(process.stdin);
    process.carried = step.echoes() ? piece : process.carried;
    wakeAfter(process, step.pauseNanos());
    return false;
  }

  private boolean passOn(SimProcess process, Step.Relay step) {
    Step.Write write = new Step.Write(false, process.carried);
    int before = process.writtenBytes;
    if (process.stdout == null) {
      process.carried = new byte[0];
      return true;
    }
    boolean goesOn = write(process, process.stdout, write);
    if (process.life == SimProcess.Life.RUNS
        && process.step() == step
        && process.writtenBytes == process.carried.length
        && process.writtenBytes > before) {
      process.carried = new byte[0];
      process.writtenBytes = 0;
    }
    return goesOn;
  }
}
