package dev.gatun.json;

import dev.gatun.json.JsonValue.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a document into values that know their places. The caller bounds how long it may be. */
public final class JsonReader {
  private static final int MAX_DEPTH = 32;
  private static final int END = -1;
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private final String document;
  private int at;
  private int line = 1;
  private int lineBegins;

  /** How many characters of this line, up to here, are made of two. */
  private int pairs;

  private JsonReader(String document) {
    this.document = document;
  }

  /**
   * The value that is the document.
   *
   * @throws JsonException for what is no JSON in UTF-8, an object that has a member twice, and more
   *     than 32 values inside one another
   */
  public static JsonValue read(byte[] document) throws JsonException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException(1, 1, "it is not UTF-8", "convert it");
    }
    JsonReader reader = new JsonReader(text);
    reader.skipBlanks();
    JsonValue value = reader.value(0);
    reader.skipBlanks();
    if (reader.peek() != END) {
      throw reader.wrong("something follows the document's value", "remove it");
    }
    return value;
  }

  private int peek() {
    return at < document.length() ? document.charAt(at) : END;
  }

  private void skipBlanks() {
    for (int next = peek(); next == ' ' || next == '\t' || next == '\r' || next == '\n'; ) {
      at++;
      if (next == '\n') {
        line++;
        lineBegins = at;
        pairs = 0;
      }
      next = peek();
    }
  }

  private int column() {
    return at - lineBegins - pairs + 1;
  }

  private JsonException wrong(String problem, String allowed) {
    return new JsonException(line, column(), problem, allowed);
  }

  private JsonException unexpected(String allowed) {
    int next = peek();
    String problem = "the document ends";
    if (next != END) {
      String character = Character.toString(document.codePointAt(at));
      problem = next < ' ' ? "there is a control character" : "there is " + character;
    }
    return wrong(problem, allowed);
  }

  private JsonValue value(int depth) throws JsonException {
    if (depth > MAX_DEPTH) {
      throw wrong("there are more than " + MAX_DEPTH + " values inside one another", "write fewer");
    }
    int next = peek();
    if (next == '{') {
      return object(depth);
    }
    if (next == '[') {
      return array(depth);
    }
    int column = column();
    if (next == '"') {
      return leaf(Kind.STRING, string(), column);
    }
    if (next == '-' || isDigit(next)) {
      return leaf(Kind.NUMBER, number(), column);
    }
    for (String word : new String[] {"true", "false", "null"}) {
      if (document.startsWith(word, at)) {
        at += word.length();
        return leaf(word.equals("null") ? Kind.NULL : Kind.BOOLEAN, word, column);
      }
    }
    throw unexpected("write a value: an object, an array, a string, a number, true, false or null");
  }

  private JsonValue leaf(Kind kind, String text, int column) {
    return new JsonValue(kind, text, Map.of(), List.of(), line, column);
  }

  private JsonValue object(int depth) throws JsonException {
    int beginLine = line;
    int column = column();
    Map<String, JsonValue> members = new LinkedHashMap<>();
    at++;
    skipBlanks();
    while (peek() != '}') {
      if (!members.isEmpty()) {
        take(',', "write a comma or a closing brace");
        skipBlanks();
      }
      if (peek() != '"') {
        throw unexpected("write the name of a member in quotation marks");
      }
      int nameColumn = column();
      int nameLine = line;
      String name = string();
      skipBlanks();
      take(':', "write a colon and a value");
      skipBlanks();
      if (members.put(name, value(depth + 1)) != null) {
        throw new JsonException(
            nameLine, nameColumn, "the member " + name + " is there twice", "remove one of them");
      }
      skipBlanks();
    }
    at++;
    Map<String, JsonValue> all = Collections.unmodifiableMap(members);
    return new JsonValue(Kind.OBJECT, "", all, List.of(), beginLine, column);
  }

  private JsonValue array(int depth) throws JsonException {
    int beginLine = line;
    int column = column();
    List<JsonValue> items = new ArrayList<>();
    at++;
    skipBlanks();
    while (peek() != ']') {
      if (!items.isEmpty()) {
        take(',', "write a comma or a closing bracket");
        skipBlanks();
      }
      items.add(value(depth + 1));
      skipBlanks();
    }
    at++;
    return new JsonValue(Kind.ARRAY, "", Map.of(), List.copyOf(items), beginLine, column);
  }

  private void take(char wanted, String allowed) throws JsonException {
    if (peek() != wanted) {
      throw unexpected(allowed);
    }
    at++;
  }

  private String string() throws JsonException {
    at++;
    StringBuilder text = new StringBuilder();
    for (int next = peek(); next != '"'; next = peek()) {
      if (next < ' ') {
        throw unexpected("write a closing quotation mark, and control characters as \\u....");
      }
      at++;
      pairs += Character.isLowSurrogate((char) next) ? 1 : 0;
      text.append(next == '\\' ? escaped() : (char) next);
    }
    if (!isOfWholeCharacters(text)) {
      throw wrong("half of a character stands alone", "write both halves, as \\ud83d\\ude00");
    }
    at++;
    return text.toString();
  }

  /** A surrogate without the other one of its pair has no form in UTF-8. */
  private static boolean isOfWholeCharacters(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private char escaped() throws JsonException {
    int next = peek();
    int plain = next == END ? -1 : "\"\\/bfnrt".indexOf(next);
    if (plain >= 0) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (next != 'u') {
      throw unexpected("write one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u....");
    }
    at++;
    int value = 0;
    for (int i = 0; i < HEX_DIGITS; i++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), HEX) : -1;
      if (digit < 0) {
        throw unexpected("write four hexadecimal digits behind \\u");
      }
      value = value * HEX + digit;
      at++;
    }
    return (char) value;
  }

  private String number() throws JsonException {
    int begins = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    return document.substring(begins, at);
  }

  private void digits() throws JsonException {
    if (!isDigit(peek())) {
      throw unexpected("write a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
