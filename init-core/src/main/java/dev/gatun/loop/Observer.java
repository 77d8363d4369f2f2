package dev.gatun.loop;

import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;

/** Hears of every decision, in order. */
public interface Observer {
  /**
   * The first decision, which starts the services. It is heard when its effects have been carried
   * out: nothing may stand before the first start.
   */
  default void booted(long atNanos, Transition boot) {}

  /** {@code event} has been answered; the transition's effects have not been carried out yet. */
  void decided(State before, Event event, Transition transition);

  /** All that was to be decided now has been, and carried out. Heard once more at the very end. */
  default void settled() {}
}
