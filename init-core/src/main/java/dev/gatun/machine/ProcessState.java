package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import java.util.Optional;

/**
 * What one process of a service is doing. A service has three of these: its own ({@code run}), its
 * log program's and its stop script's.
 *
 * <pre>
 *   Absent                        the plan has no such program: it stays absent
 *   Down ──spawn──▶ Starting ──ProcessSpawned──▶ Up ──told to stop──▶ Stopping
 *                      │                          │                      │
 *                      └──SpawnFailed──▶ Ended ◀──┴────ProcessExited─────┘
 *   Down ──the container ends first──▶ Ended
 * </pre>
 *
 * <p>What is wanted of it is kept apart, in {@link Service#want()}: a stop that overtakes a start
 * finds the process Starting, and is carried out when the spawn has been confirmed.
 */
public sealed interface ProcessState {

  /** There is no such program. */
  enum Absent implements ProcessState {
    IT
  }

  /** It has not been started. */
  enum Down implements ProcessState {
    IT
  }

  /** A spawn has been ordered and its outcome is not known yet. */
  record Starting(Incarnation who) implements ProcessState {
    @Override
    public Optional<Incarnation> living() {
      return Optional.of(who);
    }
  }

  /** It runs. */
  record Up(Incarnation who, long sinceNanos) implements ProcessState {
    @Override
    public Optional<Incarnation> living() {
      return Optional.of(who);
    }

    @Override
    public long ageNanos(long nowNanos) {
      return nowNanos - sinceNanos;
    }
  }

  /** It runs and has been told to stop. */
  record Stopping(Incarnation who, long sinceNanos) implements ProcessState {
    @Override
    public Optional<Incarnation> living() {
      return Optional.of(who);
    }

    @Override
    public long ageNanos(long nowNanos) {
      return nowNanos - sinceNanos;
    }
  }

  /** It has ended, or never came to life, and will not be started again. */
  enum Ended implements ProcessState {
    IT
  }

  /** Whether nothing is to be waited for. */
  default boolean isGone() {
    return this == Absent.IT || this == Down.IT || this == Ended.IT;
  }

  /** Whether this is a process that events about {@code other} concern. */
  default boolean is(Incarnation other) {
    Optional<Incarnation> living = living();
    return living.isPresent() && living.get().is(other);
  }

  /** The process, while it is being made or runs. */
  default Optional<Incarnation> living() {
    return Optional.empty();
  }

  /** How long it has been running; 0 when it is not. */
  default long ageNanos(long nowNanos) {
    return 0;
  }
}
