package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What went wrong with the groups of one line, in words. */
final class Warnings {
  /** A line may match a thousand times; so many are named. */
  private static final int MAX_NAMED = 8;

  private static final int MAX_VALUE_BYTES = 200;
  private static final int MAX_LINE_BYTES = 1000;

  private final JsonBuffer buffer = new JsonBuffer();
  private final List<String> said = new ArrayList<>();
  private byte[] line;
  private int length;
  private int unnamed;

  /** Forgets those of the line before. */
  void begin(byte[] newLine, int newLength) {
    line = newLine;
    length = newLength;
    if (!said.isEmpty()) {
      said.clear();
    }
    unnamed = 0;
  }

  /** The value of a group cannot be used. */
  void value(String group, byte[] value, int begin, int end, String problem) {
    if (isFull()) {
      return;
    }
    String text = quoted(value, begin, end, MAX_VALUE_BYTES);
    said.add("cannot use the group " + group + ": " + text + " " + problem + inLine());
  }

  /** Something else about the line. */
  void line(String problem) {
    if (!isFull()) {
      said.add(problem + inLine());
    }
  }

  private boolean isFull() {
    if (said.size() == MAX_NAMED) {
      unnamed++;
    }
    return said.size() == MAX_NAMED;
  }

  private String inLine() {
    return ": in the line " + quoted(line, 0, length, MAX_LINE_BYTES);
  }

  /** As a string of JSON, so that nothing in it can be taken for something else. */
  private String quoted(byte[] text, int begin, int end, int most) {
    buffer.clear();
    buffer.text(text, begin, Math.min(end, begin + most));
    String quoted = new String(buffer.bytes, 0, buffer.length, StandardCharsets.UTF_8);
    return end - begin > most ? quoted + "..." : quoted;
  }

  /** All of them; valid until the next line. */
  List<String> all() {
    if (unnamed > 0) {
      said.add(unnamed + " more values cannot be used" + inLine());
      unnamed = 0;
    }
    return said;
  }
}
