package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
import java.util.List;

/** Starting services, and what the end of one of their processes means. */
final class Supervise {
  /**
   * How long a service may outlive its log program and still count as the one that ended first:
   * they often end together, and their exits are seen in either order.
   */
  static final long LOG_GRACE_NANOS = 10_000_000;

  private Supervise() {}

  static Transition startAll(State state, long nowNanos) {
    return state.services().size() == 0
        ? Terminate.begin(state, nowNanos, Verdict.of(0, "there are no services to run"))
        : startEach(state);
  }

  static Transition startEach(State state) {
    Service[] services = state.services().toArray();
    List<Effect> effects = new ArrayList<>(services.length * 4);
    long number = state.nextIncarnation();
    for (int i = 0; i < services.length; i++) {
      ServiceSpec spec = services[i].spec();
      boolean logged = spec.log().isPresent();
      if (logged) {
        effects.add(new Effect.OpenLogPipe(spec.name()));
      }
      services[i] = start(services[i], Stage.RUN, spec.run(), number++, effects);
      if (logged) {
        services[i] = start(services[i], Stage.LOG, spec.log().get(), number++, effects);
        effects.add(new Effect.CloseLogPipe(spec.name()));
      }
    }
    return new Transition(
        state.with(state.services().with(services)).withNextIncarnation(number), effects);
  }

  private static Service start(
      Service service, Stage stage, Command command, long number, List<Effect> effects) {
    Incarnation who = new Incarnation(service.name(), stage, number);
    effects.add(new Effect.Spawn(who, command));
    return service.with(stage, new ProcessState.Starting(who));
  }

  static Transition onSpawned(State state, Event.ProcessSpawned event) {
    Service service = state.services().get(event.who().service());
    if (!service.has(event.who())) {
      return Transition.to(state);
    }
    Stage stage = event.who().stage();
    Service up = service.with(stage, new ProcessState.Up(event.who(), event.atNanos()));
    Transition started =
        Transition.to(
            state.with(up),
            new Effect.Report(
                Level.DEBUG, event.who().label() + " has started as process " + event.pid()));
    boolean overtaken = stage == Stage.RUN && up.want() == Want.DOWN;
    return overtaken ? started.then(Terminate.stop(started.state(), up, event.atNanos())) : started;
  }

  static Transition onSpawnFailed(State state, Event.SpawnFailed event) {
    Service service = state.services().get(event.who().service());
    if (!service.has(event.who())) {
      return Transition.to(state);
    }
    boolean needless = event.who().stage() == Stage.TERM && service.run().isGone();
    boolean counted = event.cause().isEmpty();
    State without = state.with(service.with(event.who().stage(), ProcessState.Ended.IT));
    Transition failed =
        Transition.to(
            without,
            new Effect.Report(
                needless || counted ? Level.DEBUG : Level.ERROR,
                "cannot start "
                    + event.who().label()
                    + (counted ? " for a reason that others had" : ": " + event.cause())));
    Transition next =
        switch (event.who().stage()) {
          case RUN, LOG ->
              Terminate.begin(
                  without,
                  event.atNanos(),
                  Verdict.of(Verdict.OWN_FAILURE, event.who().label() + " could not be started"));
          case TERM -> Terminate.signalInstead(without, event.who().service());
          case FINISH, CONTROL, FIRST, MAIN, LAST, SIGNAL -> Transition.to(without);
        };
    return failed.then(next).then(Reap.lookWhetherAllAreGone(next.state()));
  }

  static Transition onExited(State state, Event.ProcessExited event) {
    Service service = state.services().get(event.who().service());
    if (!service.has(event.who())) {
      return Transition.to(state);
    }
    Service ended = service.with(event.who().stage(), ProcessState.Ended.IT);
    Transition next =
        switch (event.who().stage()) {
          case RUN -> onRunExited(state, service, ended, event);
          case LOG -> onLogExited(state, ended, event);
          case TERM -> onTermExited(state, ended, event);
          case FINISH, CONTROL, FIRST, MAIN, LAST, SIGNAL -> Transition.to(state);
        };
    return next.then(Reap.lookWhetherAllAreGone(next.state()));
  }

  private static Transition onRunExited(
      State state, Service before, Service ended, Event.ProcessExited event) {
    ExitStatus status = event.status();
    Service settled =
        Terminate.killRestLater(
            ended.withIfLogWasFirst(PendingVerdict.NONE), state.plan(), event.atNanos());
    String what =
        "service "
            + ended.name()
            + " "
            + status
            + " after "
            + Seconds.text(before.run().ageNanos(event.atNanos()));
    Transition noted = Transition.to(state.with(settled), new Effect.Report(Level.INFO, what));
    if (!state.isRunning()) {
      return noted;
    }
    if (ended.spec().exits().disables(status)) {
      return noted.then(
          Transition.to(
              noted.state(),
              new Effect.Report(Level.INFO, "service " + ended.name() + " has disabled itself")));
    }
    Verdict verdict = Verdict.of(ended.spec().exits().containerCode(status), what);
    return noted.then(Terminate.begin(noted.state(), event.atNanos(), verdict));
  }

  private static Transition onLogExited(State state, Service ended, Event.ProcessExited event) {
    String what = "log program of service " + ended.name() + " " + event.status();
    if (!state.isRunning() || ended.run().isGone()) {
      return Transition.to(state.with(ended), new Effect.Report(Level.INFO, what));
    }
    PendingVerdict unlessServiceEndedToo =
        new PendingVerdict(
            Deadline.after(event.atNanos(), LOG_GRACE_NANOS),
            Verdict.of(
                ended.spec().exits().containerCode(event.status()), what + " before the service"));
    return Transition.to(
        state.with(ended.withIfLogWasFirst(unlessServiceEndedToo)),
        new Effect.Report(Level.INFO, what));
  }

  private static Transition onTermExited(State state, Service ended, Event.ProcessExited event) {
    if (event.status().isSuccess()) {
      return Transition.to(state.with(ended));
    }
    return Transition.to(
        state.with(ended),
        new Effect.Report(
            Level.WARNING, "terminate script of service " + ended.name() + " " + event.status()));
  }

  /** Settles whether a log program ended first: its service has outlived it by the grace. */
  static Transition onTimePassed(State state, Event.TimePassed event) {
    if (!state.isRunning()) {
      return Transition.to(state);
    }
    PendingVerdict first = PendingVerdict.NONE;
    for (Service service : state.services()) {
      PendingVerdict pending = service.ifLogWasFirst();
      if (pending.at().isDue(event.atNanos()) && pending.at().atNanos() < first.at().atNanos()) {
        first = pending;
      }
    }
    return first == PendingVerdict.NONE
        ? Transition.to(state)
        : Terminate.begin(state, event.atNanos(), first.verdict());
  }
}
