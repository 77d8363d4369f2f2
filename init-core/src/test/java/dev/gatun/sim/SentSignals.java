package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.model.Signal;
import java.util.List;

/** The signals that the init sends; they arrive when it waits the next time. */
final class SentSignals {
  private final SimulatedKernel kernel;

  SentSignals(SimulatedKernel kernel) {
    this.kernel = kernel;
  }

  /** Answers as {@link dev.gatun.kernel.Kernel#signal} does. */
  int signal(int pid, int descriptor, Signal signal) {
    SimProcess process = kernel.processes.get(pid);
    if (!kernel.processes.isChildOfInit(process)) {
      violated("signal " + signal + " to " + pid + ", which is no child (any more)");
      return -Errno.ESRCH;
    }
    if (descriptor >= 0 && !isOf(process, descriptor)) {
      violated("signal " + signal + " through another process's descriptor");
      return -Errno.EBADF;
    }
    send(process, signal);
    return 0;
  }

  private boolean isOf(SimProcess process, int descriptor) {
    return kernel.files.descriptors().file(descriptor, "signalling") == process;
  }

  private void violated(String rule) {
    kernel.history.violated(rule);
  }

  private void send(SimProcess process, Signal signal) {
    kernel.say("sends " + signal + " to " + process);
    Fate fate = process.fate;
    long nowNanos = kernel.agenda.nowNanos();
    if (signal.is(Signal.TERM)) {
      fate.toldAtNanos = Math.min(fate.toldAtNanos, nowNanos);
    } else if (signal.is(Signal.KILL)) {
      fate.killedAtNanos = Math.min(fate.killedAtNanos, nowNanos);
      fate.killedTooEarly |= kernel.started().stream().anyMatch(process::isLogProgramOfLiving);
    }
    kernel.agenda.after(0, () -> kernel.processes.deliver(process, signal.number()));
  }

  /** The init is PID 1: it may. */
  int signalAll(Signal signal) {
    List<SimProcess> others = kernel.processes.left();
    others.forEach(process -> send(process, signal));
    return others.isEmpty() ? -Errno.ESRCH : 0;
  }

  /** A group is its leader here: others in it are orphans later on. One that is dead may be hit. */
  int signalGroup(int group, Signal signal) {
    SimProcess leader = kernel.processes.get(group);
    if (!kernel.processes.isChildOfInit(leader)) {
      if (signal.is(Signal.KILL)) {
        return -Errno.ESRCH;
      }
      violated("signal " + signal + " to group " + group + ", which is no child's");
      return -Errno.ESRCH;
    }
    kernel.say("passes " + signal + " on to " + leader);
    kernel.agenda.after(0, () -> kernel.processes.deliver(leader, signal.number()));
    return 0;
  }
}
