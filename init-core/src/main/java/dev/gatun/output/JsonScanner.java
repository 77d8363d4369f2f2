package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Decides whether bytes are exactly one JSON object in valid UTF-8, with nothing behind it and
 * without the members that the stamp adds. Looks at every byte once, through a window on the heap:
 * a byte of an array is cheaper to get than one outside the heap.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
 */
final class JsonScanner {
  /** Deeper nesting counts as invalid: many readers give up there, some of them fatally. */
  static final int MAX_DEPTH = 512;

  private static final int WINDOW_BYTES = 4096;
  private static final int END = -1;

  /** The members of the stamp. */
  private static final String[] RESERVED = {"service", "stage", "logged"};

  private static final int LONGEST_RESERVED = 7;

  private final Memory memory;
  private final byte[] window = new byte[WINDOW_BYTES];

  /** What lies behind the window. */
  private long next;

  private long left;
  private int at;
  private int filled;

  /** One bit a level: whether it is an object. */
  private final boolean[] isObject = new boolean[MAX_DEPTH];

  private int depth;

  /** Whether the last thing was a comma, so that a value must follow. */
  private boolean comma;

  /** The beginning of the last string, unescaped where it matters; its length saturates. */
  private final byte[] text = new byte[LONGEST_RESERVED];

  private int textLength;

  private boolean empty;

  JsonScanner(Memory memory) {
    this.memory = memory;
  }

  /** Whether the object that was found has no members. */
  boolean isEmpty() {
    return empty;
  }

  /** Whether the bytes are one object that can be stamped. */
  boolean isObject(long address, long length) {
    next = address;
    left = length;
    at = 0;
    filled = 0;
    depth = 0;
    comma = false;
    empty = true;
    return skipBlanks() == '{' && objects() && skipBlanks() == END;
  }

  private int read() {
    return at < filled || fill() ? window[at++] & 0xff : END;
  }

  private int peek() {
    return at < filled || fill() ? window[at] & 0xff : END;
  }

  private boolean fill() {
    if (left == 0) {
      return false;
    }
    filled = (int) Math.min(left, WINDOW_BYTES);
    memory.get(next, window, filled);
    next += filled;
    left -= filled;
    at = 0;
    return true;
  }

  /** The next byte that is no blank; it is consumed. */
  private int skipBlanks() {
    int value = read();
    while (value == ' ' || value == '\t' || value == '\r' || value == '\n') {
      value = read();
    }
    return value;
  }

  /** What follows the first brace, to the brace that belongs to it. Nesting needs no recursion. */
  private boolean objects() {
    isObject[depth++] = true;
    boolean first = true;
    while (depth > 0) {
      int value = skipBlanks();
      boolean inObject = isObject[depth - 1];
      if (value == (inObject ? '}' : ']')) {
        if (!first && comma) {
          return false;
        }
        depth--;
        first = false;
        comma = false;
        continue;
      }
      if (!first && !comma) {
        if (value != ',') {
          return false;
        }
        comma = true;
        continue;
      }
      comma = false;
      first = false;
      if (inObject) {
        if (value != '"' || !string() || depth == 1 && isReserved() || skipBlanks() != ':') {
          return false;
        }
        empty = false;
        value = skipBlanks();
      }
      if (value == '{' || value == '[') {
        if (depth == MAX_DEPTH) {
          return false;
        }
        isObject[depth++] = value == '{';
        first = true;
      } else if (!scalar(value)) {
        return false;
      }
    }
    return true;
  }

  private boolean scalar(int first) {
    return switch (first) {
      case '"' -> string();
      case 't' -> literal("rue");
      case 'f' -> literal("alse");
      case 'n' -> literal("ull");
      default -> number(first);
    };
  }

  private boolean literal(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if (read() != rest.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean number(int first) {
    int digit = first == '-' ? read() : first;
    if (!isDigit(digit)) {
      return false;
    }
    if (digit != '0') {
      skipDigits();
    }
    if (peek() == '.') {
      at++;
      if (!digits()) {
        return false;
      }
    }
    if ((peek() | 0x20) == 'e') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    return isDigit(read()) && skipDigits();
  }

  private boolean skipDigits() {
    while (isDigit(peek())) {
      at++;
    }
    return true;
  }

  private static boolean isDigit(int value) {
    return value >= '0' && value <= '9';
  }

  /** What follows the opening quote, the closing one included. */
  private boolean string() {
    textLength = 0;
    for (; ; ) {
      int value = read();
      if (value == '"') {
        return true;
      }
      if (value < 0x20) {
        return false;
      }
      if (value == '\\') {
        if (!escape()) {
          return false;
        }
      } else if (value < 0x80) {
        remember(value);
      } else if (!utf8(value)) {
        return false;
      }
    }
  }

  private void remember(int value) {
    if (textLength < LONGEST_RESERVED) {
      text[textLength] = (byte) value;
    }
    textLength++;
  }

  /** Only what is ASCII has to be unescaped: the reserved names are. */
  private boolean escape() {
    int value = read();
    if (value != 'u') {
      remember(0);
      return value >= 0 && "\"\\/bfnrt".indexOf(value) >= 0;
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(read(), 16);
      if (digit < 0) {
        return false;
      }
      code = code << 4 | digit;
    }
    remember(code < 0x80 ? code : 0);
    return true;
  }

  /** The rest of a sequence: no overlong form, no surrogate, nothing beyond U+10FFFF. */
  private boolean utf8(int lead) {
    remember(0);
    if (lead < 0xc2 || lead > 0xf4) {
      return false;
    }
    int second = read();
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return false;
    }
    int more = lead < 0xe0 ? 0 : lead < 0xf0 ? 1 : 2;
    for (int i = 0; i < more; i++) {
      if ((read() & 0xffffffc0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  private boolean isReserved() {
    for (String name : RESERVED) {
      if (textLength == name.length() && isText(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean isText(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (text[i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
