package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * States of a container with one kept service with the present at zero, and with numbers for
 * incarnations that depend on what they are and not on how many there were: two that decide alike
 * become the same.
 */
final class KeptNormal {
  private static final List<String> LABELS =
      List.of("1/first", "2/main", "3/last", "a/run", "a/log", "a/finish", "a/control");
  private static final long NEXT = 100;

  private KeptNormal() {}

  static Incarnation incarnation(String label) {
    String[] parts = label.split("/");
    for (Stage stage : Stage.values()) {
      if (stage.label().equals(parts[1])) {
        return new Incarnation(ServiceName.of(parts[0]), stage, LABELS.indexOf(label) + 1L);
      }
    }
    throw new AssertionError(label);
  }

  private static Incarnation of(Incarnation who) {
    return incarnation(who.label());
  }

  static State of(State state, long nowNanos) {
    Phase phase =
        switch (state.phase()) {
          case Phase.Running r -> r;
          case Phase.Terminating t -> new Phase.Terminating(of(t.verdict()), t.rest());
          case Phase.Draining d -> new Phase.Draining(of(d.verdict()), of(d.giveUpAt(), nowNanos));
          case Phase.Over o -> new Phase.Over(of(o.verdict()));
        };
    return new State(
        state.plan(),
        phase,
        state.services(),
        state.orphans(),
        of(state.scanAt(), nowNanos),
        NEXT,
        Optional.of(of(state.regime().get(), nowNanos)));
  }

  private static Verdict of(Verdict verdict) {
    return new Verdict(verdict.exitCode(), "", verdict.asked());
  }

  private static Regime of(Regime regime, long nowNanos) {
    List<Kept> services = new ArrayList<>();
    for (Kept kept : regime.services()) {
      services.add(
          new Kept(
              kept.spec(),
              of(kept.service(), nowNanos),
              kept.log().map(log -> of(log, nowNanos)),
              kept.pipeIsOpen(),
              kept.vanished(),
              kept.successor()));
    }
    return new Regime(
        regime.course(),
        of(regime.progress(), nowNanos),
        of(regime.main()),
        of(regime.mainStartAt(), nowNanos),
        of(regime.mainKillAt(), nowNanos),
        services,
        Optional.empty(),
        regime.failureCode());
  }

  private static ProcessState of(ProcessState main) {
    return switch (main) {
      case ProcessState.Starting s -> new ProcessState.Starting(of(s.who()));
      case ProcessState.Up u -> new ProcessState.Up(of(u.who()), 0);
      case ProcessState.Stopping s -> new ProcessState.Stopping(of(s.who()), 0);
      case ProcessState.Absent a -> a;
      case ProcessState.Down d -> d;
      case ProcessState.Ended e -> e;
    };
  }

  private static Progress of(Progress progress, long nowNanos) {
    return switch (progress) {
      case Progress.First f ->
          new Progress.First(f.index(), of(f.who()), f.isUp(), of(f.killAt(), nowNanos));
      case Progress.Closing c -> new Progress.Closing(c.index(), of(c.who()));
      case Progress.Last l -> new Progress.Last(l.index(), of(l.who()));
      case Progress.Stopping s -> new Progress.Stopping(of(s.goOnAt(), nowNanos));
      case Progress.Serving s -> s;
      case Progress.Done d -> d;
    };
  }

  private static Keeper of(Keeper keeper, long nowNanos) {
    Doing doing =
        switch (keeper.doing()) {
          case Doing.Down d -> new Doing.Down(0);
          case Doing.Gone g -> new Doing.Gone(0);
          case Doing.Starting s -> new Doing.Starting(of(s.who()), 0);
          case Doing.Up u -> new Doing.Up(of(u.who()), 7, 0, u.paused(), u.terminated());
          case Doing.Finishing f -> new Doing.Finishing(of(f.who()), f.pid() == 0 ? 0 : 7, 0);
        };
    return new Keeper(
        keeper.aim(),
        doing,
        keeper.script().map(s -> new Script(of(s.who()), s.purpose(), s.control())),
        keeper.waiting(),
        of(keeper.startAt(), nowNanos),
        of(keeper.killAt(), nowNanos));
  }

  /** What is due is due, since whenever. */
  private static Deadline of(Deadline deadline, long nowNanos) {
    return deadline.isNever() ? deadline : new Deadline(Math.max(0, deadline.atNanos() - nowNanos));
  }
}
