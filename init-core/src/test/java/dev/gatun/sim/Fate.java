package dev.gatun.sim;

/** What the init did about a process, and when; {@link #NEVER} for what it did not. */
final class Fate {
  static final long NEVER = Long.MAX_VALUE;

  long reparentedAtNanos = NEVER;

  /** When it was told to stop: by TERM, or by a script that was started to do it. */
  long toldAtNanos = NEVER;

  long killedAtNanos = NEVER;

  /** Whether it is a log program that was killed while its service lived. */
  boolean killedTooEarly;

  long adoptedAtNanos = NEVER;

  /** In which turn it was adopted, or -1. */
  int adoptedTurn = -1;

  long endedAtNanos = NEVER;
}
