package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Decides whether bytes are exactly one JSON object in valid UTF-8 with nothing behind it, and
 * finds the members that have the stamp's names. Looks at every byte once, however long the line
 * is; {@link LineScanner} is faster where there are many lines.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3629#section-4">RFC 3629, section 4</a>
 */
final class JsonScanner extends ByteWindow {
  /** Deeper nesting counts as invalid: many readers give up there, some of them fatally. */
  static final int MAX_DEPTH = 512;

  /** One a level: whether it is an object. */
  private final boolean[] isObject = new boolean[MAX_DEPTH];

  private int depth;

  private final OwnMembers ownMembers = new OwnMembers();

  /** The beginning of a name, without escapes. */
  private final byte[] text = new byte[OwnMembers.LONGEST_NAME_BYTES];

  private int textLength;

  private boolean empty;

  JsonScanner(Memory memory) {
    super(memory);
  }

  /** Whether the object that was found has no members. */
  boolean isEmpty() {
    return empty;
  }

  /** The members of the object that was found that have names of the stamp's. */
  OwnMembers ownMembers() {
    return ownMembers;
  }

  /** Whether the bytes, which are one line, are one object that can be stamped. */
  boolean isObject(long address, long length) {
    begin(address, address + length);
    return object() && skipBlanks() == END && ownMembers.canBeRenamed();
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
    ownMembers.clear();
    open('{');
    int value = skipBlanks();
    empty = value == '}';
    return empty || members(value);
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
      if (value < ' ' || value == '\\' && escape() < 0 || value >= 0x80 && !utf8(value)) {
        return false;
      }
    }
  }

  /** The name of a member, closing quote included. */
  private boolean name() {
    return depth > 1
        ? string()
        : unescapedName() && ownMembers.note(text, textLength, position() - 1);
  }

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
      if (textLength < text.length) {
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
}
