package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Reads a range of memory byte by byte, through a window on the heap that is moved along: bytes of
 * an array are cheaper to get than those outside the heap. The state is open to those who extend
 * it, for a call a byte would be too many.
 */
abstract class ByteWindow {
  static final int WINDOW_BYTES = 16 * 1024;

  static final int END = -1;

  private final Memory memory;
  final byte[] window = new byte[WINDOW_BYTES];

  /** What lies behind the window. */
  private long next;

  private long end;
  int at;
  int filled;

  ByteWindow(Memory memory) {
    this.memory = memory;
  }

  /** Goes to the beginning of a range. */
  final void begin(long from, long to) {
    next = from;
    end = to;
    at = 0;
    filled = 0;
  }

  /** The address of the next byte. */
  final long position() {
    return next - filled + at;
  }

  /** The next byte, consumed, or {@link #END}. */
  final int read() {
    return at < filled || fill() ? window[at++] & 0xff : END;
  }

  /** The next byte, or {@link #END}. */
  final int peek() {
    return at < filled || fill() ? window[at] & 0xff : END;
  }

  private boolean fill() {
    if (next == end) {
      return false;
    }
    filled = (int) Math.min(end - next, WINDOW_BYTES);
    memory.get(next, window, filled);
    next += filled;
    at = 0;
    return true;
  }

  /**
   * Goes on to a byte that is a quote, a backslash, a control character or no ASCII, or to the end
   * of the window.
   */
  final void skipPlainText() {
    byte[] bytes = window;
    int from = at;
    int to = filled;
    while (from < to && bytes[from] >= ' ' && bytes[from] != '"' && bytes[from] != '\\') {
      from++;
    }
    at = from;
  }
}
