package dev.gatun.journal;

import java.util.List;
import java.util.Locale;

/** Numbers and durations for people. */
public final class Words {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Words() {}

  /** {@code 1 service}, {@code 12,000 events}. */
  public static String counted(long count, String what) {
    return counted(count, what, what + "s");
  }

  public static String counted(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  /** {@code 12 ms}, {@code 30.0 s}, {@code 2 min 5 s}, {@code 3 h 4 min}, {@code 2 d 3 h}. */
  public static String duration(long nanos) {
    if (nanos < MILLI) {
      return nanos < MICRO ? "0 ms" : nanos / MICRO + " µs";
    }
    if (nanos < SECOND) {
      return nanos / MILLI + " ms";
    }
    if (nanos < MINUTE) {
      return nanos / SECOND + "." + nanos % SECOND / (SECOND / 10) + " s";
    }
    if (nanos < HOUR) {
      return two(nanos, MINUTE, "min", SECOND, "s");
    }
    return nanos < DAY ? two(nanos, HOUR, "h", MINUTE, "min") : two(nanos, DAY, "d", HOUR, "h");
  }

  private static String two(long nanos, long large, String largeName, long small, String name) {
    long rest = nanos % large / small;
    return nanos / large + " " + largeName + (rest == 0 ? "" : " " + rest + " " + name);
  }

  /** {@code a, b and c}, or how many more there are. */
  public static String list(List<String> all, int most) {
    if (all.size() > most) {
      int more = all.size() - most + 1;
      return String.join(", ", all.subList(0, most - 1)) + " and " + more + " more";
    }
    return all.size() < 2
        ? String.join("", all)
        : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
  }
}
