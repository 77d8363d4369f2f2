package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import java.util.Optional;

/** The start of a process has succeeded. */
public final class Began {
  private Began() {}

  public static void onSpawned(Decision decision, Event.ProcessSpawned event) {
    Incarnation who = event.who();
    Optional<ServiceState> owner = decision.owner(who);
    if (owner.isEmpty() || !owner.get().has(who)) {
      return;
    }
    decision.say(Level.DEBUG, who.label() + " has started as process " + event.pid());
    ProcessLife.Up up = new ProcessLife.Up(who, event.pid(), decision.nowNanos(), false, false);
    ServiceState state = owner.get();
    if (state.life().is(who)) {
      decision.put(afterStart(decision, state.with(up)));
    } else if (state.finish().is(who)) {
      decision.put(state.withFinish(up));
    } else if (state.isProbedBy(who)) {
      decision.put(Probing.probeStarted(decision, state, up));
    } else {
      Script script = state.orders().script().orElseThrow();
      decision.put(state.with(state.orders().with(script.with(up))));
    }
  }

  /** A stop that has overtaken the start is carried out now. */
  private static ServiceState afterStart(Decision decision, ServiceState state) {
    if (state.want() != Want.GONE) {
      return state.service().isWatched() ? Probing.begin(decision, state) : state;
    }
    if (state.standing().isGoingDown()) {
      return state;
    }
    ServiceState told = state.service().isReader() ? state : Stopping.stop(decision, state);
    return decision.container().isTerminating() ? told.killedAfter(decision.nowNanos()) : told;
  }
}
