package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.service.Standing.GoingDown;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Health;
import dev.gatun.plan.Service;
import java.util.Optional;

/** Whether services that are ready stay well. */
final class HealthRules {
  private HealthRules() {}

  static ServiceState beginHealth(Decision decision, ServiceState state) {
    Optional<Health> health = state.service().health();
    if (health.isEmpty() || isOver(state)) {
      return state.with(state.standing().watchedBy(Optional.empty()));
    }
    Deadline nextAt = Deadline.after(decision.nowNanos(), intervalNanos(health.get()));
    Watch watch = Watch.beginning(decision.nowNanos(), nextAt);
    return state.with(state.standing().watchedBy(Optional.of(watch)));
  }

  static long intervalNanos(Health health) {
    return health.source() instanceof Health.Watchdog watchdog
        ? watchdog.withinNanos()
        : ((Health.Probed) health.source()).probe().everyNanos();
  }

  static boolean isWatchdog(Health health) {
    return health.source() instanceof Health.Watchdog;
  }

  static boolean isWatchdog(ServiceState state) {
    return state.service().health().isPresent() && isWatchdog(state.service().health().get());
  }

  static boolean isOver(ServiceState state) {
    return state.want() == Want.GONE || state.service().kind() == Service.Kind.ONESHOT;
  }

  static ServiceState well(Decision decision, ServiceState state, Watch watch) {
    Health health = state.service().health().orElseThrow();
    if (watch.failures() >= health.failures()) {
      decision.say(Level.INFO, Titles.of(decision, state.id()) + " is healthy again");
    }
    return state.with(state.standing().watchedBy(Optional.of(watch.failing(0, ""))));
  }

  static ServiceState unwell(Decision decision, ServiceState state, Watch watch, String failure) {
    Health health = state.service().health().orElseThrow();
    int failures = Math.min(watch.failures(), health.failures()) + 1;
    Watch failing = watch.failing(failures, failure);
    ServiceState next = state.with(state.standing().watchedBy(Optional.of(failing)));
    if (failures != health.failures()) {
      return next;
    }
    String times = failures == 1 ? "" : ", " + failures + " times in a row";
    String text = Titles.of(decision, state.id()) + " is not healthy: " + failure + times;
    return switch (health.then()) {
      case REPORT -> {
        decision.say(Level.WARNING, text);
        yield next;
      }
      case RESTART -> {
        decision.say(Level.WARNING, text + ": restarting it");
        yield next.with(next.standing().going(GoingDown.UNWELL));
      }
      case END -> {
        decision.end(Verdict.of(ExitCode.OWN_FAILURE, text), Level.WARNING);
        yield next;
      }
    };
  }
}
