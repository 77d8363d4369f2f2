package dev.gatun.machine;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.orphan.Remainder;
import dev.gatun.machine.service.Arrivals;
import dev.gatun.machine.service.Orders;
import dev.gatun.machine.service.PendingVerdict;
import dev.gatun.machine.service.Place;
import dev.gatun.machine.service.ProcessLife;
import dev.gatun.machine.service.Roster;
import dev.gatun.machine.service.Script;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Standing;
import dev.gatun.machine.service.Timers;
import dev.gatun.machine.service.Tries;
import dev.gatun.machine.service.Watch;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * States with the present at zero, and with numbers for incarnations that depend on what they are
 * and not on how many there were: two that decide alike become the same.
 */
final class Normal {
  private static final long NEXT = 1_000_000;
  private static final int PID = 7;

  private Normal() {}

  static Incarnation incarnation(String label) {
    String[] parts = label.split("/");
    for (Stage stage : Stage.values()) {
      if (stage.label().equals(parts[1])) {
        long number = Math.abs(label.hashCode()) % NEXT;
        return new Incarnation(ServiceName.of(parts[0]), stage, number);
      }
    }
    throw new AssertionError(label);
  }

  static State of(State state, long nowNanos) {
    List<ServiceState> services = new ArrayList<>();
    for (ServiceState service : state.services()) {
      services.add(of(service, nowNanos));
    }
    List<Orphan> orphans = new ArrayList<>();
    for (Orphan orphan : state.orphans()) {
      orphans.add(of(orphan, nowNanos));
    }
    Arrivals arrivals = state.arrivals();
    List<Arrivals.Absent> absent = new ArrayList<>();
    for (Arrivals.Absent each : arrivals.absent()) {
      absent.add(new Arrivals.Absent(each.name(), of(each.returnsAt(), nowNanos), each.services()));
    }
    return new State(
        state.plan(),
        state.environment(),
        state.environmentIsStale(),
        of(state.container(), nowNanos),
        Roster.of(services),
        Orphans.of(orphans),
        of(state.scanAt(), nowNanos),
        NEXT,
        new Arrivals(absent, List.of(), of(arrivals.lookAt(), nowNanos)),
        state.levels());
  }

  private static ServiceState of(ServiceState state, long nowNanos) {
    Optional<Script> script =
        state.orders().script().map(s -> new Script(of(s.life()), s.purpose(), s.order()));
    Timers timers = state.timers();
    Place place = state.place();
    return new ServiceState(
        state.service(),
        state.want(),
        of(state.life()),
        of(state.finish()),
        new Orders(script, state.orders().waiting()),
        new Timers(
            of(timers.startAt(), nowNanos),
            of(timers.killAt(), nowNanos),
            of(timers.pending(), nowNanos),
            timers.starts(),
            of(timers.countedUntil(), nowNanos)),
        new Place(place.pipeIsOpen(), place.vanished(), Optional.empty(), place.successor()),
        of(state.standing(), nowNanos));
  }

  /** How a program ended the last time is shown, and decides nothing. */
  private static Standing of(Standing standing, long nowNanos) {
    return new Standing(
        standing.ready(),
        0,
        of(standing.readyBy(), nowNanos),
        standing.failure().isEmpty() ? "" : "failed",
        standing.skipped(),
        standing.goingDown(),
        Optional.empty(),
        standing.watch().map(watch -> of(watch, nowNanos)),
        standing.tries().map(tries -> of(tries, nowNanos)));
  }

  private static Watch of(Watch watch, long nowNanos) {
    return new Watch(
        of(watch.probe()),
        watch.isProcess(),
        of(watch.nextAt(), nowNanos),
        of(watch.timeoutAt(), nowNanos),
        watch.failures(),
        "");
  }

  private static Tries of(Tries tries, long nowNanos) {
    List<Deadline> counted =
        tries.counted().stream().map(deadline -> of(deadline, nowNanos)).toList();
    return new Tries(tries.pauseNanos(), counted);
  }

  private static ProcessLife of(ProcessLife life) {
    return switch (life) {
      case ProcessLife.None n -> new ProcessLife.None(n.why(), 0);
      case ProcessLife.Starting s -> new ProcessLife.Starting(incarnation(s.who().label()), 0);
      case ProcessLife.Up u ->
          new ProcessLife.Up(incarnation(u.who().label()), PID, 0, u.paused(), u.told());
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

  private static Container of(Container container, long nowNanos) {
    return switch (container) {
      case Container.In in ->
          new Container.In(
              in.target(),
              in.cleared(),
              in.verdict().map(Normal::of),
              of(in.goOnAt(), nowNanos),
              in.failureCode(),
              in.chosenCode());
      case Container.Sweeping s ->
          new Container.Sweeping(of(s.verdict()), of(s.remainder(), nowNanos));
      case Container.Draining d ->
          new Container.Draining(of(d.verdict()), of(d.giveUpAt(), nowNanos));
      case Container.Over over -> new Container.Over(of(over.verdict()));
    };
  }

  private static Remainder of(Remainder remainder, long nowNanos) {
    return switch (remainder) {
      case Remainder.Told told -> new Remainder.Told(of(told.until(), nowNanos), told.signaled());
      case Remainder.Awaited awaited -> new Remainder.Awaited(of(awaited.until(), nowNanos));
      case Remainder.Unknown unknown -> unknown;
      case Remainder.Killed killed -> killed;
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

  /** What is due is due, since whenever. */
  private static Deadline of(Deadline deadline, long nowNanos) {
    return deadline.isNever() ? deadline : new Deadline(Math.max(0, deadline.atNanos() - nowNanos));
  }
}
