package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A form of times, in Go's way: the reference time, Mon Jan 2 15:04:05 MST 2006, as it would be
 * written.
 */
final class TimeLayout {
  static final int LITERAL = 0;
  static final int LONG_WEEKDAY = 1;
  static final int WEEKDAY = 2;
  static final int MONTH_NAME = 3;
  static final int YEAR = 4;
  static final int PADDED_DAY = 5;
  static final int DAY = 6;
  static final int MONTH = 7;
  static final int SHORT_YEAR = 8;
  static final int HOUR = 9;
  static final int MINUTE = 10;
  static final int SECOND = 11;
  static final int HOUR_OF_TWELVE = 12;
  static final int HALF_OF_DAY = 13;
  static final int ZONE_NAME = 14;
  static final int OFFSET = 15;
  static final int OFFSET_OR_Z = 16;
  static final int COLON_OFFSET_OR_Z = 17;
  static final int FRACTION = 18;
  static final int TRIMMED_FRACTION = 19;

  /** In an order in which what begins alike comes longest first; the place is the number. */
  private static final String[] ELEMENTS = {
    null, "Monday", "Mon", "Jan", "2006", "_2", "02", "01", "06", "15", "04", "05", "3", "PM",
    "MST", "-0700", "Z0700", "Z07:00"
  };

  static final Map<String, String> LAYOUTS =
      Map.ofEntries(
          Map.entry("ANSIC", "Mon Jan _2 15:04:05 2006"),
          Map.entry("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
          Map.entry("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
          Map.entry("RFC822", "02 Jan 06 15:04 MST"),
          Map.entry("RFC822Z", "02 Jan 06 15:04 -0700"),
          Map.entry("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
          Map.entry("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
          Map.entry("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
          Map.entry("RFC3339", "2006-01-02T15:04:05Z07:00"),
          Map.entry("RFC3339Milli", "2006-01-02T15:04:05.000Z07:00"),
          Map.entry("RFC3339Micro", "2006-01-02T15:04:05.000000Z07:00"),
          Map.entry("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"),
          Map.entry("RFC3339NanoZeros", "2006-01-02T15:04:05.000000000Z07:00"),
          Map.entry("Kitchen", "3:04PM"),
          Map.entry("Stamp", "Jan _2 15:04:05"),
          Map.entry("StampMilli", "Jan _2 15:04:05.000"),
          Map.entry("StampMicro", "Jan _2 15:04:05.000000"),
          Map.entry("StampNano", "Jan _2 15:04:05.000000000"),
          Map.entry("DateTime", "2006-01-02 15:04:05"),
          Map.entry("DateOnly", "2006-01-02"),
          Map.entry("TimeOnly", "15:04:05"),
          Map.entry("Nginx", "02/Jan/2006:15:04:05 -0700"),
          Map.entry("LogDateTime", "2006/01/02 15:04:05"),
          Map.entry("LogDateOnly", "2006/01/02"),
          Map.entry("LogDateTimeMicroseconds", "2006/01/02 15:04:05.000000"),
          Map.entry("LogTimeMicroseconds", "15:04:05.000000"),
          Map.entry("ISO8601", "2006-01-02T15:04:05Z0700"),
          Map.entry("ISO8601Milli", "2006-01-02T15:04:05.000Z0700"),
          Map.entry("ISO8601Micro", "2006-01-02T15:04:05.000000Z0700"),
          Map.entry("ISO8601Nano", "2006-01-02T15:04:05.999999999Z0700"),
          Map.entry("ISO8601NanoZeros", "2006-01-02T15:04:05.000000000Z0700"),
          Map.entry("LogPostgreSQL", "2006-01-02 15:04:05.000 MST"),
          Map.entry("DateTimeMilli", "2006-01-02 15:04:05.000"),
          Map.entry("DayMonthTime", "_2 Jan 15:04:05"),
          Map.entry("DayMonthTimeMilli", "_2 Jan 15:04:05.000"),
          Map.entry("WeekDayMonthDayTime", "Mon Jan _2 15:04:05"),
          Map.entry("WeekDayMonthDayTimeMilli", "Mon Jan _2 15:04:05.000"),
          Map.entry("DayMonthYearTime", "_2 Jan 2006 15:04:05"),
          Map.entry("DayMonthYearTimeMilli", "_2 Jan 2006 15:04:05.000"),
          Map.entry("MonthDayTime", "Jan _2 15:04:05"));

  final int[] elements;

  /** For each element its text where it is a literal, and its digits where it is a fraction. */
  final byte[][] literals;

  final int[] digits;

  private TimeLayout(List<Integer> elements, List<String> texts) {
    int count = elements.size();
    this.elements = new int[count];
    this.literals = new byte[count][];
    this.digits = new int[count];
    for (int i = 0; i < count; i++) {
      this.elements[i] = elements.get(i);
      this.literals[i] = texts.get(i).getBytes(StandardCharsets.US_ASCII);
      this.digits[i] = literals[i].length - 1;
    }
  }

  /** The layout of that name, or null. */
  static TimeLayout named(String name) {
    String layout = LAYOUTS.get(name);
    return layout == null ? null : of(layout);
  }

  /** The names of all layouts, in order. */
  static String names() {
    return String.join(", ", new TreeSet<>(LAYOUTS.keySet()));
  }

  private static TimeLayout of(String layout) {
    List<Integer> elements = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < layout.length()) {
      int element = elementAt(layout, at);
      int length = element == LITERAL ? 1 : lengthAt(layout, at, element);
      String text = layout.substring(at, at + length);
      if (element == LITERAL) {
        literal.append(text);
      } else {
        addLiteral(literal, elements, texts);
        elements.add(element);
        texts.add(text);
      }
      at += length;
    }
    addLiteral(literal, elements, texts);
    return new TimeLayout(elements, texts);
  }

  private static void addLiteral(
      StringBuilder literal, List<Integer> elements, List<String> texts) {
    if (!literal.isEmpty()) {
      elements.add(LITERAL);
      texts.add(literal.toString());
      literal.setLength(0);
    }
  }

  private static int elementAt(String layout, int at) {
    if (layout.startsWith(".000", at)) {
      return FRACTION;
    }
    if (layout.startsWith(".999", at)) {
      return TRIMMED_FRACTION;
    }
    for (int element = 1; element < ELEMENTS.length; element++) {
      if (layout.startsWith(ELEMENTS[element], at)) {
        return element;
      }
    }
    return LITERAL;
  }

  private static int lengthAt(String layout, int at, int element) {
    if (element < ELEMENTS.length) {
      return ELEMENTS[element].length();
    }
    int end = at + 1;
    while (end < layout.length() && layout.charAt(end) == layout.charAt(at + 1)) {
      end++;
    }
    return end - at;
  }

  boolean has(int element) {
    for (int one : elements) {
      if (one == element) {
        return true;
      }
    }
    return false;
  }

  boolean hasYear() {
    return has(YEAR) || has(SHORT_YEAR);
  }

  boolean hasMonth() {
    return has(MONTH) || has(MONTH_NAME);
  }

  boolean hasDay() {
    return has(DAY) || has(PADDED_DAY);
  }

  /** Whether a time in it tells how far it is from UTC, so that no zone has to be known. */
  boolean hasOffset() {
    return has(OFFSET) || has(OFFSET_OR_Z) || has(COLON_OFFSET_OR_Z);
  }
}
