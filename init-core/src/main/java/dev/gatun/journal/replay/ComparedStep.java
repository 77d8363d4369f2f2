package dev.gatun.journal.replay;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import java.util.List;
import java.util.Optional;

/**
 * A decision that was recorded, and the machine's own on the same event.
 *
 * @param line its number in the file, from 1
 * @param event empty for the boot
 * @param before equal to what the machine knew; at the boot what it knew afterwards
 */
public record ComparedStep(
    int line,
    long atNanos,
    Optional<Event> event,
    State before,
    List<Effect> recorded,
    Transition decided) {

  public boolean isSame() {
    return recorded.equals(decided.effects());
  }

  public State after() {
    return decided.state();
  }
}
