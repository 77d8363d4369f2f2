package dev.gatun.machine;

import java.util.ArrayList;
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

  static Transition to(State state, Effect... effects) {
    return new Transition(state, List.of(effects));
  }

  /** This and then {@code next}, which was made from this one's state. */
  Transition then(Transition next) {
    List<Effect> both = new ArrayList<>(effects.size() + next.effects.size());
    both.addAll(effects);
    both.addAll(next.effects);
    return new Transition(next.state, both);
  }
}
