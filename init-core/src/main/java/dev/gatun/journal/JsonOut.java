package dev.gatun.journal;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Gatun's values as JSON. Written by hand: the classes of a library's generator alone took the loop
 * 0.1 s after the first start, where this takes some milliseconds.
 */
final class JsonOut {
  private static final String HEX = "0123456789abcdef";

  private final Backlog out;
  private boolean follows;

  /** What was written last, most often a service that is written again, and what it was. */
  private OsString lastBytes;

  private String lastText;
  private boolean lastIsText;

  JsonOut(Backlog into) {
    out = into;
  }

  /** Begins a line. */
  JsonOut beginLine() {
    follows = false;
    return beginObject();
  }

  JsonOut beginObject() {
    return begin('{');
  }

  JsonOut endObject() {
    return end('}');
  }

  JsonOut beginArray() {
    return begin('[');
  }

  JsonOut endArray() {
    return end(']');
  }

  private JsonOut begin(char bracket) {
    separate();
    out.write(bracket);
    follows = false;
    return this;
  }

  private JsonOut end(char bracket) {
    out.write(bracket);
    follows = true;
    return this;
  }

  /** A comma behind what stands before, in the same object or array. */
  private void separate() {
    if (follows) {
      out.write(',');
    }
    follows = true;
  }

  /** A member's name: letters only. */
  JsonOut name(String letters) {
    out.writeQuoted(follows, letters, true);
    follows = false;
    return this;
  }

  /** A string in which nothing has to be escaped. */
  JsonOut word(String letters) {
    out.writeQuoted(follows, letters, false);
    follows = true;
    return this;
  }

  JsonOut text(String text) {
    separate();
    out.write('"');
    for (int i = out.writePlain(text); i < text.length(); i++) {
      character(text, i);
    }
    out.write('"');
    return this;
  }

  /**
   * Halves of characters, which Java's strings may have, are escaped and come back as they were.
   */
  private void character(String text, int index) {
    char c = text.charAt(index);
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

  /** Bytes that are no UTF-8 become characters of one byte each, in an object that says so. */
  JsonOut bytes(OsString value) {
    if (!value.equals(lastBytes)) {
      lastBytes = value;
      lastText = new String(value.bytes(), StandardCharsets.UTF_8);
      lastIsText = OsString.of(lastText).equals(value);
    }
    if (lastIsText) {
      return text(lastText);
    }
    String latin1 = new String(value.bytes(), StandardCharsets.ISO_8859_1);
    return beginObject().name("bytes").text(latin1).endObject();
  }

  JsonOut service(ServiceName service) {
    return bytes(service.value());
  }

  JsonOut service(Optional<ServiceName> service) {
    return service.isPresent() ? service(service.get()) : nothing();
  }

  JsonOut who(Incarnation who) {
    return beginArray()
        .service(who.service())
        .word(who.stage().label())
        .number(who.number())
        .endArray();
  }

  JsonOut orphan(OrphanId id) {
    return beginArray().number(id.number()).number(id.pid()).endArray();
  }

  JsonOut signal(Signal signal) {
    return word(signal.toString());
  }

  /** Null for never. */
  JsonOut deadline(Deadline deadline) {
    return deadline.isNever() ? nothing() : number(deadline.atNanos());
  }

  JsonOut status(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> beginArray().word("exited").number(exited.code()).endArray();
      case ExitStatus.Signaled by ->
          beginArray().word("killed").signal(by.signal()).flag(by.dumpedCore()).endArray();
      case ExitStatus.Unknown u -> beginArray().word("unknown").endArray();
    };
  }
}
