package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Event;
import dev.gatun.model.Level;
import dev.gatun.model.Order;
import dev.gatun.plan.Target;
import java.util.Optional;

/** Orders of clients: one after the other, while a script or a spawn has further ones wait. */
public final class Commands {
  private Commands() {}

  public static void onOrder(Decision decision, Event.OrderReceived event) {
    Optional<ServiceState> found = decision.find(event.service());
    if (found.isEmpty() || !found.get().service().takesOrders()) {
      return;
    }
    ServiceState state = found.get();
    if (state.orders().waiting().size() == Orders.MAX_WAITING) {
      decision.say(
          Level.WARNING,
          "too many commands wait for service "
              + event.service().name()
              + ": ignoring "
              + event.order());
      return;
    }
    decision.put(state.with(state.orders().waitingFor(event.order())));
  }

  /** Carries out the orders that wait, as far as none has to wait for a script or a spawn. */
  static ServiceState carryOut(Decision decision, ServiceState before) {
    ServiceState state = before;
    while (!state.isBusy() && !state.orders().waiting().isEmpty()) {
      Order next = state.orders().waiting().getFirst();
      state = carryOut(decision, state.with(state.orders().withoutFirst()), next);
    }
    return state;
  }

  private static ServiceState carryOut(Decision decision, ServiceState state, Order order) {
    boolean up = state.up().isPresent();
    return switch (order) {
      case UP -> want(decision, state, Want.UP);
      case ONCE -> want(decision, state, up ? Want.DOWN : Want.ONCE);
      case DOWN -> stopped(decision, want(decision, state, Want.DOWN));
      case EXIT ->
          state.service().isReader()
              ? state
              : Stopping.stop(decision, want(decision, state, Want.GONE));
      case TERMINATE -> Stopping.stop(decision, state);
      case PAUSE -> up && !isSettled(decision, state) ? signal(decision, state, order) : state;
      case CONTINUE, HANGUP, ALARM, INTERRUPT, QUIT, USER1, USER2, KILL ->
          up ? signal(decision, state, order) : state;
      case AT_MOST_ONCE -> want(decision, state, Want.DOWN);
    };
  }

  private static ServiceState stopped(Decision decision, ServiceState state) {
    ServiceState told = Stopping.stop(decision, state);
    return decision.container().isTerminating() || told.up().isEmpty()
        ? told
        : told.killedAfterOrder(decision.nowNanos());
  }

  /** A service that is to be gone stays so, whatever clients say. */
  private static ServiceState want(Decision decision, ServiceState state, Want want) {
    if (isSettled(decision, state)) {
      return state;
    }
    Standing standing = want.starts() ? state.standing().hopeful() : state.standing();
    return state.with(want).with(standing);
  }

  private static boolean isSettled(Decision decision, ServiceState state) {
    boolean ends =
        decision.container().isTerminating()
            && !(decision.container().isAt(Target.CLOSING)
                && state.service().span().contains(Target.CLOSING));
    return ends
        || state.place().vanished()
        || Ends.isOver(state)
        || Ends.isReadingFromNobody(decision, state);
  }

  private static ServiceState signal(Decision decision, ServiceState state, Order order) {
    return state.service().hooks().standIn(order).isPresent()
        ? Scripts.run(decision, state, Script.Purpose.INSTEAD_OF_SIGNAL, order)
        : Stopping.send(decision, state, order.signal().orElseThrow());
  }
}
