package dev.gatun.journal.tell;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Tells monotonic times as times of day, UTC.
 *
 * @param atNanos an instant on the monotonic clock
 * @param wallMillis the same on the wall clock
 */
record WallClock(long atNanos, long wallMillis) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  Instant instant(long nanos) {
    return Instant.ofEpochMilli(wallMillis + Math.floorDiv(nanos - atNanos, 1_000_000L));
  }

  /** {@code 10:02:11.120}. */
  String time(long nanos) {
    return TIME.format(instant(nanos));
  }

  /** {@code 2026-11-22}. */
  String day(long nanos) {
    return DAY.format(instant(nanos));
  }
}
