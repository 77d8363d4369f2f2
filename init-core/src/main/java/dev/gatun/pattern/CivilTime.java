package dev.gatun.pattern;

import dev.gatun.model.CivilDate;

/**
 * A time on the calendar and the clock, in the proleptic Gregorian calendar, and how it is counted
 * in seconds since 1970-01-01.
 */
final class CivilTime {
  static final int SECONDS_A_DAY = 86_400;

  long year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int nanos;

  static int daysIn(long year, int month) {
    return (int)
        (CivilDate.epochDay(month == 12 ? year + 1 : year, month % 12 + 1, 1)
            - CivilDate.epochDay(year, month, 1));
  }

  /** Seconds from 1970-01-01, as if the time were UTC. */
  long seconds() {
    return CivilDate.epochDay(year, month, day) * SECONDS_A_DAY
        + hour * 3600
        + minute * 60
        + second;
  }

  /** Becomes the time that is so many seconds from 1970-01-01. */
  void set(long seconds, int newNanos) {
    CivilDate date = CivilDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
    year = date.year();
    month = date.month();
    day = date.day();
    int ofDay = (int) Math.floorMod(seconds, (long) SECONDS_A_DAY);
    hour = ofDay / 3600;
    minute = ofDay / 60 % 60;
    second = ofDay % 60;
    nanos = newNanos;
  }

  /** The day of the week, Sunday is 0. */
  int weekday() {
    return (int) Math.floorMod(CivilDate.epochDay(year, month, day) + 4, 7L);
  }
}
