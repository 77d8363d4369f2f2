package dev.gatun.machine;

import dev.gatun.model.Incarnation;

/**
 * What one part of a kept service is doing.
 *
 * <pre>
 *   Down ──wanted, and its pause is over──▶ Starting ──ProcessSpawned──▶ Up
 *    ▲ │                                       │                          │
 *    │ │                                  SpawnFailed               ProcessExited
 *    │ │                                       ▼                          │
 *    │ └─told to exit──▶ Gone    ◀── ─ ─ ─ Finishing ◀────────────────────┘
 *    │                                         │
 *    └────its finish script has ended, or there is none
 * </pre>
 *
 * <p>What is wanted of it is kept apart, in {@link Keeper#aim()}: a command never has to wait for
 * the pause between two starts, and is never lost in it.
 */
public sealed interface Doing {

  /** It does not run. */
  record Down(long sinceNanos) implements Doing {}

  /** A spawn has been ordered and its outcome is not known yet. */
  record Starting(Incarnation who, long downSinceNanos) implements Doing {}

  /**
   * It runs.
   *
   * @param paused whether it was told to stop in its tracks
   * @param terminated whether it got TERM
   */
  record Up(Incarnation who, int pid, long sinceNanos, boolean paused, boolean terminated)
      implements Doing {}

  /**
   * It has ended, and what follows is being run.
   *
   * @param who the finish script
   * @param pid 0 while it is being started
   */
  record Finishing(Incarnation who, int pid, long sinceNanos) implements Doing {}

  /** It has ended for good. */
  record Gone(long sinceNanos) implements Doing {}

  /** Whether this is a process that events about {@code who} concern. */
  default boolean is(Incarnation who) {
    return switch (this) {
      case Down d -> false;
      case Gone g -> false;
      case Starting s -> s.who.is(who);
      case Up u -> u.who.is(who);
      case Finishing f -> f.who.is(who);
    };
  }
}
