package dev.gatun.json;

import java.util.List;
import java.util.Map;

/**
 * A value of a document, and where it stands there.
 *
 * @param text the characters of a string, the digits of a number, {@code true} or {@code false}
 * @param members of an object, in the order of the document
 * @param items of an array
 * @param line of its first character, from 1
 * @param column of its first character, from 1
 */
public record JsonValue(
    Kind kind,
    String text,
    Map<String, JsonValue> members,
    List<JsonValue> items,
    int line,
    int column) {

  /** What a value is. */
  public enum Kind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /**
   * This value, which has to be of that kind.
   *
   * @param allowed a clause: what may stand there
   * @throws JsonException when it is something else
   */
  public JsonValue mustBe(Kind wanted, String allowed) throws JsonException {
    if (kind != wanted) {
      throw wrong("there is " + kind, allowed);
    }
    return this;
  }

  /**
   * The whole number that this is.
   *
   * @throws JsonException for anything else, and for one that is less or more
   */
  public long wholeNumber(long least, long most) throws JsonException {
    String allowed = "write a whole number from " + least + " to " + most;
    mustBe(Kind.NUMBER, allowed);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // A fraction or a number of many digits: it is none of those.
    }
    throw wrong("there is " + text, allowed);
  }

  /** That this value cannot be used. */
  public JsonException wrong(String problem, String allowed) {
    return new JsonException(line, column, problem, allowed);
  }
}
