package dev.gatun.output;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text inside a JSON string.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7</a>
 */
final class JsonText {
  private JsonText() {}

  static String escape(String text) {
    byte[] escaped = escape(text.getBytes(StandardCharsets.UTF_8));
    return new String(escaped, StandardCharsets.UTF_8);
  }

  /** Bytes that should be UTF-8; what is not becomes U+FFFD. */
  static byte[] escape(byte[] bytes) {
    byte[] text = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64);
    for (byte value : text) {
      if (value == '"' || value == '\\') {
        out.write('\\');
        out.write(value);
      } else if (value >= 0 && value < 0x20) {
        out.write('\\');
        out.write('u');
        out.write('0');
        out.write('0');
        out.write('0' + (value >> 4));
        out.write(Character.forDigit(value & 15, 16));
      } else {
        out.write(value);
      }
    }
    return out.toByteArray();
  }
}
