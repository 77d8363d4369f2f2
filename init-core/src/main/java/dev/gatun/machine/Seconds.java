package dev.gatun.machine;

/** Durations for people. */
public final class Seconds {
  private static final long NANOS_A_TENTH = 100_000_000;

  private Seconds() {}

  /** {@code "12.3 s"}, rounded down. */
  public static String text(long nanos) {
    long tenths = Math.max(0, nanos) / NANOS_A_TENTH;
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
