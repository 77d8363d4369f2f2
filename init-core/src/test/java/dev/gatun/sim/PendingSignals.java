package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import java.util.TreeMap;

/** Signals that wait for the init: one bit each, but the real-time ones queue. */
final class PendingSignals {
  private static final int FIRST_REAL_TIME = 32;

  private final TreeMap<Integer, Integer> counts = new TreeMap<>();

  /** The init's descriptor for them, or negative. */
  int descriptor = -1;

  void add(int signal) {
    counts.merge(signal, 1, (was, one) -> signal < FIRST_REAL_TIME ? 1 : was + one);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The lowest number first, as the kernel delivers them; EAGAIN when there is none. */
  int next() {
    if (counts.isEmpty()) {
      return -Errno.EAGAIN;
    }
    int signal = counts.firstKey();
    counts.computeIfPresent(signal, (any, count) -> count == 1 ? null : count - 1);
    return signal;
  }
}
