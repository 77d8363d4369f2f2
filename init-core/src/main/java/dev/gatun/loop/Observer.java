package dev.gatun.loop;

import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;

/** Hears of every decision, in order. */
public interface Observer {
  /** {@code event} has been answered; the transition's effects have not been carried out yet. */
  void decided(State before, Event event, Transition transition);
}
