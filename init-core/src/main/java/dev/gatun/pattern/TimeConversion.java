package dev.gatun.pattern;

import java.util.Arrays;

/** Reads times in one layout and writes them in another one. */
final class TimeConversion extends Conversion {
  private final String layoutName;
  private final TimeLayout layout;
  private final TimeReader reader;
  private final TimeWriter writer;
  private final ZoneClock zone;
  private final ZoneClock newZone;
  private final boolean namesZone;
  private final boolean isWholeDate;
  private final CivilTime today = new CivilTime();
  private final CivilTime written = new CivilTime();
  private long nowSecond;

  /** The lines of one second have one time: what was read last, and what became of it. */
  private byte[] lastRead = new byte[0];

  private final JsonBuffer lastWritten = new JsonBuffer();

  /**
   * @param zone that of times that do not tell theirs
   * @param newZone that of what is written
   */
  TimeConversion(
      String layoutName,
      TimeLayout layout,
      TimeLayout newLayout,
      ZoneClock newZone,
      ZoneClock zone) {
    this.layoutName = layoutName;
    this.layout = layout;
    this.reader = new TimeReader(layout);
    this.writer = new TimeWriter(newLayout);
    this.zone = zone;
    this.newZone = newZone;
    this.namesZone = newLayout.has(TimeLayout.ZONE_NAME);
    this.isWholeDate = layout.hasYear() && layout.hasMonth() && layout.hasDay();
    if (namesZone) {
      newZone.learnNames();
    }
  }

  @Override
  void setNow(long epochMillis) {
    nowSecond = Math.floorDiv(epochMillis, 1000);
  }

  @Override
  boolean write(byte[] text, int begin, int end, JsonBuffer out) {
    if (isWholeDate && Arrays.equals(text, begin, end, lastRead, 0, lastRead.length)) {
      out.raw(lastWritten.bytes, 0, lastWritten.length);
      return lastWritten.length > 0;
    }
    int mark = out.length;
    boolean isTime = convert(text, begin, end, out);
    lastRead = Arrays.copyOfRange(text, begin, end);
    lastWritten.clear();
    if (isTime) {
      lastWritten.raw(out.bytes, mark, out.length);
    }
    return isTime;
  }

  private boolean convert(byte[] text, int begin, int end, JsonBuffer out) {
    if (!reader.read(text, begin, end)) {
      return false;
    }
    fillIn();
    long second = reader.time.seconds();
    if (reader.offsetSeconds != TimeReader.NO_OFFSET) {
      second -= reader.offsetSeconds;
    } else if (reader.zoneBegin >= 0) {
      int offset = ZoneAbbreviations.offset(text, reader.zoneBegin, reader.zoneEnd, zone, second);
      if (offset == ZoneAbbreviations.UNKNOWN) {
        return false;
      }
      second -= offset;
    } else {
      second = zone.epochSecond(second);
    }
    int newOffset = newZone.offsetAt(second);
    written.set(second + newOffset, reader.time.nanos);
    out.raw('"');
    writer.write(written, newOffset, namesZone ? newZone.nameAt(second) : null, out);
    out.raw('"');
    return true;
  }

  /** What the layout does not have is today's. */
  private void fillIn() {
    if (isWholeDate) {
      return;
    }
    today.set(nowSecond + zone.offsetAt(nowSecond), 0);
    CivilTime time = reader.time;
    time.year = layout.hasYear() ? time.year : today.year;
    time.month = layout.hasMonth() ? time.month : today.month;
    time.day = layout.hasDay() ? time.day : today.day;
  }

  @Override
  boolean givesText() {
    return true;
  }

  @Override
  String problem() {
    return "is no time of the layout " + layoutName;
  }
}
