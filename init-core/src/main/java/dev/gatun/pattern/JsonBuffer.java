package dev.gatun.pattern;

import dev.gatun.model.JsonEscape;
import java.util.Arrays;

/** JSON as it is put together, in bytes that grow as they must. */
final class JsonBuffer {
  private static final int KEPT_BYTES = 64 * 1024;
  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  byte[] bytes = new byte[1024];
  int length;

  /** Forgets what is in it, and gives back what a very long line has taken. */
  void clear() {
    length = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[KEPT_BYTES];
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  void raw(char value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  void raw(byte[] value) {
    raw(value, 0, value.length);
  }

  void raw(byte[] value, int begin, int end) {
    ensure(end - begin);
    System.arraycopy(value, begin, bytes, length, end - begin);
    length += end - begin;
  }

  /** A number, with zeros in front. */
  void digits(int value, int count) {
    ensure(count);
    int rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /** A string of bytes that should be UTF-8; what is not becomes U+FFFD. */
  void text(byte[] value, int begin, int end) {
    ensure(JsonEscape.LONGEST_BYTES * (end - begin) + 2);
    // There is room for the longest, so that these bytes stay the same ones.
    byte[] to = bytes;
    to[length++] = '"';
    int from = begin;
    while (from < end) {
      int plain = PlainText.end(value, from, end);
      if (plain > from) {
        System.arraycopy(value, from, to, length, plain - from);
        length += plain - from;
        from = plain;
      }
      if (from < end) {
        from += unusual(value, from, end);
      }
    }
    to[length++] = '"';
  }

  /** How many bytes it took. */
  private int unusual(byte[] value, int from, int end) {
    if (value[from] >= 0) {
      raw(JsonEscape.ascii(value[from]));
      return 1;
    }
    int width = Utf8.sequence(value, from, end);
    if (width == 0) {
      raw(REPLACEMENT);
    } else {
      raw(value, from, from + width);
    }
    return Math.max(width, 1);
  }
}
