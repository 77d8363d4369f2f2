package dev.gatun.machine;

import java.util.List;

/**
 * The answer to an event: what is known now, and what is to be done, in that order.
 *
 * @param effects carried out first to last
 */
public record Transition(State state, List<Effect> effects) {

  public Transition {
    effects = List.copyOf(effects);
  }
}
