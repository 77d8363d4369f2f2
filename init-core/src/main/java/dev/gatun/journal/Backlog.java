package dev.gatun.journal;

import java.io.OutputStream;

/**
 * Lines that have not been written yet. What does not fit is left out as a whole line, so that a
 * reader never sees half of one.
 */
final class Backlog extends OutputStream {
  static final int MAX_BYTES = 1024 * 1024;

  private static final int FIRST_BYTES = 16 * 1024;

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

  @Override
  public void write(int value) {
    if (makeRoom(1)) {
      bytes[to++] = (byte) value;
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    if (makeRoom(length)) {
      System.arraycopy(source, offset, bytes, to, length);
      to += length;
    }
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
