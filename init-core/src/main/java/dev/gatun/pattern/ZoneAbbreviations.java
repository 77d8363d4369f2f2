package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Zones by their letters, which are not unique: the zone that a time is read in decides, and where
 * it has none of the offsets, the first.
 */
final class ZoneAbbreviations {
  /** In minutes, to the east. */
  private static final Map<String, int[]> OFFSETS =
      Map.<String, int[]>ofEntries(
          Map.entry("UTC", new int[] {0}),
          Map.entry("GMT", new int[] {0}),
          Map.entry("UCT", new int[] {0}),
          Map.entry("WET", new int[] {0}),
          Map.entry("WEST", new int[] {60}),
          Map.entry("BST", new int[] {60, 360}),
          Map.entry("IST", new int[] {330, 120, 60}),
          Map.entry("CET", new int[] {60}),
          Map.entry("CEST", new int[] {120}),
          Map.entry("MET", new int[] {60}),
          Map.entry("MEST", new int[] {120}),
          Map.entry("EET", new int[] {120}),
          Map.entry("EEST", new int[] {180}),
          Map.entry("IDT", new int[] {180}),
          Map.entry("MSK", new int[] {180}),
          Map.entry("MSD", new int[] {240}),
          Map.entry("SAST", new int[] {120}),
          Map.entry("CAT", new int[] {120}),
          Map.entry("EAT", new int[] {180}),
          Map.entry("WAT", new int[] {60}),
          Map.entry("PKT", new int[] {300}),
          Map.entry("WIB", new int[] {420}),
          Map.entry("WITA", new int[] {480}),
          Map.entry("WIT", new int[] {540}),
          Map.entry("HKT", new int[] {480}),
          Map.entry("PST", new int[] {-480, 480}),
          Map.entry("PDT", new int[] {-420}),
          Map.entry("JST", new int[] {540}),
          Map.entry("KST", new int[] {540}),
          Map.entry("AWST", new int[] {480}),
          Map.entry("ACST", new int[] {570}),
          Map.entry("ACDT", new int[] {630}),
          Map.entry("AEST", new int[] {600}),
          Map.entry("AEDT", new int[] {660}),
          Map.entry("NZST", new int[] {720}),
          Map.entry("NZDT", new int[] {780}),
          Map.entry("SST", new int[] {-660}),
          Map.entry("HST", new int[] {-600}),
          Map.entry("HDT", new int[] {-540}),
          Map.entry("AKST", new int[] {-540}),
          Map.entry("AKDT", new int[] {-480}),
          Map.entry("MST", new int[] {-420}),
          Map.entry("MDT", new int[] {-360}),
          Map.entry("CST", new int[] {-360, 480, -300}),
          Map.entry("CDT", new int[] {-300, -240}),
          Map.entry("EST", new int[] {-300}),
          Map.entry("EDT", new int[] {-240}),
          Map.entry("AST", new int[] {-240}),
          Map.entry("ADT", new int[] {-180}),
          Map.entry("NST", new int[] {-210}),
          Map.entry("NDT", new int[] {-150}));

  static final int UNKNOWN = Integer.MIN_VALUE;

  private ZoneAbbreviations() {}

  /**
   * The offset in seconds that letters, or a number as in +03 or GMT+3, stand for.
   *
   * @param localSecond the time beside it, as if it were UTC
   */
  static int offset(byte[] text, int begin, int end, ZoneClock zone, long localSecond) {
    String name = new String(text, begin, end - begin, StandardCharsets.US_ASCII);
    String number = name.startsWith("GMT") ? name.substring(3) : name;
    if (!number.isEmpty() && (number.charAt(0) == '+' || number.charAt(0) == '-')) {
      return 3600 * Integer.parseInt(number);
    }
    int[] minutes = OFFSETS.get(name);
    if (minutes == null) {
      return UNKNOWN;
    }
    for (int one : minutes) {
      if (zone.knows(60 * one, localSecond - 60L * one)) {
        return 60 * one;
      }
    }
    return 60 * minutes[0];
  }
}
