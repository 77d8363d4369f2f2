package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.ProcessDescription;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import java.util.List;

/** What is done about processes that were reparented to Gatun. */
final class OrphanEffects {
  private final Shell shell;
  private final Kernel kernel;
  private final EventQueue events;
  private final SignalSender signals;
  private final Reaper reaper;
  private final KnownOrphans orphans;
  private final ServiceOrigins origins;
  private final Adoptions adoptions;
  private final PidList pids = new PidList();
  private boolean saidUnlisted;

  OrphanEffects(
      Shell shell,
      SignalSender signals,
      Reaper reaper,
      KnownOrphans orphans,
      ServiceOrigins origins) {
    this.shell = shell;
    this.signals = signals;
    this.kernel = shell.kernel();
    this.events = shell.events();
    this.reaper = reaper;
    this.orphans = orphans;
    this.origins = origins;
    this.adoptions = new Adoptions(shell, orphans);
  }

  /** Reaps what has ended, and tells of those that live and have not been seen before. */
  void scan() {
    boolean left = reaper.sweep();
    pids.clear();
    int count = left ? kernel.listOrphans(pids) : 0;
    if (count < 0 && !isPassing(-count)) {
      hearUnlisted(-count);
    }
    if (count > 0) {
      List<OrphanId> arrived = orphans.arrivals(pids);
      if (!arrived.isEmpty()) {
        events.post(new Event.OrphansArrived(events.nowNanos(), arrived));
      }
    }
    adoptions.retry();
    events.post(new Event.ChildrenSwept(events.nowNanos(), left, true));
  }

  private static boolean isPassing(int error) {
    return error == Errno.EINTR || Errno.isShortage(error);
  }

  /** People are told once, the machine each time. */
  private void hearUnlisted(int error) {
    if (!saidUnlisted) {
      saidUnlisted = true;
      shell
          .reports()
          .report(
              Level.WARNING,
              "cannot list reparented processes in /proc: "
                  + kernel.explain(error)
                  + ": mount the container's own /proc; until the end they are left alone");
    }
    events.post(new Event.OrphansUnlisted(events.nowNanos(), kernel.processId() == 1));
  }

  void inspect(OrphanId id) {
    if (orphans.isAlive(id)) {
      ProcessDescription what = kernel.describe(id.pid());
      events.post(
          new Event.OrphanInspected(
              events.nowNanos(), id, what.name(), what.commandLine(), origins.of(what)));
    }
  }

  void adopt(Effect.AdoptOrphan effect) {
    adoptions.adopt(effect);
  }

  void signal(Effect.SignalOrphan effect) {
    OrphanId id = effect.id();
    if (orphans.isAlive(id)) {
      int result = kernel.signal(id.pid(), -1, effect.signal());
      signals.report(result, "reparented process", id.pid(), effect.signal());
    }
  }
}
