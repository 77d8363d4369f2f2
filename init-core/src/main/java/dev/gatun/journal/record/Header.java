package dev.gatun.journal.record;

/**
 * The first line of a part of a journal.
 *
 * @param gatun the version of Gatun that wrote it
 * @param startedMillis when the container started, on the wall clock: its parts have it in common
 * @param part counted from 1
 * @param atNanos an instant on the monotonic clock
 * @param wallMillis the same instant on the wall clock, since 1970-01-01T00:00:00Z
 */
public record Header(String gatun, long startedMillis, int part, long atNanos, long wallMillis) {
  /** The version of the format that is written: what readers have to understand. */
  public static final int FORMAT = 2;
}
