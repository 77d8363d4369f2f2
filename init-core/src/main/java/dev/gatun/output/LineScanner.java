package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at many lines, each one completely, and tells what they are. It says about a line what
 * {@link JsonScanner} would say, or that this one has to be asked; it is some times as fast.
 *
 * <p>Whole lines are copied to the heap, where HotSpot's first compiler makes good code of loops
 * over bytes. The newline that each of them ends with ends every loop, as it has no place in JSON
 * but between values, so that no byte is compared with the end of the line. What the compiler would
 * not put together by itself is written out in one method, whose state is in local variables.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class LineScanner {
  static final int WINDOW_BYTES = 16 * 1024;

  /** What a line is. */
  enum Kind {
    /** One object that can be stamped. */
    OBJECT,
    /** Something else; not an empty line. */
    NO_OBJECT,
    /** The other scanner knows: it may have members of the stamp's names, or is very deep. */
    UNCLEAR,
    /** The window has no whole line: there is none, or it is too long. */
    NOT_WHOLE
  }

  /** What {@link #object} answers instead of a place. */
  private static final int NONE = -1;

  private static final int ASK = -2;

  /** Levels that have a bit in a long. */
  private static final int MAX_DEPTH = Long.SIZE;

  /** In '{' and '}', and not in '[' and ']'. */
  private static final int BRACE = 0x20;

  private static final int BRACE_SHIFT = 5;

  /** From a bracket to the one that closes it. */
  private static final int CLOSING = '}' - '{';

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** A byte in each of eight. */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGH_BITS = ONES << 7;
  private static final long BACKSLASHES = ONES * '\\';
  private static final long QUOTE_FLIPS = ONES * 2;
  private static final long TO_QUOTE = ONES * (('"' ^ 2) + 1);

  private static final long STAGE = word("stage\"") << 16;
  private static final long LOGGED = word("logged\"") << 8;
  private static final long SERVICE = word("service\"");
  private static final int TRUE = (int) word("true");
  private static final int ALSE = (int) word("alse");
  private static final int NULL = (int) word("null");

  private final Memory memory;

  /** With room behind the last line, as eight bytes are looked at together. */
  private final byte[] window = new byte[WINDOW_BYTES + Long.BYTES];

  /** The address of the window's first byte, and of the end of what is to be looked at. */
  private long base;

  private long end;

  /** Whole lines lie before {@code filled}; the next one begins at {@code next}. */
  private int filled;

  private int next;
  private int objectLength;
  private int lineLength;
  private boolean empty;

  LineScanner(Memory memory) {
    this.memory = memory;
  }

  private static long word(String text) {
    long word = 0;
    for (int i = 0; i < text.length(); i++) {
      word |= (long) text.charAt(i) << Byte.SIZE * i;
    }
    return word;
  }

  /** Goes to the beginning of a range of lines. */
  void begin(long from, long to) {
    base = from;
    end = to;
    filled = 0;
    next = 0;
  }

  /** How long the object is that was found, from the beginning of its line to its last brace. */
  int objectLength() {
    return objectLength;
  }

  /** How long the line is that the object was found in, newline included. */
  int lineLength() {
    return lineLength;
  }

  /** Whether the object that was found has no members. */
  boolean isEmpty() {
    return empty;
  }

  /** Looks at the next line, and goes on behind it if it is an {@link Kind#OBJECT}. */
  Kind nextLine() {
    if (next == filled && !fill()) {
      return Kind.NOT_WHOLE;
    }
    byte[] bytes = window;
    int line = next;
    if (bytes[line] != '{') {
      return bytes[line] >= 0 && bytes[line] <= ' ' ? Kind.UNCLEAR : Kind.NO_OBJECT;
    }
    int behind = object(bytes, line);
    if (behind < 0) {
      return behind == ASK ? Kind.UNCLEAR : Kind.NO_OBJECT;
    }
    int newline = bytes[behind] == '\n' ? behind : skipBlanks(bytes, behind);
    if (bytes[newline] != '\n') {
      return Kind.NO_OBJECT;
    }
    objectLength = behind - line;
    lineLength = newline + 1 - line;
    next = newline + 1;
    return Kind.OBJECT;
  }

  /** Goes on at the line that begins at that address, which is the next but one. */
  void skipTo(long address) {
    next = (int) (address - base);
  }

  private boolean fill() {
    base += filled;
    next = 0;
    int count = (int) Math.min(end - base, WINDOW_BYTES);
    memory.get(base, window, count);
    while (count > 0 && window[count - 1] != '\n') {
      count--;
    }
    filled = count;
    return count > 0;
  }

  private static int skipBlanks(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r') {
      at++;
    }
    return at;
  }

  /**
   * Looks at the object that begins there. Of each eight bytes of a string the high bits of those
   * are set that are a quote, a backslash, a control character or no ASCII, up to the first; what
   * is above may be wrong. With a bit flipped the quote is next to the control characters, so that
   * one subtraction finds all of them.
   *
   * @return the place behind its last brace, {@link #NONE} or {@link #ASK}
   */
  private int object(byte[] bytes, int from) {
    int at = from;
    int depth = 0;
    long braces = 0;
    int closing = 0;
    boolean isName = false;
    empty = false;
    for (; ; ) {
      if (bytes[at] <= ' ') {
        at = skipBlanks(bytes, at);
      }
      int value = bytes[at];
      if (value == '"') {
        int start = ++at;
        for (; ; ) {
          long eight = (long) EIGHT.get(bytes, at);
          long special =
              ((eight ^ QUOTE_FLIPS) - TO_QUOTE | (eight ^ BACKSLASHES) - ONES | eight) & HIGH_BITS;
          if (special == 0) {
            at += Long.BYTES;
            continue;
          }
          at += (int) ((special - 1 & ~special & ONES) * ONES >>> 56) - 1;
          if (bytes[at] == '"') {
            break;
          } else if (depth == 1 && isName && bytes[at] == '\\') {
            return ASK;
          }
          at = skipSpecial(bytes, at);
          if (at < 0) {
            return NONE;
          }
        }
        at++;
        if (isName) {
          if (depth == 1 && isReserved((long) EIGHT.get(bytes, start))) {
            return ASK;
          }
          at = bytes[at] == ':' ? at : skipBlanks(bytes, at);
          if (bytes[at++] != ':') {
            return NONE;
          }
          isName = false;
          continue;
        }
      } else if (isName) {
        return NONE;
      } else if ((value | BRACE) == '{') {
        if (depth++ == MAX_DEPTH) {
          return ASK;
        }
        braces = braces << 1 | value >> BRACE_SHIFT & 1;
        closing = value + CLOSING;
        at = bytes[++at] > ' ' ? at : skipBlanks(bytes, at);
        if (bytes[at] != closing) {
          isName = closing == '}';
          continue;
        }
        empty |= depth == 1;
      } else {
        at = value <= '9' ? skipNumber(bytes, at) : skipLiteral(bytes, at);
        if (at < 0) {
          return NONE;
        }
      }
      for (; ; ) {
        at = bytes[at] > ' ' ? at : skipBlanks(bytes, at);
        value = bytes[at++];
        if (value == ',') {
          isName = closing == '}';
          break;
        } else if (value != closing) {
          return NONE;
        } else if (--depth == 0) {
          return at;
        }
        braces >>>= 1;
        closing = ']' | (int) (braces & 1) << BRACE_SHIFT;
      }
    }
  }

  private static boolean isReserved(long name) {
    return name == SERVICE || name << 8 == LOGGED || isStage(name << 16);
  }

  /** A method of its own, as the compiler puts only small ones into others. */
  private static boolean isStage(long name) {
    return name == STAGE;
  }

  private static int skipLiteral(byte[] bytes, int at) {
    int four = (int) FOUR.get(bytes, at);
    if (four == TRUE || four == NULL) {
      return at + 4;
    }
    return bytes[at] == 'f' && (int) FOUR.get(bytes, at + 1) == ALSE ? at + 5 : NONE;
  }

  private static int skipNumber(byte[] bytes, int from) {
    int at = bytes[from] == '-' ? from + 1 : from;
    int behind = bytes[at] == '0' ? at + 1 : skipDigits(bytes, at);
    if (behind > 0 && bytes[behind] == '.') {
      behind = skipDigits(bytes, behind + 1);
    }
    if (behind > 0 && (bytes[behind] | 0x20) == 'e') {
      boolean sign = bytes[behind + 1] == '+' || bytes[behind + 1] == '-';
      behind = skipDigits(bytes, sign ? behind + 2 : behind + 1);
    }
    return behind;
  }

  /** At least one. */
  private static int skipDigits(byte[] bytes, int from) {
    int at = from;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at == from ? NONE : at;
  }

  /** Escapes, and letters that are not ASCII, up to what else there is in a string. */
  private static int skipSpecial(byte[] bytes, int from) {
    int at = from;
    while (at > 0) {
      int value = bytes[at];
      if (value < 0) {
        at = skipSequence(bytes, at, value & 0xff);
      } else if (value == '\\') {
        at = skipEscape(bytes, at + 1);
      } else {
        return value < ' ' ? NONE : at;
      }
    }
    return NONE;
  }

  private static int skipEscape(byte[] bytes, int at) {
    switch (bytes[at]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 1;
      }
      case 'u' -> {
        for (int i = 1; i <= 4; i++) {
          if (Character.digit(bytes[at + i], 16) < 0) {
            return NONE;
          }
        }
        return at + 5;
      }
      default -> {
        return NONE;
      }
    }
  }

  /**
   * A letter that is not ASCII: no overlong form, no surrogate, nothing beyond U+10FFFF.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
   */
  private static int skipSequence(byte[] bytes, int at, int lead) {
    int second = bytes[at + 1] & 0xff;
    if (lead < 0xe0) {
      return lead >= 0xc2 && isContinuation(second) ? at + 2 : NONE;
    }
    if (!isContinuation(second) || !isContinuation(bytes[at + 2] & 0xff)) {
      return NONE;
    }
    if (lead < 0xf0) {
      boolean valid = lead == 0xe0 ? second >= 0xa0 : lead != 0xed || second < 0xa0;
      return valid ? at + 3 : NONE;
    }
    boolean valid = lead == 0xf0 ? second >= 0x90 : lead < 0xf4 || lead == 0xf4 && second < 0x90;
    return valid && isContinuation(bytes[at + 3] & 0xff) ? at + 4 : NONE;
  }

  private static boolean isContinuation(int value) {
    return (value & 0xc0) == 0x80;
  }
}
