package dev.gatun.output;

import dev.gatun.model.CivilDate;
import java.nio.charset.StandardCharsets;

/** An instant as RFC 3339 in UTC with milliseconds: {@code 2026-11-22T08:09:10.123Z}. */
public final class Timestamp {
  static final int LENGTH = 24;

  private static final long MILLIS_A_DAY = 86_400_000;

  private final byte[] text = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
  private long millis = Long.MIN_VALUE;
  private long day = Long.MIN_VALUE;

  /** Sets the instant; true when the text has changed. */
  public boolean set(long epochMillis) {
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
  public byte[] text() {
    return text;
  }

  private void putDate(long epochDay) {
    CivilDate date = CivilDate.ofEpochDay(epochDay);
    put(0, 4, (int) date.year());
    put(5, 2, date.month());
    put(8, 2, date.day());
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
