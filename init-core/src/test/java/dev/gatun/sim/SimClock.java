package dev.gatun.sim;

import java.util.HashSet;
import java.util.Set;

/** The clock on the wall, which may be set, and leaps of both clocks. */
final class SimClock {
  /** 2026-11-22T08:09:10.123Z. */
  private static final long EPOCH_MILLIS = 1_795_334_950_123L;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final Agenda agenda;
  private final Set<Long> timesTold = new HashSet<>();
  private long wallOffsetMillis;
  private long leaptNanos;

  SimClock(Agenda agenda) {
    this.agenda = agenda;
  }

  long realtimeMillis() {
    long millis = EPOCH_MILLIS + wallOffsetMillis + agenda.nowNanos() / NANOS_A_MILLI;
    timesTold.add(millis);
    return millis;
  }

  /** Somebody sets the clock on the wall. */
  void setWall(long offsetMillis) {
    wallOffsetMillis = offsetMillis;
  }

  /** Every time of the wall's clock that the init was told. */
  Set<Long> timesTold() {
    return timesTold;
  }

  /** The machine sleeps, or its hypervisor lets it: the clocks go on and nothing else does. */
  void leap(long nanos) {
    leaptNanos += nanos;
    agenda.leap(nanos);
  }

  long leaptNanos() {
    return leaptNanos;
  }
}
