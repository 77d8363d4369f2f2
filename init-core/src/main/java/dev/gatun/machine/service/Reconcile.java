package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceStatus;
import java.util.Optional;

/**
 * Brings services towards what is wanted of them: one at a time, those that an event has changed
 * and those that wait for them. Never all: there may be a thousand.
 */
public final class Reconcile {
  private Reconcile() {}

  /** Looks at services until none is left that something may be done about. */
  public static void all(Decision decision) {
    Optional<ServiceId> next = decision.nextToReconcile();
    while (next.isPresent()) {
      Optional<ServiceState> found = decision.find(next.get());
      if (found.isPresent()) {
        one(decision, found.get());
      }
      next = decision.nextToReconcile();
    }
  }

  private static void one(Decision decision, ServiceState before) {
    ServiceState state = before;
    if (Start.isWantedNow(decision, before.service())) {
      Pipes.openFor(decision, before);
      state = show(decision, before);
    }
    state = Commands.carryOut(decision, state);
    state = state.standing().isGoingDown() ? Stopping.ifDue(decision, state) : state;
    state = Start.ifWanted(decision, state);
    state = endReading(decision, state);
    state = state.place().shown().isPresent() ? show(decision, state) : state;
    if (state != before) {
      decision.put(state);
    }
    Pipes.closeUnneeded(decision, state);
    Leaving.releaseIfOver(decision, state);
  }

  /** Tells clients what a service is doing, unless they know. */
  private static ServiceState show(Decision decision, ServiceState state) {
    // Whether there is a finish program to be seen shows when it has been started.
    if (!state.service().takesOrders() || state.finish().isStarting()) {
      return state;
    }
    ServiceStatus status = state.status();
    Optional<ServiceStatus> shown = state.place().shown();
    if (shown.isPresent() && shown.get().equals(status)) {
      return state;
    }
    decision.act(new Effect.PublishStatus(state.id(), status));
    return state.with(state.place().showing(status));
  }

  /** A service whose writer is over reads what is left, and is gone then. */
  private static ServiceState endReading(Decision decision, ServiceState state) {
    if (state.want().isLeaving() || !Ends.isReadingFromNobody(decision, state)) {
      return state;
    }
    boolean readsOn = state.place().pipeIsOpen() && state.isToStart();
    ServiceState leaving =
        Stopping.goOn(decision, state.with(readsOn ? Want.ONCE_THEN_GONE : Want.GONE));
    return decision.container().isTerminating()
        ? leaving.killedAfter(decision.nowNanos())
        : leaving;
  }
}
