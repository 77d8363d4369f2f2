package dev.gatun.reaper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long zombies have been nobody's. One is ripe when each look of a whole grace, at least three,
 * has found it so: whoever has forked it had that long to wait for it. A look that comes more than
 * a grace late begins all of them anew, since those who wait were held up as well then (a stopped
 * or frozen process).
 */
final class Grace {
  /** How many looks a zombie must be found at. */
  private static final int LOOKS = 3;

  /** A zombie's first look, and how many there were. */
  private record Seen(long sinceNanos, int looks) {}

  private final long graceNanos;
  private Map<Zombie, Seen> seen = new HashMap<>();
  private long dueNanos;

  Grace(long graceNanos) {
    this.graceNanos = graceNanos;
  }

  /** The pause before the next look while there are zombies. */
  long pauseNanos() {
    return Math.max(1, graceNanos / LOOKS);
  }

  /** When the next look is to come, on the monotonic clock. */
  void expect(long nextLookNanos) {
    dueNanos = nextLookNanos;
  }

  /** Those that are ripe, of the zombies that are nobody's at this look; they are forgotten. */
  List<Zombie> look(long nowNanos, Collection<Zombie> found) {
    if (nowNanos - dueNanos > graceNanos) {
      seen.clear();
    }
    Map<Zombie, Seen> still = HashMap.newHashMap(found.size());
    List<Zombie> ripe = new ArrayList<>();
    for (Zombie zombie : found) {
      Seen before = seen.getOrDefault(zombie, new Seen(nowNanos, 0));
      Seen now = new Seen(before.sinceNanos, before.looks + 1);
      if (now.looks >= LOOKS && nowNanos - now.sinceNanos >= graceNanos) {
        ripe.add(zombie);
      } else {
        still.put(zombie, now);
      }
    }
    seen = still;
    return ripe;
  }

  /** How many zombies are not ripe yet. */
  int pending() {
    return seen.size();
  }
}
