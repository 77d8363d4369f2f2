package dev.gatun.pattern;

/**
 * A time on the calendar and the clock, in the proleptic Gregorian calendar, and how it is counted
 * in seconds since 1970-01-01.
 */
final class CivilTime {
  static final int SECONDS_A_DAY = 86_400;

  private static final int DAYS_IN_ERA = 146_097;
  private static final int DAYS_FROM_0000_03_01_TO_1970 = 719_468;

  long year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int nanos;

  /** Days from 1970-01-01. Years begin in March here, so that the leap day comes last. */
  static long days(long year, int month, int day) {
    long years = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(years, 400);
    long yearOfEra = years - era * 400;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_IN_ERA + dayOfEra - DAYS_FROM_0000_03_01_TO_1970;
  }

  static int daysIn(long year, int month) {
    return (int) (days(month == 12 ? year + 1 : year, month % 12 + 1, 1) - days(year, month, 1));
  }

  /** Seconds from 1970-01-01, as if the time were UTC. */
  long seconds() {
    return days(year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60 + second;
  }

  /** Becomes the time that is so many seconds from 1970-01-01. */
  void set(long seconds, int newNanos) {
    setDate(Math.floorDiv(seconds, SECONDS_A_DAY));
    int ofDay = (int) Math.floorMod(seconds, (long) SECONDS_A_DAY);
    hour = ofDay / 3600;
    minute = ofDay / 60 % 60;
    second = ofDay % 60;
    nanos = newNanos;
  }

  private void setDate(long epochDay) {
    long days = epochDay + DAYS_FROM_0000_03_01_TO_1970;
    long era = Math.floorDiv(days, DAYS_IN_ERA);
    int dayOfEra = (int) Math.floorMod(days, (long) DAYS_IN_ERA);
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_IN_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
  }

  /** The day of the week, Sunday is 0. */
  int weekday() {
    return (int) Math.floorMod(days(year, month, day) + 4, 7L);
  }
}
