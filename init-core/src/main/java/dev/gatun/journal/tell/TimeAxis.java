package dev.gatun.journal.tell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Where instants stand on a chart. A container starts within milliseconds, runs for days and ends
 * within milliseconds: long stretches in which nothing happens are folded, and what is left has one
 * scale.
 */
final class TimeAxis {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** What ticks may be apart. */
  private static final long[] STEPS = {
    MILLI / 10,
    MILLI / 5,
    MILLI / 2,
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY
  };

  private static final int MAX_FOLDS = 4;

  /** A gap is folded when it takes up more than this part of what is not folded yet. */
  private static final double FOLDED_PART = 0.7;

  private static final long MIN_FOLDED_NANOS = 50 * MILLI;
  private static final double PADDING_PART = 0.04;

  /** So long a life is drawn at least. */
  private static final long MIN_SPAN_NANOS = MILLI;

  /** A stretch of time without a fold. */
  record Segment(long fromNanos, long toNanos, long firstNanos, double fromX, double toX) {
    double x(long nanos) {
      double part = (double) (nanos - fromNanos) / (toNanos - fromNanos);
      return fromX + Math.max(0, Math.min(1, part)) * (toX - fromX);
    }
  }

  private final List<Segment> segments = new ArrayList<>();
  private final double foldWidth;

  /**
   * @param instants at which something happens, at least one
   */
  TimeAxis(TreeSet<Long> instants, double fromX, double toX, double foldWidth) {
    this.foldWidth = foldWidth;
    List<Long> all = new ArrayList<>(instants);
    List<Integer> folds = folds(all);
    long span = 0;
    int start = 0;
    List<long[]> stretches = new ArrayList<>();
    for (int i = 0; i <= folds.size(); i++) {
      int end = i < folds.size() ? folds.get(i) : all.size() - 1;
      stretches.add(new long[] {all.get(start), all.get(end)});
      span += all.get(end) - all.get(start);
      start = end + 1;
    }
    lay(stretches, Math.max(span, MIN_SPAN_NANOS), fromX, toX);
  }

  /** The places in front of the gaps that are folded. */
  private static List<Integer> folds(List<Long> all) {
    List<Integer> folds = new ArrayList<>();
    long rest = all.getLast() - all.getFirst();
    while (folds.size() < MAX_FOLDS) {
      int widest = -1;
      for (int i = 0; i + 1 < all.size(); i++) {
        if (!folds.contains(i) && (widest < 0 || gap(all, i) > gap(all, widest))) {
          widest = i;
        }
      }
      boolean worthIt =
          widest >= 0
              && gap(all, widest) > FOLDED_PART * rest
              && gap(all, widest) >= MIN_FOLDED_NANOS
              && rest - gap(all, widest) >= MIN_SPAN_NANOS;
      if (!worthIt) {
        break;
      }
      folds.add(widest);
      rest -= gap(all, widest);
    }
    Collections.sort(folds);
    return folds;
  }

  private static long gap(List<Long> all, int before) {
    return all.get(before + 1) - all.get(before);
  }

  /** Each stretch gets some room around what happens in it. */
  private void lay(List<long[]> stretches, long span, double fromX, double toX) {
    long padding = Math.max(1, (long) (span * PADDING_PART));
    long shown = span + 2L * padding * stretches.size();
    double width = toX - fromX - foldWidth * (stretches.size() - 1);
    double x = fromX;
    long missing = span;
    for (long[] stretch : stretches) {
      missing -= stretch[1] - stretch[0];
    }
    for (int i = 0; i < stretches.size(); i++) {
      long from = stretches.get(i)[0] - padding;
      boolean last = i == stretches.size() - 1;
      long to = stretches.get(i)[1] + padding + (last ? missing : 0);
      double end = x + width * (to - from) / shown;
      segments.add(new Segment(from, to, stretches.get(i)[0], x, end));
      x = end + foldWidth;
    }
  }

  List<Segment> segments() {
    return Collections.unmodifiableList(segments);
  }

  double x(long nanos) {
    Segment before = segments.getFirst();
    for (Segment segment : segments) {
      if (nanos >= segment.fromNanos()) {
        before = segment;
      }
    }
    return before.x(nanos);
  }

  /** How far ticks are apart so that each has at least that room. */
  long step(double leastX) {
    Segment any = segments.getFirst();
    double nanosAnX = (any.toNanos() - any.fromNanos()) / (any.toX() - any.fromX());
    for (long step : STEPS) {
      if (step >= leastX * nanosAnX) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1];
  }

  /** {@code +20 ms}, {@code +1.5 s}: in the unit that suits ticks that are {@code step} apart. */
  static String label(long nanos, long step) {
    long[] units = {DAY, HOUR, MINUTE, SECOND, MILLI};
    String[] names = {"d", "h", "min", "s", "ms"};
    int unit = units.length - 1;
    while (unit > 0 && step * 10 >= units[unit - 1] && step % (units[unit - 1] / 10) == 0) {
      unit--;
    }
    long tenths = nanos / (units[unit] / 10);
    String fraction = tenths % 10 == 0 ? "" : "." + tenths % 10;
    return "+" + tenths / 10 + fraction + " " + names[unit];
  }
}
