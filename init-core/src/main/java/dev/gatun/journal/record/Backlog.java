package dev.gatun.journal.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines that have not been written yet. What does not fit is left out as a whole line, so that a
 * reader never sees half of one.
 */
final class Backlog {
  static final int MAX_BYTES = 1024 * 1024;

  private static final byte[] NOTHING = {};
  private static final int FIRST_BYTES = 16 * 1024;
  private static final int MAX_DIGITS = 20;
  private static final long BILLION = 1_000_000_000;
  private static final int BILLION_DIGITS = 9;
  private static final int[] POWERS_OF_TEN = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  /** Rounded up, which is exact enough for 31 bits. */
  private static final long HUNDREDTH_OF_2_TO_37 = 0x51eb851fL;

  /** The two digits of each number below 100. */
  private static final byte[] PAIRS = pairs();

  /**
   * The characters that stand in JSON as they are and are a byte; but for the question mark, which
   * is also what becomes of characters that ISO-8859-1 does not have.
   */
  private static final boolean[] PLAIN = plain();

  private byte[] bytes = new byte[FIRST_BYTES];
  private int from;
  private int to;
  private int committed;
  private boolean tooMuch;

  /** The bytes of whole lines. */
  int size() {
    return committed - from;
  }

  /** The bytes of the line that has been begun. */
  int lineSize() {
    return to - committed;
  }

  /** Ends a line; false when it did not fit and is left out. */
  boolean endLine() {
    write('\n');
    if (tooMuch) {
      dropLine();
      return false;
    }
    committed = to;
    return true;
  }

  void dropLine() {
    to = committed;
    tooMuch = false;
  }

  /** Takes back what was written of the line since it had {@code size} bytes. */
  void cutLine(int size) {
    to = committed + size;
  }

  /**
   * What has been written of the line since it had {@code size} bytes; nothing if it did not fit.
   */
  byte[] copyOfLine(int size) {
    return tooMuch ? NOTHING : Arrays.copyOfRange(bytes, committed + size, to);
  }

  void clear() {
    from = 0;
    to = 0;
    committed = 0;
    tooMuch = false;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where {@link #size} bytes begin in {@link #bytes}. */
  int from() {
    return from;
  }

  void written(int count) {
    from += count;
    if (from == to) {
      clear();
    }
  }

  void write(int value) {
    if (to < bytes.length || makeRoom(1)) {
      bytes[to++] = (byte) value;
    }
  }

  void write(byte[] more) {
    if (hasRoom(more.length)) {
      System.arraycopy(more, 0, bytes, to, more.length);
      to += more.length;
    }
  }

  /** Characters below 128: each is a byte. */
  @SuppressWarnings("deprecation") // It is the one way to copy characters as bytes at once.
  void writeAscii(String text) {
    int length = text.length();
    if (hasRoom(length)) {
      text.getBytes(0, length, bytes, to);
      to += length;
    }
  }

  /** Letters in quotes, with a comma before them and a colon behind them where asked for. */
  @SuppressWarnings("deprecation")
  void writeQuoted(boolean comma, String letters, boolean colon) {
    int length = letters.length();
    if (!hasRoom(length + 4)) {
      return;
    }
    byte[] into = bytes;
    int at = to;
    if (comma) {
      into[at++] = ',';
    }
    into[at++] = '"';
    letters.getBytes(0, length, into, at);
    at += length;
    into[at++] = '"';
    if (colon) {
      into[at++] = ':';
    }
    to = at;
  }

  /**
   * Writes the beginning of a text up to what JSON escapes or is longer than a byte in UTF-8.
   *
   * @return where that is
   */
  int writePlain(String text) {
    byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
    int length = latin1.length == text.length() ? latin1.length : 0;
    int plain = 0;
    while (plain < length && PLAIN[latin1[plain] & 0xff]) {
      plain++;
    }
    if (hasRoom(plain)) {
      System.arraycopy(latin1, 0, bytes, to, plain);
      to += plain;
    }
    return plain;
  }

  void writeNumber(long number) {
    if (number < 0) {
      writeAscii(Long.toString(number));
    } else if (hasRoom(MAX_DIGITS)) {
      writeDigits(number);
    }
  }

  private void writeDigits(long number) {
    if (number < BILLION) {
      put((int) number, digits((int) number));
    } else {
      long high = number / BILLION;
      writeDigits(high);
      put((int) (number - high * BILLION), BILLION_DIGITS);
    }
  }

  private static int digits(int number) {
    int digits = 1;
    while (digits < BILLION_DIGITS && number >= POWERS_OF_TEN[digits]) {
      digits++;
    }
    return digits;
  }

  /**
   * Two digits at a time, and dividing by multiplying: HotSpot's first compiler does not, and there
   * are many numbers.
   */
  private void put(int number, int digits) {
    byte[] into = bytes;
    int rest = number;
    int at = to + digits;
    while (at > to + 1) {
      int hundredth = (int) (rest * HUNDREDTH_OF_2_TO_37 >>> 37);
      int pair = rest - hundredth * 100 << 1;
      into[--at] = PAIRS[pair + 1];
      into[--at] = PAIRS[pair];
      rest = hundredth;
    }
    if (at > to) {
      into[to] = (byte) ('0' + rest);
    }
    to += digits;
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[256];
    for (int c = 0x20; c < 0x7f; c++) {
      plain[c] = c != '"' && c != '\\' && c != '?';
    }
    return plain;
  }

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  private boolean hasRoom(int length) {
    return to + length <= bytes.length || makeRoom(length);
  }

  private boolean makeRoom(int length) {
    if (to - from + length > MAX_BYTES) {
      tooMuch = true;
    }
    if (!tooMuch && to + length > bytes.length) {
      int needed = to - from + length;
      byte[] larger = needed > bytes.length ? new byte[larger(needed)] : bytes;
      System.arraycopy(bytes, from, larger, 0, to - from);
      bytes = larger;
      to -= from;
      committed -= from;
      from = 0;
    }
    return !tooMuch;
  }

  private int larger(int needed) {
    return Math.min(MAX_BYTES, Math.max(needed, 2 * bytes.length));
  }
}
