package dev.gatun.output;

import java.nio.charset.StandardCharsets;

/** An instant as RFC 3339 in UTC with milliseconds: {@code 2026-11-22T08:09:10.123Z}. */
final class Timestamp {
  static final int LENGTH = 24;

  private static final long MILLIS_A_DAY = 86_400_000;
  private static final int DAYS_IN_ERA = 146_097;
  private static final int DAYS_FROM_0000_03_01_TO_1970 = 719_468;

  private final byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
  private long millis = Long.MIN_VALUE;
  private long day = Long.MIN_VALUE;

  /** Sets the instant; true when the text has changed. */
  boolean set(long epochMillis) {
    if (epochMillis == millis) {
      return false;
    }
    millis = epochMillis;
    long newDay = Math.floorDiv(epochMillis, MILLIS_A_DAY);
    if (newDay != day) {
      day = newDay;
      putDate(newDay);
    }
    putTime((int) Math.floorMod(epochMillis, MILLIS_A_DAY));
    return true;
  }

  long epochMillis() {
    return millis;
  }

  /** The text; valid until the next {@link #set}. */
  byte[] text() {
    return text;
  }

  /** Days to year, month and day in the proleptic Gregorian calendar, with years begun in March. */
  private void putDate(long epochDay) {
    long days = epochDay + DAYS_FROM_0000_03_01_TO_1970;
    long era = Math.floorDiv(days, DAYS_IN_ERA);
    int dayOfEra = (int) Math.floorMod(days, (long) DAYS_IN_ERA);
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_IN_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    put(0, 4, (int) year);
    put(5, 2, month);
    put(8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  }

  private void putTime(int millisOfDay) {
    put(11, 2, millisOfDay / 3_600_000);
    put(14, 2, millisOfDay / 60_000 % 60);
    put(17, 2, millisOfDay / 1000 % 60);
    put(20, 3, millisOfDay % 1000);
  }

  private void put(int at, int digits, int value) {
    int rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
