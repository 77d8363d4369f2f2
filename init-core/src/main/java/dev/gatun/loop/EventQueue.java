package dev.gatun.loop;

import dev.gatun.machine.Event;
import java.util.ArrayDeque;
import java.util.Queue;

/** What has happened and has not been decided about, in order. It bears the time of the turn. */
public final class EventQueue {
  private final Queue<Event> events = new ArrayDeque<>();
  private long nowNanos;

  public void post(Event event) {
    events.add(event);
  }

  /** The time of this turn. */
  public long nowNanos() {
    return nowNanos;
  }

  /** From now on this is the time. */
  public void beginTurn(long atNanos) {
    nowNanos = atNanos;
  }

  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** Takes the first one out, which there must be. */
  public Event remove() {
    return events.remove();
  }
}
