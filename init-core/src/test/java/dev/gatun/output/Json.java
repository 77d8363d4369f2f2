package dev.gatun.output;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of JSON: what RFC 8259 does not allow is refused, as a name used twice may be.
 */
public final class Json {
  private final String text;
  private final boolean repeats;
  private int at;

  private Json(String text, boolean repeats) {
    this.text = text;
    this.repeats = repeats;
  }

  /** Whether the bytes are an object in UTF-8, by RFC 8259, which lets names be used twice. */
  public static boolean isObject(byte[] line) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      return parse(text.toString(), true) instanceof Map;
    } catch (CharacterCodingException
        | IllegalArgumentException
        | StringIndexOutOfBoundsException e) {
      return false;
    }
  }

  static Object parse(String text) {
    return parse(text, false);
  }

  private static Object parse(String text, boolean repeats) {
    Json json = new Json(text, repeats);
    Object value = json.value();
    json.blanks();
    if (json.at != text.length()) {
      throw json.wrong("more than one value");
    }
    return value;
  }

  private Object value() {
    blanks();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", "null");
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    blanks();
    if (taken('}')) {
      return members;
    }
    do {
      blanks();
      String name = string();
      blanks();
      take(':');
      if (members.put(name, value()) != null && !repeats) {
        throw wrong("the name " + name + " twice");
      }
      blanks();
    } while (taken(','));
    take('}');
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    at++;
    blanks();
    if (taken(']')) {
      return items;
    }
    do {
      items.add(value());
      blanks();
    } while (taken(','));
    take(']');
    return items;
  }

  private String string() {
    take('"');
    StringBuilder out = new StringBuilder();
    while (!taken('"')) {
      char c = peek();
      at++;
      if (c < 0x20) {
        throw wrong("a control character");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw wrong("an unknown escape");
    };
  }

  private Object number() {
    int from = at;
    while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw wrong("no value");
    }
    return new java.math.BigDecimal(digits);
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("no value");
    }
    at += word.length();
    return value;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("an end too early");
    }
    return text.charAt(at);
  }

  private boolean taken(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void take(char c) {
    if (!taken(c)) {
      throw wrong("no " + c);
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("at " + at + " there is " + what + " in " + text);
  }
}
