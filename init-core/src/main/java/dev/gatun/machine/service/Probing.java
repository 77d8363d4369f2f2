package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Seconds;
import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Health;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import java.util.Optional;

/** Asking services whether they are ready or well, again and again. */
final class Probing {
  private Probing() {}

  /** A service's own process has been started. */
  static ServiceState begin(Decision decision, ServiceState state) {
    Optional<Readiness> readiness = state.service().readiness();
    boolean isAsked =
        readiness.isPresent()
            && readiness.get().sign() instanceof Readiness.Probed
            && !HealthRules.isOver(state);
    if (isAsked) {
      Watch watch = Watch.beginning(decision.nowNanos(), Deadline.NEVER);
      return ask(decision, state, watch);
    }
    return state.showsReadiness() ? state : HealthRules.beginHealth(decision, state);
  }

  /** What is asked of a service now. */
  static Optional<Probe> probe(ServiceState state) {
    Service service = state.service();
    if (state.showsReadiness() && !state.standing().ready()) {
      return service.readiness().get().sign() instanceof Readiness.Probed probed
          ? Optional.of(probed.probe())
          : Optional.empty();
    }
    return service.health().isPresent()
            && service.health().get().source() instanceof Health.Probed probed
        ? Optional.of(probed.probe())
        : Optional.empty();
  }

  /** Why a probe's process has failed, a clause for people; empty for success. */
  static String failure(Optional<ExitStatus> status) {
    if (status.isEmpty()) {
      return "the probe could not be started";
    }
    return status.get().isSuccess() ? "" : "the probe " + status.get();
  }

  static ServiceState ask(Decision decision, ServiceState state, Watch watch) {
    Probe probe = probe(state).orElseThrow();
    Incarnation who = decision.incarnation(state.id().name(), Stage.CHECK);
    boolean isProcess = probe.check() instanceof Probe.Run;
    if (probe.check() instanceof Probe.Run run) {
      decision.act(
          new Effect.Spawn(
              who,
              run.program(),
              decision.environment(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    } else {
      decision.act(new Effect.Ask(who, probe.check()));
    }
    Deadline patience = Deadline.after(decision.nowNanos(), probe.timeoutNanos());
    ProcessLife question = new ProcessLife.Starting(who, decision.nowNanos());
    Watch asking = watch.asking(question, isProcess, patience);
    return state.with(state.standing().watchedBy(Optional.of(asking)));
  }

  /** A probe's process has been started: it may be too late already. */
  static ServiceState probeStarted(Decision decision, ServiceState state, ProcessLife.Up up) {
    Watch watch = state.standing().watch().orElseThrow();
    if (watch.timeoutAt().isNever()) {
      decision.act(new Effect.SendSignal(up.who(), Signal.KILL));
    }
    return state.with(state.standing().watchedBy(Optional.of(watch.with(up))));
  }

  /**
   * A probe is over.
   *
   * @param failure why it has failed; empty for success
   */
  static ServiceState answered(Decision decision, ServiceState state, String failure) {
    Watch before = state.standing().watch().orElseThrow();
    Watch watch = before.answered(decision.nowNanos());
    if (state.up().isEmpty() || state.standing().isGoingDown() || state.want() == Want.GONE) {
      return state.with(state.standing().watchedBy(Optional.empty()));
    }
    Probe probe = probe(state).orElseThrow();
    watch = watch.nextAt(Deadline.after(decision.nowNanos(), probe.everyNanos()));
    ServiceState next = state.with(state.standing().watchedBy(Optional.of(watch)));
    // One that was given up has been counted.
    return before.timeoutAt().isNever() ? next : judge(decision, next, watch, failure);
  }

  static ServiceState judge(Decision decision, ServiceState state, Watch watch, String failure) {
    if (state.showsReadiness() && !state.standing().ready()) {
      return failure.isEmpty()
          ? Readying.becomeReady(decision, state)
          : state.with(state.standing().watchedBy(Optional.of(watch.failing(0, failure))));
    }
    return failure.isEmpty()
        ? HealthRules.well(decision, state, watch)
        : HealthRules.unwell(decision, state, watch, failure);
  }

  static ServiceState next(Decision decision, ServiceState state, Watch watch) {
    boolean isOver =
        state.up().isEmpty() || state.standing().isGoingDown() || state.want() == Want.GONE;
    if (isOver) {
      return state.with(state.standing().watchedBy(Optional.of(watch.nextAt(Deadline.NEVER))));
    }
    if (probe(state).isPresent()) {
      return ask(decision, state, watch);
    }
    long withinNanos = HealthRules.intervalNanos(state.service().health().orElseThrow());
    Watch again = watch.nextAt(Deadline.after(decision.nowNanos(), withinNanos));
    String failure = "no WATCHDOG=1 within " + Seconds.span(withinNanos);
    return HealthRules.unwell(decision, state, again, failure);
  }

  static ServiceState giveUp(Decision decision, ServiceState state, Watch before) {
    Watch watch = stop(decision, before);
    if (state.up().isEmpty() || state.standing().isGoingDown() || state.want() == Want.GONE) {
      return state.with(state.standing().watchedBy(Optional.of(watch)));
    }
    Probe probe = probe(state).orElseThrow();
    if (!watch.lives()) {
      watch = watch.nextAt(Deadline.after(decision.nowNanos(), probe.everyNanos()));
    }
    String failure = "no answer within " + Seconds.span(probe.timeoutNanos());
    return judge(
        decision, state.with(state.standing().watchedBy(Optional.of(watch))), watch, failure);
  }

  /** Ends a question that nobody waits for any longer. */
  static Watch stop(Decision decision, Watch watch) {
    if (watch.probe().isNone()) {
      return watch.withoutPatience();
    }
    if (!watch.isProcess()) {
      decision.act(new Effect.StopAsking(watch.probe().living().orElseThrow()));
      return watch.answered(decision.nowNanos());
    }
    if (watch.probe() instanceof ProcessLife.Up up && !watch.timeoutAt().isNever()) {
      decision.act(new Effect.SendSignal(up.who(), Signal.KILL));
    }
    return watch.withoutPatience();
  }

  /** The service's own process is gone: nothing is asked of it any more. */
  static Standing ended(Decision decision, Standing standing) {
    Optional<Watch> watch = standing.watch();
    if (watch.isEmpty()) {
      return standing.notReady();
    }
    Watch left = stop(decision, watch.get()).nextAt(Deadline.NEVER);
    return standing.notReady().watchedBy(left.lives() ? Optional.of(left) : Optional.empty());
  }
}
