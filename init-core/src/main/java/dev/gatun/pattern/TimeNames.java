package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;

/** The names of months and weekdays, which are English in logs. */
final class TimeNames {
  static final byte[][] MONTHS =
      bytes("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
  static final byte[][] LONG_WEEKDAYS =
      bytes("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
  static final byte[][] WEEKDAYS = bytes("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat");

  private TimeNames() {}

  private static byte[][] bytes(String... names) {
    byte[][] bytes = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      bytes[i] = names[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  /** Which of the names the text begins with, in whatever case; negative when with none. */
  static int find(byte[][] names, byte[] text, int at, int end) {
    for (int i = 0; i < names.length; i++) {
      if (isAt(names[i], text, at, end)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] name, byte[] text, int at, int end) {
    if (end - at < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      int letter = text[at + i] | 0x20;
      if (letter != (name[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
