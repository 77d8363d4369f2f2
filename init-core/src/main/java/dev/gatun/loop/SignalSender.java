package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Effect;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;

/** Sends signals, and says which the kernel has refused to send, as far as anybody should know. */
final class SignalSender {
  private final Kernel kernel;
  private final Reporter reports;
  private final Children children;

  SignalSender(Shell shell, Children children) {
    this.kernel = shell.kernel();
    this.reports = shell.reports();
    this.children = children;
  }

  void send(Effect.SendSignal effect) {
    Child child = children.get(effect.who());
    if (child != null) {
      send(child, effect.signal());
    }
  }

  void send(Child child, Signal signal) {
    int result = kernel.signal(child.pid(), child.descriptor(), signal);
    report(result, child.who().label(), child.pid(), signal);
  }

  void send(Effect.SignalGroup effect) {
    Incarnation leader = effect.leader();
    int pid = children.groupLedBy(leader);
    if (pid > 0) {
      int result = kernel.signalGroup(pid, effect.signal());
      report(result, "the group of " + leader.label(), pid, effect.signal());
    }
  }

  void send(Effect.SignalAll effect) {
    int result = kernel.signalAll(effect.signal());
    if (result < 0 && result != -Errno.ESRCH) {
      String what = "cannot send " + effect.signal() + " to the processes that are left: ";
      reports.report(Level.WARNING, what + kernel.explain(-result));
    }
  }

  /**
   * Says that a signal was refused. Nothing is said of what has ended, or of CONT, which follows
   * another signal.
   *
   * @param result what the kernel has answered
   */
  void report(int result, String what, int pid, Signal signal) {
    boolean followsAnother = signal.is(Signal.CONT);
    if (result >= 0 || result == -Errno.ESRCH || followsAnother) {
      return;
    }
    String advice =
        result == -Errno.EPERM
            ? ": it has become another user's: run Gatun as root with the capability KILL"
                + " (--cap-add KILL), or let it keep its user"
            : "";
    reports.report(
        Level.WARNING,
        "cannot send "
            + signal
            + " to "
            + what
            + " ("
            + pid
            + "): "
            + kernel.explain(-result)
            + advice);
  }
}
