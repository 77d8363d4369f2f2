package dev.gatun.clients;

import dev.gatun.loop.Companion;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import java.util.List;

/** Several who see what becomes of the container, one after the other. */
public record Companions(List<Companion> all) implements Companion {
  public Companions {
    all = List.copyOf(all);
  }

  @Override
  public void decided(Event event) {
    for (Companion each : all) {
      each.decided(event);
    }
  }

  @Override
  public void settled(State state) {
    for (Companion each : all) {
      each.settled(state);
    }
  }

  @Override
  public Deadline nextDeadline() {
    Deadline next = Deadline.NEVER;
    for (Companion each : all) {
      next = next.earlier(each.nextDeadline());
    }
    return next;
  }

  @Override
  public void close() {
    for (Companion each : all) {
      each.close();
    }
  }
}
