package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimestampTest {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** 0000-01-01 and 9999-12-31, in milliseconds. */
  private static final long FIRST = -62_167_219_200_000L;

  private static final long LAST = 253_402_300_799_999L;

  @Property(tries = 5000)
  void it_is_what_java_time_writes(@ForAll @LongRange(min = FIRST, max = LAST) long millis) {
    assertEquals(RFC_3339.format(Instant.ofEpochMilli(millis)), text(new Timestamp(), millis));
  }

  @Property(tries = 2000)
  void one_that_is_set_again_is_as_a_new_one(
      @ForAll @LongRange(min = 0, max = LAST) long first,
      @ForAll @LongRange(min = -200_000_000, max = 200_000_000) long step) {
    Timestamp used = new Timestamp();
    used.set(first);
    long second = Math.clamp(first + step, FIRST, LAST);
    assertEquals(text(new Timestamp(), second), text(used, second));
  }

  @Test
  void the_days_around_leap_days_are_right() {
    for (int year : new int[] {1900, 1970, 1999, 2000, 2023, 2024, 2100, 2400}) {
      for (String day : new String[] {"-01-01", "-02-28", "-03-01", "-12-31"}) {
        Instant instant = Instant.parse(year + day + "T23:59:59.999Z");
        assertEquals(instant.toString(), text(new Timestamp(), instant.toEpochMilli()));
        Instant next = instant.plusMillis(1);
        assertEquals(RFC_3339.format(next), text(new Timestamp(), next.toEpochMilli()));
      }
    }
  }

  @Test
  void the_first_and_the_last_day_of_every_month_of_four_thousand_years_are_right() {
    for (int year = 0; year < 4000; year++) {
      for (int month = 1; month <= 12; month++) {
        LocalDate first = LocalDate.of(year, month, 1);
        LocalDate last = first.plusMonths(1).minusDays(1);
        for (LocalDate day : List.of(first, last)) {
          long millis = day.toEpochDay() * 86_400_000;
          assertEquals(day.toString(), text(new Timestamp(), millis).substring(0, 10));
        }
      }
    }
  }

  @Test
  void it_says_whether_it_has_changed() {
    Timestamp time = new Timestamp();
    assertTrue(time.set(5));
    assertFalse(time.set(5));
    assertTrue(time.set(6));
  }

  private static String text(Timestamp time, long millis) {
    time.set(millis);
    return new String(time.text(), StandardCharsets.US_ASCII);
  }
}
