package dev.gatun.plan;

/**
 * What is done about live processes that were reparented to Gatun while the container runs. Zombies
 * are reaped whatever the policy, and once termination has begun all orphans are terminated.
 *
 * @param kind what to do
 * @param maturityNanos how old an orphan must have become before it is looked at: one in the middle
 *     of a double fork may not have exec'ed yet
 * @param killAfterNanos how long after TERM an orphan gets KILL
 */
public record OrphanPolicy(Kind kind, long maturityNanos, long killAfterNanos) {

  /** What to do about a live orphan. */
  public enum Kind {
    TERMINATE,
    IGNORE
  }
}
