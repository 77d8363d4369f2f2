package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.OrphanPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return switch (state.orphans().get(event.id())) {
      case Orphan.Adopting a -> adopt(state, event);
      case Orphan.Stopping s -> terminate(state, event);
      case Orphan.Killed k -> terminate(state, event);
      case Orphan.Maturing m -> Transition.to(state);
      case Orphan.Adopted a -> Transition.to(state);
    };
  }

  private static Transition adopt(State state, Event.OrphanInspected event) {
    Orphan adopted = new Orphan.Adopted(event.id(), event.name(), event.origin(), event.atNanos());
    return Transition.to(
        state.with(state.orphans().with(adopted)),
        new Effect.Report(Level.WARNING, "adopting " + what(event)),
        new Effect.AdoptOrphan(event.id(), event.name()));
  }

  private static Transition terminate(State state, Event.OrphanInspected event) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Report(Level.WARNING, "terminating " + what(event)));
    signal(event.id(), effects);
    return new Transition(state, effects);
  }

  private static String what(Event.OrphanInspected event) {
    return "reparented process "
        + event.id().pid()
        + " ("
        + event.name()
        + "): "
        + event.commandLine()
        + ofService(event.origin());
  }

  private static String ofService(Optional<ServiceName> origin) {
    return origin.isPresent() ? ", of service " + origin.get() : "";
  }

  /** TERM, and CONT so that a stopped process hears it. */
  private static void signal(OrphanId id, List<Effect> effects) {
    effects.add(new Effect.SignalOrphan(id, Signal.TERM));
    effects.add(new Effect.SignalOrphan(id, Signal.CONT));
  }

  /** The end of an adopted process ends the container, as that of a service does. */
  static Transition onAdoptedExited(
      State state, Orphan.Adopted adopted, ExitStatus status, long nowNanos) {
    String what =
        "adopted process "
            + adopted.name()
            + " ("
            + adopted.id().pid()
            + ") "
            + status
            + " after "
            + Seconds.text(nowNanos - adopted.sinceNanos())
            + ofService(adopted.origin());
    Transition noted = Transition.to(state, new Effect.Report(Level.INFO, what));
    Verdict verdict = Verdict.of(state.plan().orphans().exits().containerCode(status), what);
    return noted.then(Terminate.begin(state, nowNanos, verdict));
  }

  /** From now on every orphan is unwelcome: the adopted ones are told so at once. */
  static Orphans stopAdopted(State state, long nowNanos, List<Effect> effects) {
    Deadline killAt = Deadline.after(nowNanos, state.plan().orphans().killAfterNanos());
    Orphan[] orphans = state.orphans().toArray();
    for (int i = 0; i < orphans.length; i++) {
      orphans[i] =
          switch (orphans[i]) {
            case Orphan.Adopted adopted -> {
              signal(adopted.id(), effects);
              yield new Orphan.Stopping(adopted.id(), killAt);
            }
            // It gets TERM when it has been inspected.
            case Orphan.Adopting adopting -> new Orphan.Stopping(adopting.id(), killAt);
            case Orphan.Maturing maturing -> maturing;
            case Orphan.Stopping stopping -> stopping;
            case Orphan.Killed killed -> killed;
          };
    }
    return state.orphans().with(orphans);
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
    boolean adopts = state.isRunning() && state.plan().orphans().kind() == OrphanPolicy.Kind.ADOPT;
    Deadline killAt = Deadline.after(nowNanos, state.plan().orphans().killAfterNanos());
    List<Effect> effects = new ArrayList<>();
    Orphan[] orphans = state.orphans().toArray();
    for (int i = 0; i < orphans.length; i++) {
      if (orphans[i].nextDeadline().isDue(nowNanos)) {
        orphans[i] = judge(orphans[i], adopts, killAt, effects);
      }
    }
    return new Transition(state.with(state.orphans().with(orphans)), effects);
  }

  private static Orphan judge(
      Orphan orphan, boolean adopts, Deadline killAt, List<Effect> effects) {
    return switch (orphan) {
      case Orphan.Maturing young -> {
        effects.add(new Effect.InspectOrphan(young.id()));
        yield adopts ? new Orphan.Adopting(young.id()) : new Orphan.Stopping(young.id(), killAt);
      }
      case Orphan.Stopping deaf -> {
        effects.add(
            new Effect.Report(
                Level.WARNING,
                "reparented process " + deaf.id().pid() + " did not stop in time: killing it"));
        effects.add(new Effect.SignalOrphan(deaf.id(), Signal.KILL));
        yield new Orphan.Killed(deaf.id());
      }
      case Orphan.Adopting adopting -> adopting;
      case Orphan.Adopted adopted -> adopted;
      case Orphan.Killed killed -> killed;
    };
  }
}
