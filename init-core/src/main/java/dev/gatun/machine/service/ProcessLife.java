package dev.gatun.machine.service;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Signal;
import java.util.Optional;

/**
 * The life of any process that Gatun starts: a service's own program, its finish program, a script
 * that stands in for a signal.
 *
 * <pre>
 *   None ──ordered──▶ Starting ──ProcessSpawned──▶ Up
 *    ▲                    │                         │
 *    │             SpawnFailed, ProgramMissing      │
 *    └────────────────────┴───────ProcessExited─────┘
 * </pre>
 *
 * <p>What is wanted of it is kept apart, in {@link ServiceState#want()}: a stop that overtakes a
 * start finds the process Starting, and is carried out when the spawn has been confirmed.
 */
public sealed interface ProcessLife {

  /** There is no process. */
  record None(Why why, long sinceNanos) implements ProcessLife {}

  /** Why there is no process. */
  enum Why {
    /** It has not been started yet. */
    NEW,
    /** It has ended. */
    ENDED,
    /** It could not be started, or was not there. */
    FAILED
  }

  /**
   * A spawn has been ordered and its outcome is not known yet.
   *
   * @param downSinceNanos since when there had been no process
   */
  record Starting(Incarnation who, long downSinceNanos) implements ProcessLife {
    @Override
    public Optional<Incarnation> living() {
      return Optional.of(who);
    }
  }

  /**
   * It runs.
   *
   * @param paused whether it was stopped by a signal that Gatun sent
   * @param told whether it got TERM, or a program runs that stands in for it
   */
  record Up(Incarnation who, int pid, long sinceNanos, boolean paused, boolean told)
      implements ProcessLife {
    @Override
    public Optional<Incarnation> living() {
      return Optional.of(who);
    }

    Up after(Signal signal) {
      boolean stopped = signal.is(Signal.STOP) || paused && !signal.is(Signal.CONT);
      return new Up(who, pid, sinceNanos, stopped, told || signal.is(Signal.TERM));
    }

    Up afterBeingTold() {
      return new Up(who, pid, sinceNanos, paused, true);
    }
  }

  /** Whether there is no process, and none is being made. */
  default boolean isNone() {
    return this instanceof None;
  }

  /** Whether a spawn was ordered whose outcome is not known. */
  default boolean isStarting() {
    return this instanceof Starting;
  }

  /** Whether there has never been a process. */
  default boolean isNew() {
    return this instanceof None none && none.why == Why.NEW;
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
}
