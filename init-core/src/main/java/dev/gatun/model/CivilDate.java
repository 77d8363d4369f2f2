package dev.gatun.model;

/** A day of the proleptic Gregorian calendar. */
public record CivilDate(long year, int month, int day) {
  private static final int DAYS_IN_ERA = 146_097;
  private static final int DAYS_FROM_0000_03_01_TO_1970 = 719_468;

  /** The day that is so many days after 1970-01-01. Years are begun in March meanwhile. */
  public static CivilDate ofEpochDay(long epochDay) {
    long days = epochDay + DAYS_FROM_0000_03_01_TO_1970;
    long era = Math.floorDiv(days, DAYS_IN_ERA);
    int dayOfEra = (int) Math.floorMod(days, (long) DAYS_IN_ERA);
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_IN_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return new CivilDate(year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
  }

  /** Days from 1970-01-01. Years begin in March here, so that the leap day comes last. */
  public static long epochDay(long year, int month, int day) {
    long years = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(years, 400);
    long yearOfEra = years - era * 400;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_IN_ERA + dayOfEra - DAYS_FROM_0000_03_01_TO_1970;
  }
}
