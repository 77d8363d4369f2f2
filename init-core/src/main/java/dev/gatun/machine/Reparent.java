package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Live processes that lost their parent. No signal announces them, so they are looked for: once a
 * second while the container runs and the policy wants to know, ten times a second while it ends.
 */
final class Reparent {
  static final long SCAN_NANOS = 1_000_000_000;
  static final long TERMINATING_SCAN_NANOS = 100_000_000;

  private Reparent() {}

  static Transition onArrived(State state, Event.OrphansArrived event) {
    if (event.orphans().isEmpty() || !(state.isRunning() || state.isTerminating())) {
      return Transition.to(state);
    }
    Deadline mature = Deadline.after(event.atNanos(), state.plan().orphans().maturityNanos());
    return Transition.to(state.with(state.orphans().withMaturing(event.orphans(), mature)));
  }

  static Transition onInspected(State state, Event.OrphanInspected event) {
    if (!state.orphans().contains(event.id())) {
      return Transition.to(state);
    }
    String text =
        "terminating reparented process "
            + event.id().pid()
            + " ("
            + event.name()
            + "): "
            + event.commandLine();
    return Transition.to(
        state,
        new Effect.Report(Level.WARNING, text),
        new Effect.SignalOrphan(event.id(), Signal.TERM),
        new Effect.SignalOrphan(event.id(), Signal.CONT));
  }

  static Transition onTimePassed(State state, Event.TimePassed event) {
    Transition judged = judge(state, event.atNanos());
    if (!judged.state().scanAt().isDue(event.atNanos())) {
      return judged;
    }
    long pause = state.isRunning() ? SCAN_NANOS : TERMINATING_SCAN_NANOS;
    return judged.then(
        Transition.to(
            judged.state().withScanAt(Deadline.after(event.atNanos(), pause)),
            new Effect.ScanOrphans()));
  }

  private static Transition judge(State state, long nowNanos) {
    if (!state.orphans().nextDeadline().isDue(nowNanos)) {
      return Transition.to(state);
    }
    Deadline killAt = Deadline.after(nowNanos, state.plan().orphans().killAfterNanos());
    List<Effect> effects = new ArrayList<>();
    Orphan[] orphans = state.orphans().toArray();
    for (int i = 0; i < orphans.length; i++) {
      if (orphans[i].nextDeadline().isDue(nowNanos)) {
        orphans[i] = judge(orphans[i], killAt, effects);
      }
    }
    return new Transition(state.with(state.orphans().with(orphans)), effects);
  }

  private static Orphan judge(Orphan orphan, Deadline killAt, List<Effect> effects) {
    return switch (orphan) {
      case Orphan.Maturing young -> {
        effects.add(new Effect.InspectOrphan(young.id()));
        yield new Orphan.Stopping(young.id(), killAt);
      }
      case Orphan.Stopping deaf -> {
        effects.add(
            new Effect.Report(
                Level.WARNING,
                "reparented process " + deaf.id().pid() + " did not stop in time: killing it"));
        effects.add(new Effect.SignalOrphan(deaf.id(), Signal.KILL));
        yield new Orphan.Killed(deaf.id());
      }
      case Orphan.Killed killed -> killed;
    };
  }
}
