package dev.gatun.pattern;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where text ceases to be printable ASCII without quotes and backslashes, eight bytes at a
 * time. A class of its own: it is not loaded before the first line is converted.
 */
final class PlainText {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A byte in each of eight. */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGH_BITS = ONES << 7;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long QUOTE_FLIPS = ONES * 2;
  private static final long TO_QUOTE = ONES * (('"' ^ 2) + 1);

  private PlainText() {}

  /**
   * The first place from {@code from} whose byte is something else, or {@code to}. With a bit
   * flipped the quote is next to the control characters, so that one subtraction finds all of them.
   */
  static int end(byte[] text, int from, int to) {
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long eight = (long) EIGHT.get(text, at);
      long flipped = eight ^ QUOTE_FLIPS;
      long backslash = eight ^ BACKSLASHES;
      long special =
          (flipped - TO_QUOTE & ~flipped | backslash - ONES & ~backslash | eight) & HIGH_BITS;
      if (special != 0) {
        break;
      }
    }
    while (at < to && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
      at++;
    }
    return at;
  }
}
