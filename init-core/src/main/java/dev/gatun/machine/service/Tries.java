package dev.gatun.machine.service;

import dev.gatun.model.Deadline;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.Restart;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a service was started again, where that is bounded.
 *
 * @param pauseNanos before the start that comes next, or came last
 * @param counted until when each restart counts for the limit, the oldest first
 */
public record Tries(long pauseNanos, List<Deadline> counted) {
  public Tries {
    counted = List.copyOf(counted);
  }

  /** Of a service that has not been started again, as if its pause had been half the first one. */
  static Tries none(Restart restart) {
    return new Tries(restart.pauseNanos() / 2, List.of());
  }

  /** Whether one more restart is one too many. */
  boolean areAtLimit(Backoff backoff, long nowNanos) {
    return backoff.limit().isPresent()
        && stillCounted(nowNanos).size() >= backoff.limit().get().restarts();
  }

  /**
   * With one restart more.
   *
   * @param livedNanos how long the program lived; less than 0 when it could not be started
   */
  Tries oneMore(Restart restart, long livedNanos, long nowNanos) {
    Backoff backoff = restart.backoff().orElseThrow();
    List<Deadline> all = stillCounted(nowNanos);
    if (backoff.limit().isPresent()) {
      all.add(Deadline.after(nowNanos, backoff.limit().get().windowNanos()));
    }
    return new Tries(next(restart, backoff, livedNanos), all);
  }

  private long next(Restart restart, Backoff backoff, long livedNanos) {
    if (livedNanos < 0 && backoff.unstartedPauseNanos() != Backoff.AS_ELSE) {
      return backoff.unstartedPauseNanos();
    }
    long firstNanos = restart.pauseNanos();
    boolean begins = livedNanos >= backoff.pauseMaxNanos();
    return begins
        ? firstNanos
        : Math.max(firstNanos, Math.min(backoff.pauseMaxNanos(), 2 * pauseNanos));
  }

  private List<Deadline> stillCounted(long nowNanos) {
    List<Deadline> still = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      if (!counted.get(i).isDue(nowNanos)) {
        still.add(counted.get(i));
      }
    }
    return still;
  }
}
