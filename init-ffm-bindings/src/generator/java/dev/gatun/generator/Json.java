package dev.gatun.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, booleans and nulls; numbers stay strings.
 * Members whose names are in {@code skipped} are passed over, which keeps clang's syntax trees
 * small.
 */
final class Json {
  private final String text;
  private final Set<String> skipped;
  private int at;

  private Json(String text, Set<String> skipped) {
    this.text = text;
    this.skipped = skipped;
  }

  static Object parse(String text, Set<String> skipped) {
    return new Json(text, skipped).value(true);
  }

  /** Reads one value; builds nothing when it is not wanted. */
  private Object value(boolean wanted) {
    space();
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object(wanted);
      case '[' -> array(wanted);
      case '"' -> string(wanted);
      default -> literal();
    };
  }

  private Map<String, Object> object(boolean wanted) {
    Map<String, Object> members = wanted ? new LinkedHashMap<>() : null;
    at++;
    for (space(); text.charAt(at) != '}'; space()) {
      if (text.charAt(at) == ',') {
        at++;
        space();
      }
      String name = string(wanted);
      space();
      expect(':');
      boolean keep = wanted && !skipped.contains(name);
      Object value = value(keep);
      if (keep) {
        members.put(name, value);
      }
    }
    at++;
    return members;
  }

  private List<Object> array(boolean wanted) {
    List<Object> elements = wanted ? new ArrayList<>() : null;
    at++;
    for (space(); text.charAt(at) != ']'; space()) {
      if (text.charAt(at) == ',') {
        at++;
      }
      Object value = value(wanted);
      if (wanted) {
        elements.add(value);
      }
    }
    at++;
    return elements;
  }

  private String string(boolean wanted) {
    expect('"');
    StringBuilder result = wanted ? new StringBuilder() : null;
    for (char c = text.charAt(at); c != '"'; c = text.charAt(at)) {
      at++;
      if (c == '\\') {
        c = escape(text.charAt(at++));
      }
      if (wanted) {
        result.append(c);
      }
    }
    at++;
    return wanted ? result.toString() : null;
  }

  private char escape(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }

  private Object literal() {
    int from = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      case "null" -> null;
      default -> word;
    };
  }

  private void space() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void expect(char c) {
    if (text.charAt(at) != c) {
      throw new GeneratorException("clang's JSON: expected " + c + " at character " + at);
    }
    at++;
  }
}
