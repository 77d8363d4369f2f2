package dev.gatun.model;

import java.nio.charset.StandardCharsets;

/**
 * What text becomes inside a JSON string.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7</a>
 */
public final class JsonEscape {
  /** The most bytes that stand for one ASCII character: {@code \u0000}. */
  public static final int LONGEST_BYTES = 6;

  private static final int ASCII = 0x80;
  private static final byte[][] FORMS = new byte[ASCII][];

  static {
    for (int value = 0; value < ASCII; value++) {
      FORMS[value] = form(value);
    }
  }

  private JsonEscape() {}

  private static byte[] form(int value) {
    byte plain = (byte) value;
    if (value == '"' || value == '\\') {
      return new byte[] {'\\', plain};
    }
    if (value >= ' ') {
      return new byte[] {plain};
    }
    byte last = (byte) Character.forDigit(value & 15, 16);
    return new byte[] {'\\', 'u', '0', '0', (byte) ('0' + (value >> 4)), last};
  }

  /**
   * The bytes that stand for an ASCII character: most often itself. They are not to be changed.
   *
   * @param value from 0 to 127
   */
  public static byte[] ascii(int value) {
    return FORMS[value];
  }

  /** The text as UTF-8 with what has to be escaped escaped; halves of characters become '?'. */
  public static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (byte value : bytes) {
      length += value < 0 ? 1 : FORMS[value].length;
    }
    byte[] escaped = new byte[length];
    int at = 0;
    for (byte value : bytes) {
      if (value < 0) {
        escaped[at++] = value;
      } else {
        for (byte each : FORMS[value]) {
          escaped[at++] = each;
        }
      }
    }
    return escaped;
  }
}
