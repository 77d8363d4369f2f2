package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Seconds;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.service.Standing.GoingDown;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Restart;
import java.util.Optional;

/** When a service that has ended is started again, and when that was so too often. */
final class Pauses {
  private Pauses() {}

  /** Whether a service that has ended may not be started once more. */
  static boolean isAtLimit(Decision decision, ServiceState before) {
    Restart restart = before.service().restart();
    return restart.backoff().isPresent()
        && !isOrdered(before)
        && before
            .standing()
            .tries()
            .orElse(Tries.none(restart))
            .areAtLimit(restart.backoff().get(), decision.nowNanos());
  }

  /** Whether somebody has it started again: that does not count, and does not wait. */
  private static boolean isOrdered(ServiceState before) {
    Optional<GoingDown> goingDown = before.standing().goingDown();
    return goingDown.isPresent() && goingDown.get() == GoingDown.TOLD;
  }

  /**
   * The service is started again, when its pause is over.
   *
   * @param before as it was while its program lived
   * @param outcome what has come of that
   * @param what the same for people
   */
  static ServiceState restart(
      Decision decision, ServiceState before, ServiceState down, Outcome outcome, String what) {
    Restart restart = before.service().restart();
    if (isOrdered(before)) {
      return down;
    }
    ServiceState state = down;
    if (restart.backoff().isPresent()) {
      Tries tries = before.standing().tries().orElse(Tries.none(restart));
      Tries more =
          tries.oneMore(restart, livedNanos(decision, before, outcome), decision.nowNanos());
      state = state.with(state.standing().with(more));
    }
    if (restart.since() == Restart.Since.END) {
      String when = restart.backoff().isPresent() ? " in " + Seconds.text(pauseNanos(state)) : "";
      decision.say(Level.WARNING, what + ": starting it again" + when);
    }
    return pausing(decision, before, state);
  }

  private static long livedNanos(Decision decision, ServiceState before, Outcome outcome) {
    if (outcome.status().isEmpty()) {
      return -1;
    }
    return before.up().isEmpty() ? 0 : decision.nowNanos() - before.up().get().sinceNanos();
  }

  private static long pauseNanos(ServiceState state) {
    return state.standing().tries().isPresent()
        ? state.standing().tries().get().pauseNanos()
        : state.service().restart().pauseNanos();
  }

  private static ServiceState pausing(Decision decision, ServiceState before, ServiceState state) {
    return switch (state.service().restart().since()) {
      case END -> startingAfter(state, decision.nowNanos());
      case START -> {
        boolean counts = state.standing().tries().isPresent() && before.up().isPresent();
        yield counts ? startingAfter(state, before.up().get().sinceNanos()) : state;
      }
      case FINISH -> state;
      case READY ->
          before.standing().ready()
              ? startingAfter(state, before.standing().readySinceNanos())
              : state;
    };
  }

  private static ServiceState startingAfter(ServiceState state, long sinceNanos) {
    Deadline startAt = Deadline.after(sinceNanos, pauseNanos(state));
    return state.with(state.timers().withStartAt(startAt));
  }

  /** No program of a service lives any more: what is counted from then on, is. */
  static ServiceState allEnded(Decision decision, ServiceState state) {
    Restart.Since since = state.service().restart().since();
    boolean counts =
        (since == Restart.Since.FINISH || since == Restart.Since.READY)
            && state.want() == Want.UP
            && !isOrdered(state)
            && state.timers().startAt().isNever();
    return counts ? startingAfter(state, decision.nowNanos()) : state;
  }

  /** The service has been started again too often. */
  static ServiceState hold(Decision decision, ServiceState down, String what) {
    Backoff.Limit limit = down.service().restart().backoff().orElseThrow().limit().orElseThrow();
    String times = limit.restarts() == 1 ? " time" : " times";
    String often =
        what
            + ", and has been started again "
            + limit.restarts()
            + times
            + " within "
            + Seconds.span(limit.windowNanos());
    if (limit.then() == Backoff.Then.END) {
      decision.end(Verdict.of(ExitCode.OWN_FAILURE, often), Level.WARNING);
    } else {
      decision.say(Level.ERROR, often + ": it stays down until somebody starts it");
    }
    return down.with(Want.leftDown(down.service()))
        .with(down.standing().failed("has failed too often"));
  }
}
