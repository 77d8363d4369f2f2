package dev.gatun.journal.record;

import dev.gatun.model.OsString;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON. By hand: the classes of a library's generator alone took the loop 0.1 s after the
 * first start, where this takes some milliseconds.
 *
 * <p>A member whose value is nothing is left out: null, false, 0, an empty text, the first of an
 * enum's constants, an object or an array of nothing. The elements of an array all stand there.
 */
final class JsonOut {
  private static final String HEX = "0123456789abcdef";

  private final Backlog out;
  private boolean follows;

  /** Whether what was written last is an object or an array of nothing. */
  private boolean isEmpty;

  /** How lines of the latest instant begin: many events have one time. */
  private byte[] beginning = {};

  private long beginningNanos;

  private OsString lastBytes;
  private byte[] lastJson = {};

  JsonOut(Backlog into) {
    out = into;
  }

  /** Begins a line. */
  JsonOut beginLine() {
    follows = false;
    return open('{');
  }

  /** Begins a line with its time. */
  JsonOut beginLine(long atNanos) {
    if (beginning.length > 0 && atNanos == beginningNanos) {
      out.write(beginning);
      follows = true;
      return this;
    }
    beginLine().name("at").number(atNanos);
    beginning = out.copyOfLine(0);
    beginningNanos = atNanos;
    return this;
  }

  /** Begins an element that is an object or an array. */
  JsonOut open(char bracket) {
    separate();
    out.write(bracket);
    follows = false;
    return this;
  }

  JsonOut close(char bracket) {
    out.write(bracket);
    isEmpty = !follows;
    follows = true;
    return this;
  }

  /** Where a member begins that may be dropped. */
  int mark() {
    return out.lineSize() << 1 | (follows ? 1 : 0);
  }

  /** Takes back a member that turned out to be an object or an array of nothing. */
  void dropEmpty(int mark) {
    if (isEmpty) {
      out.cutLine(mark >> 1);
      follows = (mark & 1) != 0;
      isEmpty = false;
    }
  }

  /** A comma behind what stands before, in the same object or array. */
  private void separate() {
    if (follows) {
      out.write(',');
    }
    follows = true;
    isEmpty = false;
  }

  /** A member's name: letters only. */
  JsonOut name(String letters) {
    out.writeQuoted(follows, letters, true);
    follows = false;
    return this;
  }

  /** JSON as it is, up to where a value follows. */
  JsonOut raw(String json) {
    out.writeAscii(json);
    follows = false;
    return this;
  }

  /** A string in which nothing has to be escaped. */
  JsonOut word(String letters) {
    out.writeQuoted(follows, letters, false);
    follows = true;
    isEmpty = false;
    return this;
  }

  /** The name of a constant, in small letters. */
  JsonOut constant(Enum<?> constant) {
    separate();
    String name = constant.name();
    out.write('"');
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.write(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    out.write('"');
    return this;
  }

  JsonOut number(long number) {
    separate();
    out.writeNumber(number);
    return this;
  }

  JsonOut flag(boolean flag) {
    separate();
    out.writeAscii(flag ? "true" : "false");
    return this;
  }

  JsonOut nothing() {
    separate();
    out.writeAscii("null");
    return this;
  }

  JsonOut text(String text) {
    separate();
    out.write('"');
    for (int i = out.writePlain(text); i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.write('"');
    return this;
  }

  /**
   * Bytes that are no UTF-8 become characters of one byte each, in an object that says so. What was
   * written last is most often a service's name that is written again.
   */
  JsonOut bytes(OsString value) {
    if (value == lastBytes || value.equals(lastBytes)) {
      separate();
      out.write(lastJson);
      return this;
    }
    separate();
    int from = out.lineSize();
    follows = false;
    String text = new String(value.bytes(), StandardCharsets.UTF_8);
    if (OsString.of(text).equals(value)) {
      text(text);
    } else {
      String latin1 = new String(value.bytes(), StandardCharsets.ISO_8859_1);
      open('{').name("bytes").text(latin1).close('}');
    }
    lastJson = out.copyOfLine(from);
    lastBytes = lastJson.length > 0 ? value : null;
    return this;
  }

  /**
   * Escapes a character of a text. Halves of characters, which Java's strings may have, come back
   * as they were.
   */
  private void character(char c) {
    if (c == '"' || c == '\\') {
      out.write('\\');
      out.write(c);
    } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
      out.writeAscii("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.write(HEX.charAt(c >> shift & 15));
      }
    } else if (c < 0x80) {
      out.write(c);
    } else if (c < 0x800) {
      out.write(0xc0 | c >> 6);
      out.write(0x80 | c & 0x3f);
    } else {
      out.write(0xe0 | c >> 12);
      out.write(0x80 | c >> 6 & 0x3f);
      out.write(0x80 | c & 0x3f);
    }
  }
}
