package dev.gatun.pattern;

/**
 * Reads times in a layout, as Go's time.Parse does: names in any case, a day, an hour of one digit,
 * a fraction of a second where the layout has none.
 */
final class TimeReader {
  static final int NO_OFFSET = Integer.MIN_VALUE;

  private static final int MAX_ZONE_NAME = 6;

  private final TimeLayout layout;

  /** What was read; what the layout does not have is the first of January of the year 0. */
  final CivilTime time = new CivilTime();

  /** In seconds, or {@link #NO_OFFSET}. */
  int offsetSeconds;

  /** Where the name of a zone is, which may be "UTC" or like "GMT+3" or "+03"; or negative. */
  int zoneBegin;

  int zoneEnd;

  private byte[] text;
  private int at;
  private int end;
  private boolean isMorning;
  private boolean isAfternoon;

  TimeReader(TimeLayout layout) {
    this.layout = layout;
  }

  /** Reads a time; false when the text is none of this layout. */
  boolean read(byte[] newText, int begin, int newEnd) {
    text = newText;
    at = begin;
    end = newEnd;
    time.year = 0;
    time.month = 1;
    time.day = 1;
    time.hour = 0;
    time.minute = 0;
    time.second = 0;
    time.nanos = 0;
    offsetSeconds = NO_OFFSET;
    zoneBegin = -1;
    isMorning = false;
    isAfternoon = false;
    int[] elements = layout.elements;
    for (int i = 0; i < elements.length; i++) {
      if (!read(elements[i], i)) {
        return false;
      }
    }
    if (isAfternoon && time.hour < 12) {
      time.hour += 12;
    } else if (isMorning && time.hour == 12) {
      time.hour = 0;
    }
    return at == end && time.day >= 1 && time.day <= CivilTime.daysIn(time.year, time.month);
  }

  private boolean read(int element, int index) {
    return switch (element) {
      case TimeLayout.LITERAL -> literal(layout.literals[index]);
      case TimeLayout.LONG_WEEKDAY -> name(TimeNames.LONG_WEEKDAYS) >= 0;
      case TimeLayout.WEEKDAY -> name(TimeNames.WEEKDAYS) >= 0;
      case TimeLayout.MONTH_NAME -> (time.month = name(TimeNames.MONTHS) + 1) > 0;
      case TimeLayout.YEAR -> (time.year = digits(4)) >= 0;
      case TimeLayout.SHORT_YEAR -> shortYear();
      case TimeLayout.MONTH -> (time.month = digits(2)) >= 1 && time.month <= 12;
      case TimeLayout.DAY -> (time.day = digits(2)) >= 0;
      case TimeLayout.PADDED_DAY -> paddedDay();
      case TimeLayout.HOUR -> (time.hour = oneOrTwoDigits()) >= 0 && time.hour < 24;
      case TimeLayout.HOUR_OF_TWELVE -> (time.hour = oneOrTwoDigits()) >= 0 && time.hour <= 12;
      case TimeLayout.HALF_OF_DAY -> halfOfDay();
      case TimeLayout.MINUTE -> (time.minute = digits(2)) >= 0 && time.minute < 60;
      case TimeLayout.SECOND -> second(index);
      case TimeLayout.FRACTION -> fraction(layout.digits[index]);
      case TimeLayout.TRIMMED_FRACTION -> !fractionIsHere() || fraction(digitsBehindPoint());
      case TimeLayout.ZONE_NAME -> zoneName();
      default -> offset(element);
    };
  }

  /** A blank stands for any number of them, and for none at the end. */
  private boolean literal(byte[] literal) {
    int i = 0;
    while (i < literal.length) {
      if (literal[i] == ' ') {
        if (at < end && text[at] != ' ') {
          return false;
        }
        while (i < literal.length && literal[i] == ' ') {
          i++;
        }
        while (at < end && text[at] == ' ') {
          at++;
        }
      } else if (at < end && text[at] == literal[i]) {
        at++;
        i++;
      } else {
        return false;
      }
    }
    return true;
  }

  private int name(byte[][] names) {
    int found = TimeNames.find(names, text, at, end);
    at += found < 0 ? 0 : names[found].length;
    return found;
  }

  private boolean isDigit(int index) {
    return index < end && text[index] >= '0' && text[index] <= '9';
  }

  /** A number of so many digits, or -1. */
  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigit(at + i)) {
        return -1;
      }
      value = 10 * value + text[at + i] - '0';
    }
    at += count;
    return value;
  }

  private int oneOrTwoDigits() {
    return digits(isDigit(at + 1) ? 2 : 1);
  }

  private boolean shortYear() {
    int value = digits(2);
    time.year = value >= 69 ? 1900 + value : 2000 + value;
    return value >= 0;
  }

  private boolean paddedDay() {
    if (at < end && text[at] == ' ') {
      at++;
    }
    return (time.day = oneOrTwoDigits()) >= 0;
  }

  private boolean halfOfDay() {
    if (end - at < 2 || text[at + 1] != 'M') {
      return false;
    }
    isMorning = text[at] == 'A';
    isAfternoon = text[at] == 'P';
    at += 2;
    return isMorning || isAfternoon;
  }

  /** A fraction may follow where the layout has none. */
  private boolean second(int index) {
    time.second = digits(2);
    if (time.second < 0 || time.second >= 60) {
      return false;
    }
    int next = index + 1 < layout.elements.length ? layout.elements[index + 1] : 0;
    boolean comes = next == TimeLayout.FRACTION || next == TimeLayout.TRIMMED_FRACTION;
    return comes || !fractionIsHere() || fraction(digitsBehindPoint());
  }

  private boolean fractionIsHere() {
    return at < end && (text[at] == '.' || text[at] == ',') && isDigit(at + 1);
  }

  private int digitsBehindPoint() {
    int count = 0;
    while (isDigit(at + 1 + count)) {
      count++;
    }
    return count;
  }

  /** So many digits behind a point or a comma; what is behind the ninth is dropped. */
  private boolean fraction(int count) {
    if (!fractionIsHere()) {
      return false;
    }
    int nanos = 0;
    for (int i = 1; i <= Math.max(count, 9); i++) {
      if (i <= count && !isDigit(at + i)) {
        return false;
      }
      if (i <= 9) {
        nanos = 10 * nanos + (i <= count ? text[at + i] - '0' : 0);
      }
    }
    time.nanos = nanos;
    at += 1 + count;
    return true;
  }

  private boolean offset(int element) {
    if (element != TimeLayout.OFFSET && at < end && text[at] == 'Z') {
      at++;
      offsetSeconds = 0;
      return true;
    }
    if (at >= end || text[at] != '+' && text[at] != '-') {
      return false;
    }
    boolean isWest = text[at++] == '-';
    int hours = digits(2);
    if (element == TimeLayout.COLON_OFFSET_OR_Z && (at >= end || text[at++] != ':')) {
      return false;
    }
    int minutes = digits(2);
    if (hours < 0 || hours > 24 || minutes < 0 || minutes > 60) {
      return false;
    }
    int seconds = hours * 3600 + minutes * 60;
    offsetSeconds = isWest ? -seconds : seconds;
    return true;
  }

  private boolean zoneName() {
    zoneBegin = at;
    at += zoneNameLength();
    zoneEnd = at;
    return zoneEnd > zoneBegin;
  }

  private int zoneNameLength() {
    if (at < end && (text[at] == '+' || text[at] == '-')) {
      return signedHoursLength(at);
    }
    int letters = 0;
    while (letters < MAX_ZONE_NAME && at + letters < end && isUpper(text[at + letters])) {
      letters++;
    }
    if (letters == 3) {
      boolean isGmt = text[at] == 'G' && text[at + 1] == 'M' && text[at + 2] == 'T';
      return isGmt ? 3 + signedHoursLength(at + 3) : 3;
    }
    boolean endsInT = letters > 3 && text[at + letters - 1] == 'T';
    boolean isWita = letters == 4 && text[at] == 'W' && text[at + 3] == 'A';
    return letters < MAX_ZONE_NAME && (endsInT || isWita) ? letters : 0;
  }

  private static boolean isUpper(byte letter) {
    return letter >= 'A' && letter <= 'Z';
  }

  /** Of hours with a sign, at most 23; 0 when there are none. */
  private int signedHoursLength(int from) {
    if (from >= end || text[from] != '+' && text[from] != '-') {
      return 0;
    }
    int hours = 0;
    int i = from + 1;
    while (isDigit(i) && hours < 24) {
      hours = 10 * hours + text[i++] - '0';
    }
    return i == from + 1 || hours > 23 ? 0 : i - from;
  }
}
