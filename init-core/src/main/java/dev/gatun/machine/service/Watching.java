package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Event;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import java.util.Optional;

/** What is heard of services that are watched. Nothing of it is used where none is. */
public final class Watching {
  private Watching() {}

  public static void onProbeAnswered(Decision decision, Event.ProbeAnswered event) {
    Optional<ServiceState> found = decision.owner(event.who());
    if (found.isPresent() && found.get().isProbedBy(event.who())) {
      decision.put(Probing.answered(decision, found.get(), event.failure()));
    }
  }

  public static void onNotified(Decision decision, Event.Notified event) {
    Optional<ServiceState> found = decision.owner(event.who());
    boolean isHeard =
        found.isPresent() && found.get().life().is(event.who()) && found.get().up().isPresent();
    if (!isHeard) {
      return;
    }
    ServiceState state = found.get();
    switch (event.notice()) {
      case READY -> {
        if (!state.standing().ready() && Readying.isTold(state.service())) {
          decision.put(Readying.becomeReady(decision, state));
        }
      }
      case WATCHDOG -> {
        if (state.standing().watch().isPresent() && HealthRules.isWatchdog(state)) {
          Watch watch = state.standing().watch().get();
          Deadline nextAt =
              Deadline.after(
                  decision.nowNanos(),
                  HealthRules.intervalNanos(state.service().health().orElseThrow()));
          decision.put(HealthRules.well(decision, state, watch.nextAt(nextAt)));
        }
      }
      case STATUS ->
          decision.say(
              Level.DEBUG, Titles.of(decision, state.id()) + " says of itself: " + event.text());
      case STOPPING, RELOADING ->
          decision.say(
              Level.DEBUG,
              Titles.of(decision, state.id())
                  + (event.notice() == dev.gatun.model.Notice.STOPPING
                      ? " begins to stop"
                      : " reads its configuration anew"));
    }
  }

  /** Does what is due of what is watched. */
  static ServiceState onDue(Decision decision, ServiceState before) {
    ServiceState state = before;
    if (state.standing().readyBy().isDue(decision.nowNanos())) {
      state = Readying.late(decision, state.with(state.standing().lateAt(Deadline.NEVER)));
    }
    Optional<Watch> watch = state.standing().watch();
    if (watch.isPresent() && watch.get().timeoutAt().isDue(decision.nowNanos())) {
      return Probing.giveUp(decision, state, watch.get());
    }
    if (watch.isPresent() && watch.get().nextAt().isDue(decision.nowNanos())) {
      return Probing.next(decision, state, watch.get());
    }
    return state;
  }
}
