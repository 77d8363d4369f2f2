package dev.gatun.journal;

/**
 * Lines that have not been written yet. What does not fit is left out as a whole line, so that a
 * reader never sees half of one.
 */
final class Backlog {
  static final int MAX_BYTES = 1024 * 1024;

  private static final int FIRST_BYTES = 16 * 1024;
  private static final int MAX_DIGITS = 20;

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

  /** Characters below 128: each is a byte. */
  @SuppressWarnings("deprecation") // It is the one way to copy characters as bytes at once.
  void writeAscii(String text) {
    int length = text.length();
    if (makeRoom(length)) {
      text.getBytes(0, length, bytes, to);
      to += length;
    }
  }

  /**
   * Writes the beginning of a text up to what JSON escapes or is longer than a byte in UTF-8.
   *
   * @return where that is
   */
  int writePlain(String text) {
    int length = text.length();
    if (!makeRoom(length)) {
      return length;
    }
    byte[] into = bytes;
    int at = to;
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
        break;
      }
      into[at++] = (byte) c;
    }
    to = at;
    return i;
  }

  void writeNumber(long number) {
    if (number < 0 || !makeRoom(MAX_DIGITS)) {
      writeAscii(Long.toString(number));
      return;
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = to + digits - 1; i >= to; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    to += digits;
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
