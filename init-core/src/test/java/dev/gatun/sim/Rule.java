package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;

/**
 * Something that holds after every decision of the machine, whatever happens. Written from the
 * contracts, by what is heard and what is done, and not from the machine's state.
 */
abstract class Rule {
  final Facts facts;
  final Contract contract;

  Rule(Facts facts, Contract contract) {
    this.facts = facts;
    this.contract = contract;
  }

  /** An event is heard; the facts and the contract know of it already. */
  void hear(Event event) {}

  /** Something is done; the facts do not know of it yet. */
  void act(Effect effect) {}

  /** All has been decided that follows from the event. */
  void decided(State before, Event event, State after) {}

  final void broken(String what) {
    facts.history.violated(getClass().getSimpleName() + ": " + what);
  }

  final void brokenIf(boolean is, String what) {
    if (is) {
      broken(what);
    }
  }
}
