package dev.gatun.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Virtual time, and what is going to happen at which instant. */
final class Agenda {
  private record Entry(long atNanos, long number, Runnable happening) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int order = Long.compare(atNanos, other.atNanos);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long nextNumber;
  private long nowNanos;

  long nowNanos() {
    return nowNanos;
  }

  void at(long atNanos, Runnable happening) {
    entries.add(new Entry(Math.max(atNanos, nowNanos), nextNumber++, happening));
  }

  void after(long delayNanos, Runnable happening) {
    at(nowNanos + delayNanos, happening);
  }

  /** The clock jumps, and nothing has had time to happen. */
  void leap(long nanos) {
    List<Entry> all = new ArrayList<>(entries);
    entries.clear();
    for (Entry entry : all) {
      entries.add(new Entry(entry.atNanos() + nanos, entry.number(), entry.happening()));
    }
    nowNanos += nanos;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** When the next thing happens; {@link Long#MAX_VALUE} when nothing will. */
  long nextAtNanos() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.peek().atNanos();
  }

  /** Lets everything happen up to and at that instant, and makes it the present. */
  void runUntil(long atNanos) {
    while (nextAtNanos() <= atNanos) {
      Entry next = entries.poll();
      nowNanos = next.atNanos();
      next.happening().run();
    }
    nowNanos = Math.max(nowNanos, atNanos);
  }
}
