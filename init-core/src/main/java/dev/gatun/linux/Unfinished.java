package dev.gatun.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What remains of redirecting a process and its descendants when some did not stop in time.
 *
 * @param root the process that it began with
 * @param now what the root's output is meanwhile, which tells it from another with its pid
 * @param old what is to be replaced
 * @param processes those that are still to be redirected
 * @param result why the root itself will stay as it is, as a negative errno; else 0
 * @param refusals why others will stay as they are
 */
record Unfinished(
    int root,
    OldOutput now,
    OldOutput old,
    List<Integer> processes,
    int result,
    List<String> refusals) {

  static Unfinished begin(int root, OldOutput old) {
    return new Unfinished(root, old, old, List.of(root), 0, new ArrayList<>());
  }

  /** What may be gone on with. Whoever does not come again is forgotten for others. */
  static final class Begun {
    private static final int MAX = 64;

    private final Deque<Unfinished> kept = new ArrayDeque<>();

    void add(Unfinished unfinished) {
      if (kept.size() == MAX) {
        kept.removeFirst();
      }
      kept.addLast(unfinished);
    }

    /** What was begun with that process, if anything was; it is begun otherwise. */
    Unfinished take(int root, OldOutput now) {
      Iterator<Unfinished> each = kept.iterator();
      while (each.hasNext()) {
        Unfinished unfinished = each.next();
        if (unfinished.root() == root) {
          each.remove();
          return unfinished.now().equals(now) ? unfinished : begin(root, now);
        }
      }
      return begin(root, now);
    }
  }
}
