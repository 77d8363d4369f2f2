package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a range of memory byte by byte, through a window on the heap that is moved along: bytes of
 * an array are cheaper to get than those outside the heap, and eight at a time where they are text.
 * The state is open to those who extend it, for a call a byte would be too many.
 */
abstract class ByteWindow {
  static final int WINDOW_BYTES = 16 * 1024;

  static final int END = -1;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A byte in each of eight. */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGH_BITS = ONES << 7;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long QUOTE_FLIPS = ONES * 2;
  private static final long TO_QUOTE = ONES * (('"' ^ 2) + 1);

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

  /** Goes to the beginning of a range of lines. */
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
   * Goes on to the first byte that is a quote, a backslash, a control character or no ASCII, or at
   * least to the last seven of the window. Of each eight, the high bits of such bytes are set, up
   * to the first; what is above may be wrong. With a bit flipped the quote is next to the control
   * characters, so that one subtraction finds all of them.
   *
   * <p>Written out in one piece: the first compiler of HotSpot would not put it together.
   */
  final void skipPlainText() {
    byte[] bytes = window;
    int last = filled - Long.BYTES;
    int from = at;
    for (; from <= last; from += Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, from);
      long flipped = eight ^ QUOTE_FLIPS;
      long backslash = eight ^ BACKSLASHES;
      long special =
          (flipped - TO_QUOTE & ~flipped | backslash - ONES & ~backslash | eight) & HIGH_BITS;
      if (special != 0) {
        long plain = special - 1 & ~special & ONES;
        from += (int) (plain * ONES >>> 56) - 1;
        break;
      }
    }
    at = from;
  }
}
