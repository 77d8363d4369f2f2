package dev.gatun.loop;

import dev.gatun.kernel.Kernel;
import dev.gatun.machine.Event;
import dev.gatun.model.Level;

/** Orphans that cannot be listed: people are told once, the machine each time. */
final class UnlistedOrphans {
  private final Kernel kernel;
  private final Reporter reports;
  private boolean said;

  UnlistedOrphans(Kernel kernel, Reporter reports) {
    this.kernel = kernel;
    this.reports = reports;
  }

  Event.OrphansUnlisted hear(int error, long nowNanos) {
    if (!said) {
      said = true;
      reports.report(
          Level.WARNING,
          "cannot list reparented processes in /proc: "
              + kernel.explain(error)
              + ": mount the container's own /proc; until the end they are left alone");
    }
    return new Event.OrphansUnlisted(nowNanos, kernel.processId() == 1);
  }
}
