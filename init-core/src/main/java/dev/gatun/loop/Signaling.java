package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Effect;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.Signal;

/** Sends signals, and says which could not be sent. */
final class Signaling {
  private final Kernel kernel;
  private final Children children;
  private final KnownOrphans orphans;
  private final Reporter reports;

  Signaling(Kernel kernel, Children children, KnownOrphans orphans, Reporter reports) {
    this.kernel = kernel;
    this.children = children;
    this.orphans = orphans;
    this.reports = reports;
  }

  void send(Effect.SendSignal effect) {
    Child child = children.get(effect.who());
    if (child != null) {
      int result = kernel.signal(child.pid(), child.descriptor(), effect.signal());
      reportRefusal(result, child, effect.signal());
    }
  }

  void send(Effect.SignalOrphan effect) {
    OrphanId id = effect.id();
    if (orphans.isAlive(id)) {
      int result = kernel.signal(id.pid(), -1, effect.signal());
      reportRefusal(result, "reparented process", id.pid(), effect.signal());
    }
  }

  void send(Effect.SignalRest effect) {
    int result = kernel.signalAll(effect.signal());
    if (result < 0 && result != -Errno.ESRCH) {
      reports.report(
          Level.WARNING,
          "cannot send "
              + effect.signal()
              + " to the processes that are left: "
              + kernel.explain(-result));
    }
  }

  void reportRefusal(int result, Child child, Signal signal) {
    reportRefusal(result, child.who().label(), child.pid(), signal);
  }

  private void reportRefusal(int result, String what, int pid, Signal signal) {
    boolean followsAnother = signal.is(Signal.CONT);
    if (result >= 0 || result == -Errno.ESRCH || followsAnother) {
      return;
    }
    String advice =
        result == -Errno.EPERM
            ? ": it has become another user's: let Gatun run as root, or let it keep its user"
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
