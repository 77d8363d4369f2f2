package dev.gatun.plan;

/**
 * What is done about live processes that were reparented to Gatun while the container runs. Zombies
 * are reaped whatever the policy, and once termination has begun all orphans are terminated.
 *
 * @param kind what to do
 * @param maturityNanos how old an orphan must have become before it is looked at: one in the middle
 *     of a double fork may not have exec'ed yet
 * @param killAfterNanos how long after TERM an orphan gets KILL
 * @param exits what the end of an adopted process means
 */
public record OrphanPolicy(Kind kind, long maturityNanos, long killAfterNanos, ExitPolicy exits) {
  /** An adopted process cannot disable itself: whatever it ends with, the container ends. */
  private static final ExitPolicy ENDS_THE_CONTAINER = new ExitPolicy(ExitPolicy.NO_CODE, 0, 3);

  /** What to do about a live orphan. */
  public enum Kind {
    /** It is told to stop. */
    TERMINATE,
    /** It is supervised as a service is, and its output is taken over. */
    ADOPT,
    /** It is left alone. */
    IGNORE
  }

  /** A policy by which the end of an adopted process ends the container, with 0 or with 3. */
  public OrphanPolicy(Kind kind, long maturityNanos, long killAfterNanos) {
    this(kind, maturityNanos, killAfterNanos, ENDS_THE_CONTAINER);
  }

  /** Whether live orphans have to be looked for while the container runs. */
  public boolean wantsToKnow() {
    return switch (kind) {
      case TERMINATE, ADOPT -> true;
      case IGNORE -> false;
    };
  }
}
