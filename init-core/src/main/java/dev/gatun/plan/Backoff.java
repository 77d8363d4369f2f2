package dev.gatun.plan;

import java.util.Optional;

/**
 * How a service is kept from being started again too often.
 *
 * @param pauseMaxNanos the pause before a start doubles from one to the next, up to this; a service
 *     that has lived so long begins anew with the first pause. The first pause itself where it is
 *     to stay the same
 * @param unstartedPauseNanos the pause when its program could not be started; {@link #AS_ELSE} for
 *     no other one
 * @param limit how often is too often, if anything is
 */
public record Backoff(long pauseMaxNanos, long unstartedPauseNanos, Optional<Limit> limit) {
  public static final long AS_ELSE = -1;

  /**
   * A bound of restarts.
   *
   * @param restarts so many there may be in the window
   * @param then what follows when there would be one more
   */
  public record Limit(int restarts, long windowNanos, Then then) {
    /** More than anybody asks for; each is remembered while it counts. */
    public static final int MAX_RESTARTS = 1000;

    public Limit {
      if (restarts < 0 || restarts > MAX_RESTARTS) {
        throw new IllegalArgumentException(restarts + " restarts, at most " + MAX_RESTARTS);
      }
    }
  }

  /** What follows when a service would be started again too often. */
  public enum Then {
    /** It stays down, until somebody starts it. */
    HOLD,
    /** The container ends, with a failure. */
    END
  }
}
