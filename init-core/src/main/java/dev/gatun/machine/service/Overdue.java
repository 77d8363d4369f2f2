package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.model.Level;

/** Deadlines of services that have come. */
public final class Overdue {
  private Overdue() {}

  public static void onTimePassed(Decision decision) {
    PendingVerdict first = PendingVerdict.NONE;
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      if (!state.nextDeadline().isDue(decision.nowNanos())) {
        continue;
      }
      PendingVerdict pending = state.timers().pending();
      if (pending.at().isDue(decision.nowNanos())) {
        first = pending.at().atNanos() < first.at().atNanos() ? pending : first;
        state = state.with(state.timers().with(PendingVerdict.NONE));
      }
      if (state.standing().nextDeadline().isDue(decision.nowNanos())) {
        state = Watching.onDue(decision, state);
      }
      if (state.timers().killAt().isDue(decision.nowNanos())) {
        state = Stopping.kill(decision, state);
      }
      decision.put(state);
    }
    if (first != PendingVerdict.NONE) {
      decision.end(first.verdict(), Level.WARNING);
    }
  }
}
