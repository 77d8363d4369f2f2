package dev.gatun.json;

import java.nio.charset.StandardCharsets;

/** Makes a document, member by member. Each method but the last answers the same object. */
public final class JsonText {
  private static final int HEX_SHIFT = 4;
  private static final int HEX_MASK = 15;
  private static final int HEX = 16;

  private final StringBuilder text = new StringBuilder();
  private boolean isFirst = true;

  /** Begins an object, as a value. */
  public JsonText beginObject() {
    return begin('{');
  }

  public JsonText endObject() {
    return end('}');
  }

  /** Begins an array, as a value. */
  public JsonText beginArray() {
    return begin('[');
  }

  public JsonText endArray() {
    return end(']');
  }

  private JsonText begin(char bracket) {
    separate();
    text.append(bracket);
    isFirst = true;
    return this;
  }

  private JsonText end(char bracket) {
    text.append(bracket);
    isFirst = false;
    return this;
  }

  private void separate() {
    if (!isFirst) {
      text.append(',');
    }
    isFirst = false;
  }

  /** The name of a member, whose value comes next. */
  public JsonText name(String name) {
    separate();
    quote(name);
    text.append(':');
    isFirst = true;
    return this;
  }

  public JsonText value(String value) {
    separate();
    quote(value);
    return this;
  }

  public JsonText value(long value) {
    separate();
    text.append(value);
    return this;
  }

  public JsonText value(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /** null. */
  public JsonText nothing() {
    separate();
    text.append("null");
    return this;
  }

  public JsonText member(String name, String value) {
    return name(name).value(value);
  }

  public JsonText member(String name, long value) {
    return name(name).value(value);
  }

  public JsonText member(String name, boolean value) {
    return name(name).value(value);
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each == '"' || each == '\\') {
        text.append('\\').append(each);
      } else if (each < ' ' || each == '\u007f') {
        text.append("\\u00")
            .append(Character.forDigit(each >> HEX_SHIFT, HEX))
            .append(Character.forDigit(each & HEX_MASK, HEX));
      } else {
        text.append(each);
      }
    }
    text.append('"');
  }

  /** The document as a line: UTF-8 and a newline. */
  public byte[] line() {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
