package dev.gatun.machine;

/** Durations for people. */
public final class Seconds {
  private static final long NANOS_A_TENTH = 100_000_000;

  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private Seconds() {}

  /** A span that somebody has set, as it was set: {@code "60 s"}, {@code "1500 ms"}. */
  public static String span(long nanos) {
    return nanos % NANOS_A_SECOND == 0
        ? nanos / NANOS_A_SECOND + " s"
        : nanos / NANOS_A_MILLI + " ms";
  }

  /** {@code "12.3 s"}, rounded down. */
  public static String text(long nanos) {
    long tenths = Math.max(0, nanos) / NANOS_A_TENTH;
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
