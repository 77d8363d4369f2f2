package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Asks both scanners what a line is, and sees to it that they are of one mind. */
final class BothScanners {
  private static final JsonScanner ANY = new JsonScanner(PlaneBytes.MEMORY);
  private static final LineScanner MANY = new LineScanner(PlaneBytes.MEMORY);

  private BothScanners() {}

  /** Whether a line, which is without its newline, is an object that can be stamped. */
  static boolean isObject(byte[] line) {
    return PlaneBytes.with(
        Arrays.copyOf(line, line.length + 1),
        address -> {
          boolean isObject = ANY.isObject(address, line.length);
          PlaneBytes.MEMORY.put(address + line.length, (byte) '\n');
          compare(line, address, isObject);
          return isObject;
        });
  }

  private static void compare(byte[] line, long address, boolean isObject) {
    MANY.begin(address, address + line.length + 1);
    LineScanner.Kind kind = MANY.nextLine();
    switch (kind) {
      case OBJECT -> {
        assertTrue(isObject && ANY.ownMembers().isEmpty(), "an object for one scanner");
        assertEquals(line.length + 1, MANY.lineLength());
        assertEquals('}', line[MANY.objectLength() - 1]);
        assertEquals("", new String(line, MANY.objectLength(), blanksBehind(line)).strip());
        assertEquals(ANY.isEmpty(), MANY.isEmpty());
      }
      case NO_OBJECT -> assertTrue(!isObject, "no object for one scanner");
      case NOT_WHOLE -> assertTrue(line.length >= LineScanner.WINDOW_BYTES);
      case UNCLEAR -> assertTrue(isUnclear(line, isObject), "needlessly unclear");
    }
  }

  private static int blanksBehind(byte[] line) {
    return line.length - MANY.objectLength();
  }

  /**
   * What is not clear has blanks in front, an escape in a name, a name of the stamp's, or depth.
   */
  private static boolean isUnclear(byte[] line, boolean isObject) {
    boolean blank = line.length == 0 || line[0] >= 0 && line[0] <= ' ';
    boolean deep = new String(line).chars().filter(c -> c == '{' || c == '[').count() > Long.SIZE;
    boolean own = new String(line).matches("(?s).*(service|stage|logged).*");
    boolean escape = new String(line).indexOf('\\') >= 0;
    return blank || deep || own || escape;
  }
}
