package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;
import java.util.TimeZone;

/** How far a zone is from UTC, and how it is called then. */
final class ZoneClock {
  private static final byte[] UTC_NAME = "UTC".getBytes(StandardCharsets.US_ASCII);
  private static final String GMT = "GMT";

  /** Where nothing but UTC is needed, no rules of zones are loaded. */
  static final ZoneClock UTC = new ZoneClock(null);

  private final ZoneId zone;
  private final ZoneRules rules;
  private byte[] standardName = UTC_NAME;
  private byte[] summerName = UTC_NAME;

  /** The seconds between which the offset is known. */
  private long from;

  private long to;
  private int offset;

  private ZoneClock(ZoneId zone) {
    this.zone = zone;
    this.rules = zone == null ? null : zone.getRules();
    if (zone == null) {
      from = Long.MIN_VALUE;
      to = Long.MAX_VALUE;
    }
  }

  /** The zone of the container: that of TZ, or of /etc/localtime. */
  static ZoneClock local() {
    return new ZoneClock(ZoneId.systemDefault());
  }

  /** A zone of the time zone database, UTC, or Local; null when there is none of that name. */
  static ZoneClock named(String name) {
    if (name.isEmpty() || name.equals("UTC")) {
      return UTC;
    }
    if (name.equals("Local")) {
      return local();
    }
    if (ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
      return new ZoneClock(ZoneId.of(name));
    }
    boolean isShort = name.equals("EST") || name.equals("MST") || name.equals("HST");
    return isShort ? new ZoneClock(ZoneId.of(name, ZoneId.SHORT_IDS)) : null;
  }

  /** Seconds from UTC, to the east. */
  int offsetAt(long epochSecond) {
    if (epochSecond < from || epochSecond >= to) {
      find(epochSecond);
    }
    return offset;
  }

  private void find(long epochSecond) {
    Instant instant = Instant.ofEpochSecond(epochSecond);
    offset = rules.getOffset(instant).getTotalSeconds();
    ZoneOffsetTransition next = rules.nextTransition(instant);
    to = next == null ? Long.MAX_VALUE : next.toEpochSecond();
    from = epochSecond;
  }

  /**
   * When the zone's clocks show a time. Of times that they show twice or never it is one of the two
   * that come into question.
   *
   * @param localSecond as if the time were UTC
   */
  long epochSecond(long localSecond) {
    int guess = offsetAt(localSecond);
    return guess == 0 ? localSecond : localSecond - offsetAt(localSecond - guess);
  }

  /** Whether the zone has that offset, in summer or in winter, about then. */
  boolean knows(int offsetSeconds, long epochSecond) {
    if (rules == null) {
      return offsetSeconds == 0;
    }
    Instant instant = Instant.ofEpochSecond(epochSecond);
    int standard = rules.getStandardOffset(instant).getTotalSeconds();
    return offsetSeconds == standard
        || offsetSeconds == offsetAt(epochSecond)
        || !rules.isFixedOffset() && offsetSeconds == standard + 3600;
  }

  /** Looks up how the zone is called, which takes a while. */
  void learnNames() {
    if (zone == null || standardName != UTC_NAME) {
      return;
    }
    TimeZone named = TimeZone.getTimeZone(zone);
    boolean isOffset = zone instanceof ZoneOffset;
    standardName = isOffset ? new byte[0] : name(named, false);
    summerName = isOffset ? new byte[0] : name(named, true);
  }

  /** Empty where the zone has no letters for it: it is then called by its offset. */
  private static byte[] name(TimeZone zone, boolean summer) {
    String name = zone.getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    boolean isNumber = name.startsWith(GMT) && !name.equals(GMT);
    return (isNumber ? "" : name).getBytes(StandardCharsets.US_ASCII);
  }

  /** How the zone is called at that time: letters, or its offset as in +03 or +0530. */
  byte[] nameAt(long epochSecond) {
    if (rules == null) {
      return UTC_NAME;
    }
    boolean isSummer = rules.isDaylightSavings(Instant.ofEpochSecond(epochSecond));
    byte[] name = isSummer ? summerName : standardName;
    return name.length > 0 ? name : offsetName(offsetAt(epochSecond));
  }

  private static byte[] offsetName(int seconds) {
    int minutes = Math.abs(seconds) / 60;
    String sign = seconds < 0 ? "-" : "+";
    String hours = twoDigits(minutes / 60);
    String rest = minutes % 60 == 0 ? "" : twoDigits(minutes % 60);
    return (sign + hours + rest).getBytes(StandardCharsets.US_ASCII);
  }

  private static String twoDigits(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }
}
