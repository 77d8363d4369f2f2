package dev.gatun.plan;

/**
 * What is done about live processes that were reparented to Gatun. Zombies are reaped whatever the
 * policy, and when the container ends all orphans are terminated.
 *
 * @param kind what to do while the container runs
 * @param maturityNanos how old an orphan must have become before it is looked at: one in the middle
 *     of a double fork may not have exec'ed yet
 * @param killAfterNanos how long after TERM an orphan gets KILL
 * @param endsWith what the container ends with at the end of an adopted process
 * @param told when orphans are told to stop at the end
 */
public record OrphanPolicy(
    Kind kind, long maturityNanos, long killAfterNanos, ExitCode endsWith, Told told) {
  /** An adopted process cannot disable itself: whatever it ends with, the container ends. */
  private static final ExitCode ENDS_THE_CONTAINER = new ExitCode.Table(0, 3);

  /** What to do about a live orphan. */
  public enum Kind {
    /** It is told to stop. */
    TERMINATE,
    /** It is supervised as a service is, and its output is taken over. */
    ADOPT,
    /** It is left alone. */
    IGNORE
  }

  /** When orphans are told to stop at the end of the container. */
  public enum Told {
    /** As soon as it is to end, with the services. */
    AT_ONCE,
    /** When the services have stopped, and what comes after them has been run. */
    AFTER_ALL
  }

  /** A policy by which orphans are told with the services. */
  public OrphanPolicy(Kind kind, long maturityNanos, long killAfterNanos) {
    this(kind, maturityNanos, killAfterNanos, ENDS_THE_CONTAINER, Told.AT_ONCE);
  }

  /** The same policy, by which they are told when everything else is over. */
  public OrphanPolicy toldAfterAll() {
    return new OrphanPolicy(kind, maturityNanos, killAfterNanos, endsWith, Told.AFTER_ALL);
  }

  /** Whether live orphans have to be looked for while the container runs. */
  public boolean wantsToKnow() {
    return kind != Kind.IGNORE;
  }
}
