package dev.gatun.pattern;

/** Writes times in a layout. */
final class TimeWriter {
  private final TimeLayout layout;

  TimeWriter(TimeLayout layout) {
    this.layout = layout;
  }

  /**
   * Appends a time, without quotes.
   *
   * @param zoneName what the zone is called at that time
   */
  void write(CivilTime time, int offsetSeconds, byte[] zoneName, JsonBuffer out) {
    int[] elements = layout.elements;
    for (int i = 0; i < elements.length; i++) {
      switch (elements[i]) {
        case TimeLayout.LITERAL -> out.raw(layout.literals[i]);
        case TimeLayout.LONG_WEEKDAY -> out.raw(TimeNames.LONG_WEEKDAYS[time.weekday()]);
        case TimeLayout.WEEKDAY -> out.raw(TimeNames.WEEKDAYS[time.weekday()]);
        case TimeLayout.MONTH_NAME -> out.raw(TimeNames.MONTHS[time.month - 1]);
        case TimeLayout.YEAR -> year(time.year, out);
        case TimeLayout.SHORT_YEAR -> out.digits((int) Math.floorMod(time.year, 100L), 2);
        case TimeLayout.MONTH -> out.digits(time.month, 2);
        case TimeLayout.DAY -> out.digits(time.day, 2);
        case TimeLayout.PADDED_DAY -> paddedDay(time.day, out);
        case TimeLayout.HOUR -> out.digits(time.hour, 2);
        case TimeLayout.HOUR_OF_TWELVE -> hourOfTwelve(time.hour, out);
        case TimeLayout.HALF_OF_DAY -> halfOfDay(time.hour, out);
        case TimeLayout.MINUTE -> out.digits(time.minute, 2);
        case TimeLayout.SECOND -> out.digits(time.second, 2);
        case TimeLayout.FRACTION -> fraction(time.nanos, layout.digits[i], out);
        case TimeLayout.TRIMMED_FRACTION -> trimmedFraction(time.nanos, layout.digits[i], out);
        case TimeLayout.ZONE_NAME -> out.raw(zoneName);
        default -> offset(elements[i], offsetSeconds, out);
      }
    }
  }

  private static void year(long year, JsonBuffer out) {
    if (year < 0) {
      out.raw('-');
    }
    int absolute = (int) Math.abs(year);
    out.digits(absolute, absolute > 9999 ? 5 : 4);
  }

  private static void paddedDay(int day, JsonBuffer out) {
    if (day < 10) {
      out.raw(' ');
    }
    out.digits(day, day < 10 ? 1 : 2);
  }

  private static void hourOfTwelve(int hour, JsonBuffer out) {
    int ofTwelve = hour % 12 == 0 ? 12 : hour % 12;
    out.digits(ofTwelve, ofTwelve < 10 ? 1 : 2);
  }

  private static void halfOfDay(int hour, JsonBuffer out) {
    out.raw(hour < 12 ? 'A' : 'P');
    out.raw('M');
  }

  private static void fraction(int nanos, int digits, JsonBuffer out) {
    int value = nanos;
    for (int i = digits; i < 9; i++) {
      value /= 10;
    }
    out.raw('.');
    out.digits(value, digits);
  }

  private static void trimmedFraction(int nanos, int digits, JsonBuffer out) {
    int value = nanos;
    for (int i = digits; i < 9; i++) {
      value /= 10;
    }
    int left = digits;
    while (left > 0 && value % 10 == 0) {
      value /= 10;
      left--;
    }
    if (left > 0) {
      out.raw('.');
      out.digits(value, left);
    }
  }

  private static void offset(int element, int seconds, JsonBuffer out) {
    if (seconds == 0 && element != TimeLayout.OFFSET) {
      out.raw('Z');
      return;
    }
    int minutes = Math.abs(seconds) / 60;
    out.raw(seconds < 0 ? '-' : '+');
    out.digits(minutes / 60, 2);
    if (element == TimeLayout.COLON_OFFSET_OR_Z) {
      out.raw(':');
    }
    out.digits(minutes % 60, 2);
  }
}
