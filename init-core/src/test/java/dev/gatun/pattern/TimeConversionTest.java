package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeConversionTest {
  /** What java.time calls the layouts, all but the names of zones. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("ANSIC", "EEE MMM ppd HH:mm:ss uuuu"),
          Map.entry("RubyDate", "EEE MMM dd HH:mm:ss xx uuuu"),
          Map.entry("RFC822Z", "dd MMM yy HH:mm xx"),
          Map.entry("RFC1123Z", "EEE, dd MMM uuuu HH:mm:ss xx"),
          Map.entry("RFC3339", "uuuu-MM-dd'T'HH:mm:ssXXX"),
          Map.entry("RFC3339Milli", "uuuu-MM-dd'T'HH:mm:ss.SSSXXX"),
          Map.entry("RFC3339Micro", "uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX"),
          Map.entry("RFC3339NanoZeros", "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX"),
          Map.entry("Kitchen", "h:mma"),
          Map.entry("Stamp", "MMM ppd HH:mm:ss"),
          Map.entry("StampMilli", "MMM ppd HH:mm:ss.SSS"),
          Map.entry("StampMicro", "MMM ppd HH:mm:ss.SSSSSS"),
          Map.entry("StampNano", "MMM ppd HH:mm:ss.SSSSSSSSS"),
          Map.entry("DateTime", "uuuu-MM-dd HH:mm:ss"),
          Map.entry("DateOnly", "uuuu-MM-dd"),
          Map.entry("TimeOnly", "HH:mm:ss"),
          Map.entry("Nginx", "dd/MMM/uuuu:HH:mm:ss xx"),
          Map.entry("LogDateTime", "uuuu/MM/dd HH:mm:ss"),
          Map.entry("LogDateOnly", "uuuu/MM/dd"),
          Map.entry("LogDateTimeMicroseconds", "uuuu/MM/dd HH:mm:ss.SSSSSS"),
          Map.entry("LogTimeMicroseconds", "HH:mm:ss.SSSSSS"),
          Map.entry("ISO8601", "uuuu-MM-dd'T'HH:mm:ssXX"),
          Map.entry("ISO8601Milli", "uuuu-MM-dd'T'HH:mm:ss.SSSXX"),
          Map.entry("ISO8601Micro", "uuuu-MM-dd'T'HH:mm:ss.SSSSSSXX"),
          Map.entry("ISO8601NanoZeros", "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXX"),
          Map.entry("DateTimeMilli", "uuuu-MM-dd HH:mm:ss.SSS"),
          Map.entry("DayMonthTime", "ppd MMM HH:mm:ss"),
          Map.entry("DayMonthTimeMilli", "ppd MMM HH:mm:ss.SSS"),
          Map.entry("WeekDayMonthDayTime", "EEE MMM ppd HH:mm:ss"),
          Map.entry("WeekDayMonthDayTimeMilli", "EEE MMM ppd HH:mm:ss.SSS"),
          Map.entry("DayMonthYearTime", "ppd MMM uuuu HH:mm:ss"),
          Map.entry("DayMonthYearTimeMilli", "ppd MMM uuuu HH:mm:ss.SSS"),
          Map.entry("MonthDayTime", "MMM ppd HH:mm:ss"));

  private static final List<String> ZONES =
      List.of("UTC", "Europe_Ljubljana", "America_New_York", "Asia_Kolkata", "Pacific_Chatham");

  private static DateTimeFormatter formatter(String layout) {
    return DateTimeFormatter.ofPattern(FORMATS.get(layout), Locale.ENGLISH);
  }

  private static ZoneId zone(String name) {
    return ZoneId.of(name.replaceFirst("_", "/"));
  }

  private static Conversion conversion(String... arguments) {
    try {
      return TimeOperator.read(List.of(arguments), 0);
    } catch (OperatorException e) {
      throw new AssertionError(e);
    }
  }

  /** Without its quotes, or empty when it is refused. */
  private static String converted(Conversion conversion, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonBuffer out = new JsonBuffer();
    conversion.setNow(Converted.NOW.toEpochMilli());
    boolean isTime = conversion.write(bytes, 0, bytes.length, out);
    return isTime ? new String(out.bytes, 1, out.length - 2, StandardCharsets.US_ASCII) : "";
  }

  @Provide
  Arbitrary<String> layouts() {
    return Arbitraries.of(FORMATS.keySet());
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(ZONES);
  }

  /** From 1970 to 2068: two digits of a year are enough to know it. */
  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(0, 3_092_601_599_999_999L)
        .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  @Property(tries = 2000)
  void times_are_written_as_java_time_writes_them(
      @ForAll("instants") Instant instant,
      @ForAll("layouts") String layout,
      @ForAll("zones") String zone) {
    String text = formatter("RFC3339NanoZeros").format(instant.atOffset(ZoneOffset.ofHours(-3)));
    assertEquals(
        formatter(layout).format(instant.atZone(zone(zone))),
        converted(conversion("RFC3339Nano", layout, zone), text));
  }

  /** What a layout does not have comes from the day on which it is read. */
  @Property(tries = 2000)
  void times_are_read_as_java_time_wrote_them(
      @ForAll("instants") Instant instant,
      @ForAll("layouts") String layout,
      @ForAll("zones") String zone) {
    ZonedDateTime time = instant.atZone(zone(zone));
    boolean hasSeconds = FORMATS.get(layout).contains("ss");
    boolean hasTime = FORMATS.get(layout).contains("mm");
    boolean hasYear = FORMATS.get(layout).contains("uu") || FORMATS.get(layout).contains("yy");
    boolean hasDate = FORMATS.get(layout).contains("d");
    if (layout.equals("Kitchen") || layout.endsWith("Only") || !hasSeconds || !hasYear) {
      LocalDateTime now = LocalDateTime.ofInstant(Converted.NOW, zone(zone));
      time = time.truncatedTo(hasSeconds ? ChronoUnit.NANOS : ChronoUnit.MINUTES);
      LocalDateTime local = hasTime ? time.toLocalDateTime() : time.toLocalDate().atStartOfDay();
      if (!hasDate) {
        local = now.toLocalDate().atTime(local.toLocalTime());
      } else if (!hasYear) {
        local = local.withDayOfMonth(Math.min(28, local.getDayOfMonth())).withYear(now.getYear());
      }
      time = local.atZone(zone(zone));
    }
    String text = formatter(layout).format(time);
    ChronoUnit unit =
        text.contains(".") && FORMATS.get(layout).contains("SSSSSS")
            ? ChronoUnit.MICROS
            : FORMATS.get(layout).contains("SSS") ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
    Instant expected = time.toInstant().truncatedTo(unit);
    ZoneRules rules = zone(zone).getRules();
    String read = converted(conversion(layout, "RFC3339Nano", "UTC", zone), text);
    boolean isClear = rules.getValidOffsets(time.toLocalDateTime()).size() == 1;
    if (isClear || FORMATS.get(layout).contains("x") || FORMATS.get(layout).contains("X")) {
      assertEquals(expected, Instant.parse(read), text);
    } else {
      assertTrue(
          ChronoUnit.HOURS.between(expected, Instant.parse(read)) <= 1, text + " as " + read);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "Nginx        ; 13/Jun/2023:13:15:13 +0200         ; 2023-06-13T11:15:13Z",
        "Nginx        ; 13/jUN/2023:3:15:13.25 -0030       ; 2023-06-13T03:45:13.25Z",
        "Nginx        ; 13/Jun/2023:13:15:13   +0200       ; 2023-06-13T11:15:13Z",
        "UnixDate     ; Fri Jun  9 22:21:17 CEST 2023      ; 2023-06-09T20:21:17Z",
        "UnixDate     ; Fri Jun 09 22:21:17 UTC 2023       ; 2023-06-09T22:21:17Z",
        "RFC850       ; Monday, 02-Jan-06 15:04:05 MST     ; 2006-01-02T22:04:05Z",
        "RFC850       ; Monday, 02-Jan-69 15:04:05 GMT     ; 1969-01-02T15:04:05Z",
        "RFC1123      ; Mon, 02 Jan 2006 15:04:05 GMT+2    ; 2006-01-02T13:04:05Z",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 CET       ; 2026-01-02T14:04:05.123Z",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 +03       ; 2026-01-02T12:04:05.123Z",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 WITA      ; 2026-01-02T07:04:05.123Z",
        "RFC3339      ; '2026-01-02T15:04:05,123456789999Z' ; 2026-01-02T15:04:05.123456789Z",
        "RFC3339      ; 2026-01-02T15:04:05+23:59          ; 2026-01-01T15:05:05Z",
        "DateOnly     ; 2024-02-29                         ; 2024-02-29T00:00:00Z",
        "Kitchen      ; 12:05AM                            ; 2026-11-22T00:05:00Z",
        "Kitchen      ; 12:05PM                            ; 2026-11-22T12:05:00Z",
        "TimeOnly     ; 1:02:03                            ; 2026-11-22T01:02:03Z",
        "Stamp        ; Feb 29 01:02:03                    ; 2026-03-01T01:02:03Z"
      })
  void a_time_is_read(String layout, String text, String expected) {
    assertEquals(expected, converted(conversion(layout, "RFC3339Nano", "UTC", "UTC"), text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "Nginx         ; ''",
        "Nginx         ; 13/Jun/2023:13:15:13",
        "Nginx         ; 13/Jun/2023:13:15:13 +0200x",
        "Nginx         ; 31/Jun/2023:13:15:13 +0200",
        "Nginx         ; 00/Jun/2023:13:15:13 +0200",
        "Nginx         ; 13/Jux/2023:13:15:13 +0200",
        "Nginx         ; 13/Jun/2023:24:15:13 +0200",
        "Nginx         ; 13/Jun/2023:13:60:13 +0200",
        "Nginx         ; 13/Jun/2023:13:15:60 +0200",
        "Nginx         ; 13/Jun/2023:13:15:13 +2500",
        "Nginx         ; 13/Jun/2023:13:15:13 +0061",
        "Nginx         ; 13/Jun/2023:13:15:13 0200",
        "Nginx         ; 3/Jun/2023:13:15:13 +0200",
        "DateOnly      ; 2023-02-29",
        "DateOnly      ; 2023-13-01",
        "DateTimeMilli ; 2023-01-01 00:00:00",
        "DateTimeMilli ; 2023-01-01 00:00:00.12",
        "DateTimeMilli ; 2023-01-01 00:00:00.1234",
        "Kitchen       ; 13:05PM",
        "Kitchen       ; 1:05pm",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 XYZ",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 cet",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 +24",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 ABCDEFGT",
        "LogPostgreSQL ; 2026-01-02 15:04:05.123 "
      })
  void what_is_no_time_of_the_layout_is_refused(String layout, String text) {
    assertEquals("", converted(conversion(layout), text));
  }

  /** Letters are not unique: the zone in which times are read decides. */
  @ParameterizedTest
  @CsvSource({
    "America_Chicago,  CST, 21:04:05",
    "Asia_Shanghai,    CST, 07:04:05",
    "UTC,              CST, 21:04:05",
    "Asia_Jerusalem,   IST, 13:04:05",
    "Asia_Kolkata,     IST, 09:34:05",
    "Europe_London,    BST, 14:04:05",
    "Europe_Ljubljana, EST, 20:04:05"
  })
  void letters_of_a_zone_mean_what_the_zone_knows(String zone, String letters, String time) {
    Conversion conversion = conversion("UnixDate", "TimeOnly", "UTC", zone);
    assertEquals(time, converted(conversion, "Mon Jul  6 15:04:05 " + letters + " 2026"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,               Mon Jul  6 15:04:05 UTC 2026",
    "Europe_Ljubljana,  Mon Jul  6 17:04:05 CEST 2026",
    "America_Sao_Paulo, Mon Jul  6 12:04:05 BRT 2026",
    "Asia_Kolkata,      Mon Jul  6 20:34:05 IST 2026",
    "EST,               Mon Jul  6 10:04:05 EST 2026"
  })
  void a_zone_is_called_by_its_letters_or_by_its_offset(String zone, String expected) {
    String read = converted(conversion("RFC3339", "UnixDate", zone), "2026-07-06T15:04:05Z");
    assertTrue(
        read.equals(expected) || read.equals(expected.replace("BRT", "-03").replace("EST", "-05")),
        read);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-06T15:04:05.120300000Z, 2026-07-06T15:04:05.1203Z",
    "2026-07-06T15:04:05.000000000Z, 2026-07-06T15:04:05Z",
    "2026-07-06T15:04:05.000000001Z, 2026-07-06T15:04:05.000000001Z"
  })
  void zeros_at_the_end_of_a_fraction_are_not_written(String text, String expected) {
    assertEquals(expected, converted(conversion("RFC3339", "RFC3339Nano"), text));
  }

  /** The clocks of a zone that go back show an hour twice, and one that go forward leave it out. */
  @Test
  void times_that_a_zone_has_twice_or_never_are_times_all_the_same() {
    Conversion conversion = conversion("DateTime", "RFC3339", "UTC", "Europe_Ljubljana");
    assertEquals("2026-03-29T01:30:00Z", converted(conversion, "2026-03-29 02:30:00"));
    assertEquals("2026-10-25T01:30:00Z", converted(conversion, "2026-10-25 02:30:00"));
  }

  @Test
  void the_same_text_again_gives_the_same_again() {
    Conversion conversion = conversion("Nginx", "RFC3339");
    for (int i = 0; i < 2; i++) {
      assertEquals("", converted(conversion, ""));
      assertEquals("", converted(conversion, "x"));
      String text = "13/Jun/2023:13:15:13 +0200";
      assertEquals("2023-06-13T11:15:13Z", converted(conversion, text));
      assertEquals("2023-06-13T11:15:13Z", converted(conversion, text));
    }
  }
}
