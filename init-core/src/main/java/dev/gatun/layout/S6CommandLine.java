package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line as the files {@code up} and {@code down} of a oneshot hold it, cut into words.
 *
 * @param words the program and its arguments; empty where there are only comments
 * @param hasBlocks whether braces stand in it: then only execlineb knows what it means
 * @param problem what keeps it from being cut, as a clause; empty for nothing
 * @see <a href="https://skarnet.org/software/execline/execlineb.html">execlineb</a>
 */
record S6CommandLine(List<OsString> words, boolean hasBlocks, String problem) {
  S6CommandLine {
    words = List.copyOf(words);
  }

  static S6CommandLine of(byte[] text) {
    return new Cutter(text).cut();
  }

  /** Goes over the text once. */
  private static final class Cutter {
    private final byte[] text;
    private final List<OsString> words = new ArrayList<>();
    private final ByteArrayOutputStream word = new ByteArrayOutputStream();
    private boolean isInWord;
    private boolean isPlain;
    private boolean hasBlocks;
    private String problem = "";
    private int at;

    Cutter(byte[] text) {
      this.text = text;
    }

    S6CommandLine cut() {
      while (at < text.length && problem.isEmpty()) {
        step();
      }
      end();
      return new S6CommandLine(words, hasBlocks, problem);
    }

    private void step() {
      byte c = text[at++];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        end();
      } else if (c == '#' && !isInWord) {
        while (at < text.length && text[at] != '\n') {
          at++;
        }
      } else if (c == '"') {
        begin(false);
        quoted();
      } else if (c == '\\') {
        begin(false);
        if (at == text.length) {
          problem = "a backslash ends it";
        } else {
          put(text[at++]);
        }
      } else {
        begin(true);
        put(c);
      }
    }

    /** A word cannot be told to a program that has a NUL in it. */
    private void put(byte c) {
      if (c == 0) {
        problem = "it has a NUL in it";
      } else {
        word.write(c);
      }
    }

    private void begin(boolean plain) {
      isPlain = isInWord ? isPlain && plain : plain;
      isInWord = true;
    }

    private void quoted() {
      while (at < text.length && problem.isEmpty()) {
        byte c = text[at++];
        if (c == '"') {
          return;
        }
        if (c == '\\' && at < text.length) {
          escaped(text[at++]);
        } else {
          put(c);
        }
      }
      problem = problem.isEmpty() ? "a quotation mark has no second one" : problem;
    }

    private void escaped(byte c) {
      switch (c) {
        case 'a' -> put((byte) 7);
        case 'b' -> put((byte) '\b');
        case 't' -> put((byte) '\t');
        case 'n' -> put((byte) '\n');
        case 'v' -> put((byte) 11);
        case 'f' -> put((byte) '\f');
        case 'r' -> put((byte) '\r');
        case '\n' -> {}
        default -> put(c);
      }
    }

    private void end() {
      if (isInWord) {
        OsString done = OsString.ofBytes(word.toByteArray());
        boolean isBrace = done.equals(OsString.of("{")) || done.equals(OsString.of("}"));
        hasBlocks |= isPlain && isBrace;
        words.add(done);
        word.reset();
        isInWord = false;
      }
    }
  }
}
