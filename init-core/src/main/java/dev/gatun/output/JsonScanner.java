package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Decides whether bytes are exactly one JSON object in valid UTF-8, with nothing behind it and
 * without the members that the stamp adds. Looks at every byte once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
 */
final class JsonScanner extends ByteWindow {
  /** Deeper nesting counts as invalid: many readers give up there, some of them fatally. */
  static final int MAX_DEPTH = 512;

  /** The members of the stamp, in the order of their lengths: no two are equally long. */
  private static final byte[][] RESERVED = {ascii("stage"), ascii("logged"), ascii("service")};

  private static final int SHORTEST_RESERVED = 5;
  private static final int LONGEST_RESERVED = 7;

  /** One a level: whether it is an object. */
  private final boolean[] isObject = new boolean[MAX_DEPTH];

  private int depth;

  /** The beginning of a name that has to be unescaped; its length saturates. */
  private final byte[] text = new byte[LONGEST_RESERVED];

  private int textLength;

  private long objectEnd;
  private boolean empty;

  JsonScanner(Memory memory) {
    super(memory);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the object that was found has no members. */
  boolean isEmpty() {
    return empty;
  }

  /** The address behind the last brace of the object that was found. */
  long objectEnd() {
    return objectEnd;
  }

  /** Whether the bytes, which are one line, are one object that can be stamped. */
  boolean isObject(long address, long length) {
    begin(address, address + length);
    return object() && skipBlanks() == END;
  }

  /**
   * Looks at the next line.
   *
   * @return the address of its newline when the line is one object that can be stamped; otherwise
   *     0, and the scanner is somewhere in it
   */
  long objectLine() {
    return object() && skipBlanks() == '\n' ? position() - 1 : 0;
  }

  /** The next byte that is no blank; it is consumed. A newline is no blank: it ends the line. */
  private int skipBlanks() {
    if (at < filled && window[at] > ' ') {
      return window[at++];
    }
    int value = read();
    while (value == ' ' || value == '\t' || value == '\r') {
      value = read();
    }
    return value;
  }

  private boolean object() {
    if (skipBlanks() != '{') {
      return false;
    }
    depth = 0;
    open('{');
    int value = skipBlanks();
    empty = value == '}';
    if (!empty && !members(value)) {
      return false;
    }
    objectEnd = position();
    return true;
  }

  private void open(int bracket) {
    isObject[depth++] = bracket == '{';
  }

  /**
   * What stands between the first brace and the brace that belongs to it, which is consumed.
   * Nesting needs no recursion.
   */
  private boolean members(int first) {
    int value = first;
    for (; ; ) {
      if (isObject[depth - 1]) {
        if (value != '"' || !name() || skipBlanks() != ':') {
          return false;
        }
        value = skipBlanks();
      }
      if (value == '{' || value == '[') {
        if (depth == MAX_DEPTH) {
          return false;
        }
        open(value);
        value = skipBlanks();
        if (value != closing()) {
          continue;
        }
        depth--;
      } else if (!scalar(value)) {
        return false;
      }
      value = skipBlanks();
      while (value != ',') {
        if (value != closing()) {
          return false;
        }
        if (--depth == 0) {
          return true;
        }
        value = skipBlanks();
      }
      value = skipBlanks();
    }
  }

  private int closing() {
    return isObject[depth - 1] ? '}' : ']';
  }

  private boolean scalar(int first) {
    if (first == '"') {
      return string();
    }
    return switch (first) {
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
    int value = peek();
    if (value == '.') {
      at++;
      if (!digits()) {
        return false;
      }
      value = peek();
    }
    return (value | 0x20) != 'e' || exponent();
  }

  private boolean exponent() {
    at++;
    if (peek() == '+' || peek() == '-') {
      at++;
    }
    return digits();
  }

  private boolean digits() {
    if (!isDigit(read())) {
      return false;
    }
    skipDigits();
    return true;
  }

  private void skipDigits() {
    byte[] bytes = window;
    do {
      int from = at;
      int to = filled;
      while (from < to && isDigit(bytes[from])) {
        from++;
      }
      at = from;
    } while (at == filled && isDigit(peek()));
  }

  private static boolean isDigit(int value) {
    return value >= '0' && value <= '9';
  }

  /** What follows the opening quote, the closing one included. */
  private boolean string() {
    for (; ; ) {
      skipPlainText();
      int value = read();
      if (value == '"') {
        return true;
      }
      if (value < ' ' || value == '\\' && escape() < 0) {
        return false;
      }
      while (value >= 0x80) {
        if (!utf8(value)) {
          return false;
        }
        value = peek() >= 0x80 ? read() : 0;
      }
    }
  }

  /** The name of a member, closing quote included: false when the object may not have it. */
  private boolean name() {
    if (depth > 1) {
      return string();
    }
    int start = at;
    skipPlainText();
    if (at < filled && window[at] == '"') {
      return !isReserved(window, start, at++ - start);
    }
    at = start;
    return unescapedName() && !isReserved(text, 0, textLength);
  }

  /** A name with an escape or with other letters than ASCII, or one across windows. */
  private boolean unescapedName() {
    textLength = 0;
    for (; ; ) {
      int value = read();
      if (value == '"') {
        return true;
      }
      if (value == '\\') {
        value = escape();
      } else if (value >= 0x80 && !utf8(value)) {
        return false;
      } else if (value < ' ') {
        return false;
      }
      if (value < 0) {
        return false;
      }
      if (textLength < LONGEST_RESERVED) {
        text[textLength] = (byte) value;
      }
      textLength++;
    }
  }

  /** What the escape stands for, 0x80 for whatever is not ASCII; negative when it is none. */
  private int escape() {
    int value = read();
    if (value != 'u') {
      return "\"\\/bfnrt".indexOf(value) < 0 ? END : 0x80;
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(read(), 16);
      if (digit < 0) {
        return END;
      }
      code = code << 4 | digit;
    }
    return Math.min(code, 0x80);
  }

  /** The rest of a sequence: no overlong form, no surrogate, nothing beyond U+10FFFF. */
  private boolean utf8(int lead) {
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

  private static boolean isReserved(byte[] bytes, int from, int length) {
    if (length < SHORTEST_RESERVED || length > LONGEST_RESERVED) {
      return false;
    }
    byte[] name = RESERVED[length - SHORTEST_RESERVED];
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != name[i]) {
        return false;
      }
    }
    return true;
  }
}
