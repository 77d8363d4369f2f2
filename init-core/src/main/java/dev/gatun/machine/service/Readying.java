package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Seconds;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.service.Standing.GoingDown;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import java.util.Optional;

/** When services are ready, and when they are late. */
final class Readying {
  /** How long a program that is late may take to be heard of as started. */
  private static final long UNSTARTED_NANOS = 1_000_000;

  private Readying() {}

  /** How a process of a service that is watched can tell Gatun something by itself. */
  static Optional<Effect.Spawn.Voice> voice(Service service) {
    int descriptor = Effect.Spawn.Voice.NONE;
    boolean notifies =
        service.health().isPresent() && HealthRules.isWatchdog(service.health().get());
    if (service.readiness().isPresent()) {
      Readiness.Sign sign = service.readiness().get().sign();
      notifies |= sign instanceof Readiness.Notification;
      descriptor = sign instanceof Readiness.Descriptor it ? it.number() : descriptor;
    }
    return notifies || descriptor != Effect.Spawn.Voice.NONE
        ? Optional.of(new Effect.Spawn.Voice(descriptor, notifies))
        : Optional.empty();
  }

  /** From when on a service that is started now is late. */
  static Standing starting(Decision decision, Service service, Standing before) {
    boolean counts =
        service.readiness().isPresent() && before.readyBy().isNever() && !before.hasFailed();
    return counts
        ? before.lateAt(
            Deadline.after(decision.nowNanos(), service.readiness().get().withinNanos()))
        : before;
  }

  static ServiceState becomeReady(Decision decision, ServiceState state) {
    long sinceNanos = state.up().orElseThrow().sinceNanos();
    String after = " is ready after " + Seconds.text(decision.nowNanos() - sinceNanos);
    decision.say(Level.INFO, Titles.of(decision, state.id()) + after);
    return HealthRules.beginHealth(
        decision, state.with(state.standing().readyAt(decision.nowNanos())));
  }

  /** Whether a service shows that it is ready by telling it. */
  static boolean isTold(Service service) {
    Optional<Readiness> readiness = service.readiness();
    return readiness.isPresent()
        && (readiness.get().sign() instanceof Readiness.Notification
            || readiness.get().sign() instanceof Readiness.Descriptor);
  }

  static ServiceState late(Decision decision, ServiceState state) {
    Readiness readiness = state.service().readiness().orElseThrow();
    String within = " within " + Seconds.span(readiness.withinNanos());
    String title = Titles.of(decision, state.id());
    if (state.service().kind() == Service.Kind.ONESHOT) {
      if (state.life() instanceof ProcessLife.Starting) {
        // There is nobody to be killed yet: it is looked at again when there is.
        Deadline again = Deadline.after(decision.nowNanos(), UNSTARTED_NANOS);
        return state.with(state.standing().lateAt(again));
      }
      String failure = "did not end" + within;
      decision.say(Level.ERROR, title + " " + failure + ": killing it");
      if (state.up().isPresent()) {
        decision.act(new Effect.SendSignal(state.up().get().who(), Signal.KILL));
      }
      return state.with(state.standing().failed(failure));
    }
    Optional<Watch> watch = state.standing().watch();
    String why =
        watch.isEmpty() || watch.get().lastFailure().isEmpty()
            ? ""
            : ": " + watch.get().lastFailure();
    String failure = "did not become ready" + within + why;
    return switch (readiness.late()) {
      case WAIT -> {
        decision.say(Level.ERROR, title + " " + failure);
        yield state.with(state.standing().failed(failure));
      }
      case RESTART -> {
        decision.say(Level.ERROR, title + " " + failure + ": restarting it");
        boolean lives = !state.life().isNone();
        yield lives ? state.with(state.standing().going(GoingDown.UNWELL)) : state;
      }
      case END -> {
        decision.end(Verdict.of(ExitCode.OWN_FAILURE, title + " " + failure), Level.WARNING);
        yield state.with(state.standing().failed(failure));
      }
    };
  }
}
