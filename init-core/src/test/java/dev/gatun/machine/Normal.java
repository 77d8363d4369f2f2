package dev.gatun.machine;

import dev.gatun.model.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * States with the present at zero: two that differ only in when it is, in since when something
 * runs, and in how the verdict is put into words decide alike, and become the same.
 */
final class Normal {
  private Normal() {}

  static State of(State state, long nowNanos) {
    List<Service> services = new ArrayList<>();
    for (Service service : state.services()) {
      services.add(
          new Service(
              service.spec(),
              service.want(),
              of(service.run()),
              of(service.log()),
              of(service.term()),
              of(service.ifLogWasFirst(), nowNanos),
              of(service.killAt(), nowNanos)));
    }
    List<Orphan> orphans = new ArrayList<>();
    for (Orphan orphan : state.orphans()) {
      orphans.add(of(orphan, nowNanos));
    }
    return new State(
        state.plan(),
        of(state.phase(), nowNanos),
        state.services().with(services.toArray(new Service[0])),
        state.orphans().with(orphans.toArray(new Orphan[0])),
        of(state.scanAt(), nowNanos),
        state.nextIncarnation());
  }

  private static ProcessState of(ProcessState process) {
    return switch (process) {
      case ProcessState.Up up -> new ProcessState.Up(up.who(), 0);
      case ProcessState.Stopping stopping -> new ProcessState.Stopping(stopping.who(), 0);
      case ProcessState.Starting starting -> starting;
      case ProcessState.Absent absent -> absent;
      case ProcessState.Down down -> down;
      case ProcessState.Ended ended -> ended;
    };
  }

  private static Orphan of(Orphan orphan, long nowNanos) {
    return switch (orphan) {
      case Orphan.Maturing m -> new Orphan.Maturing(m.id(), of(m.lookAt(), nowNanos));
      case Orphan.Stopping s -> new Orphan.Stopping(s.id(), of(s.killAt(), nowNanos));
      case Orphan.Adopted a -> new Orphan.Adopted(a.id(), a.name(), a.origin(), 0);
      case Orphan.Adopting adopting -> adopting;
      case Orphan.Killed killed -> killed;
    };
  }

  private static Phase of(Phase phase, long nowNanos) {
    return switch (phase) {
      case Phase.Running running -> running;
      case Phase.Terminating t -> new Phase.Terminating(of(t.verdict()), of(t.rest(), nowNanos));
      case Phase.Draining d -> new Phase.Draining(of(d.verdict()), of(d.giveUpAt(), nowNanos));
      case Phase.Over over -> new Phase.Over(of(over.verdict()));
    };
  }

  private static Rest of(Rest rest, long nowNanos) {
    return switch (rest) {
      case Rest.Told told -> new Rest.Told(of(told.until(), nowNanos), told.signaled());
      case Rest.Awaited awaited -> new Rest.Awaited(of(awaited.until(), nowNanos));
      case Rest.Unknown unknown -> unknown;
      case Rest.Killed killed -> killed;
    };
  }

  private static PendingVerdict of(PendingVerdict pending, long nowNanos) {
    return pending.at().isNever()
        ? PendingVerdict.NONE
        : new PendingVerdict(of(pending.at(), nowNanos), of(pending.verdict()));
  }

  private static Verdict of(Verdict verdict) {
    return new Verdict(verdict.exitCode(), "", verdict.asked());
  }

  private static Deadline of(Deadline deadline, long nowNanos) {
    return deadline.isNever() ? deadline : new Deadline(deadline.atNanos() - nowNanos);
  }
}
