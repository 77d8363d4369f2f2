package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Plan;
import dev.gatun.plan.StopScript;
import java.util.ArrayList;
import java.util.List;

/** The end of the container: settling the verdict, telling everybody to stop, killing the deaf. */
final class Terminate {
  private Terminate() {}

  static Transition onSignal(State state, Event.SignalReceived event) {
    boolean stops = state.isRunning() && state.plan().stopsOn(event.signal());
    return stops
        ? begin(state, event.atNanos(), Verdict.asked("received signal " + event.signal()))
        : Heed.onSignal(state, event);
  }

  static Transition onEndRequested(State state, Event.EndRequested event) {
    return begin(state, event.atNanos(), Verdict.asked(event.cause()));
  }

  /**
   * An init that cannot trust itself ends while it still can tell its services; what it had told
   * them when it failed may not have been carried out, so it tells them again.
   */
  static Transition onLoopFailed(State state, Event.LoopFailed event) {
    String cause = "internal error: " + event.cause();
    if (state.isRunning()) {
      return begin(state, event.atNanos(), new Verdict(Verdict.OWN_FAILURE, cause, false));
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Report(Level.WARNING, cause));
    for (Service service : state.services()) {
      if (service.run() instanceof ProcessState.Stopping stopping) {
        signal(stopping.who(), effects);
      }
    }
    if (state.endsTheRest()) {
      effects.add(new Effect.ScanOrphans());
    }
    return new Transition(state, effects);
  }

  /** Settles the verdict, unless one is settled, and tells everything that runs to stop. */
  static Transition begin(State state, long nowNanos, Verdict verdict) {
    return begin(state, nowNanos, verdict, verdict.asked() ? Level.INFO : Level.WARNING);
  }

  /**
   * The same.
   *
   * @param level how much it matters to people
   */
  static Transition begin(State state, long nowNanos, Verdict verdict, Level level) {
    if (!state.isRunning()) {
      return Transition.to(state);
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Report(level, "exit " + verdict.exitCode() + ": " + verdict.cause()));
    long number = state.nextIncarnation();
    Service[] services = state.services().toArray();
    for (int i = 0; i < services.length; i++) {
      Service unwanted = services[i].withWant(Want.DOWN).withIfLogWasFirst(PendingVerdict.NONE);
      boolean scripted = isStoppedByScript(unwanted);
      services[i] = stop(unwanted, state.plan(), nowNanos, number, effects);
      number += scripted ? 1 : 0;
    }
    State terminating =
        state
            .withPhase(new Phase.Terminating(verdict))
            .with(state.services().with(services))
            .withNextIncarnation(number);
    Transition told = new Transition(terminating, effects);
    return told.then(
        state.regime().isEmpty()
            ? endRest(terminating, nowNanos)
            : Sequence.end(terminating, nowNanos));
  }

  /** Everything that Gatun has not started itself is told to end, as it is found. */
  static Transition endRest(State state, long nowNanos) {
    List<Effect> effects = new ArrayList<>();
    Orphans orphans = Reparent.stopAdopted(state, nowNanos, effects);
    effects.add(new Effect.ScanOrphans());
    State ending =
        state.with(orphans).withScanAt(Deadline.after(nowNanos, Reparent.TERMINATING_SCAN_NANOS));
    return new Transition(ending, effects);
  }

  /** Tells one service to stop: one whose start was still to be confirmed when the end began. */
  static Transition stop(State state, Service service, long nowNanos) {
    List<Effect> effects = new ArrayList<>();
    long number = state.nextIncarnation();
    long next = isStoppedByScript(service) ? number + 1 : number;
    Service stopped = stop(service, state.plan(), nowNanos, number, effects);
    return new Transition(state.with(stopped).withNextIncarnation(next), effects);
  }

  private static boolean isStoppedByScript(Service service) {
    return service.run() instanceof ProcessState.Up && service.term() == ProcessState.Down.IT;
  }

  private static Service stop(
      Service service, Plan plan, long nowNanos, long number, List<Effect> effects) {
    if (!(service.run() instanceof ProcessState.Up up)) {
      return killRestLater(service, plan, nowNanos);
    }
    Service stopping =
        killRestLater(service, plan, nowNanos)
            .with(Stage.RUN, new ProcessState.Stopping(up.who(), up.sinceNanos()));
    if (!isStoppedByScript(service)) {
      signal(up.who(), effects);
      return stopping;
    }
    StopScript script = service.spec().terminate().get();
    Incarnation who = new Incarnation(service.name(), Stage.TERM, number);
    effects.add(new Effect.SpawnStopScript(who, script, up.who()));
    return stopping.with(Stage.TERM, new ProcessState.Starting(who));
  }

  /** TERM, and CONT so that a stopped process hears it. */
  static void signal(Incarnation who, List<Effect> effects) {
    effects.add(new Effect.SendSignal(who, Signal.TERM));
    effects.add(new Effect.SendSignal(who, Signal.CONT));
  }

  /** What a stop script that cannot be run would have done. */
  static Transition signalInstead(State state, ServiceName name) {
    if (!(state.services().get(name).run() instanceof ProcessState.Stopping stopping)) {
      return Transition.to(state);
    }
    List<Effect> effects = new ArrayList<>();
    signal(stopping.who(), effects);
    return new Transition(state, effects);
  }

  /** Starts the countdown to KILL anew for what is left of an unwanted service. */
  static Service killRestLater(Service service, Plan plan, long nowNanos) {
    boolean counts = service.want() == Want.DOWN && !service.isGone();
    return service.withKillAt(
        counts ? Deadline.after(nowNanos, plan.killAfterNanos()) : Deadline.NEVER);
  }

  static Transition onTimePassed(State state, Event.TimePassed event) {
    Transition killed = killDeaf(state, event);
    return killed.then(abandonOutput(killed.state(), event));
  }

  /** Kills what has not stopped in time. A log program is spared while its service lives. */
  private static Transition killDeaf(State state, Event.TimePassed event) {
    List<Effect> effects = new ArrayList<>();
    Service[] services = state.services().toArray();
    boolean anyDue = false;
    for (int i = 0; i < services.length; i++) {
      Service service = services[i];
      if (service.killAt().isDue(event.atNanos())) {
        anyDue = true;
        boolean runLives = !service.run().isGone();
        kill(service.run(), effects);
        kill(service.term(), effects);
        if (!runLives) {
          kill(service.log(), effects);
        }
        services[i] = service.withKillAt(Deadline.NEVER);
      }
    }
    return anyDue
        ? new Transition(state.with(state.services().with(services)), effects)
        : Transition.to(state);
  }

  private static void kill(ProcessState process, List<Effect> effects) {
    switch (process) {
      case ProcessState.Up up -> kill(up.who(), effects);
      case ProcessState.Stopping stopping -> kill(stopping.who(), effects);
      case ProcessState.Starting s -> {}
      case ProcessState.Absent a -> {}
      case ProcessState.Down d -> {}
      case ProcessState.Ended e -> {}
    }
  }

  static void kill(Incarnation who, List<Effect> effects) {
    effects.add(
        new Effect.Report(Level.WARNING, who.label() + " did not stop in time: killing it"));
    effects.add(new Effect.SendSignal(who, Signal.KILL));
  }

  /** Whoever reads slowly is waited for; only one who reads nothing is not. */
  static Transition onOutputProgressed(State state, Event.OutputProgressed event) {
    if (!(state.phase() instanceof Phase.Draining draining)) {
      return Transition.to(state);
    }
    Deadline later = Deadline.after(event.atNanos(), state.plan().drainNanos());
    return Transition.to(state.withPhase(new Phase.Draining(draining.verdict(), later)));
  }

  private static Transition abandonOutput(State state, Event.TimePassed event) {
    return state.phase() instanceof Phase.Draining draining
            && draining.giveUpAt().isDue(event.atNanos())
        ? Transition.to(
            state.withPhase(new Phase.Over(draining.verdict())), new Effect.AbandonOutput())
        : Transition.to(state);
  }

  static Transition onOutputEnded(State state, Event.OutputEnded event) {
    return state.phase() instanceof Phase.Draining draining
        ? Transition.to(state.withPhase(new Phase.Over(draining.verdict())))
        : Transition.to(state);
  }
}
