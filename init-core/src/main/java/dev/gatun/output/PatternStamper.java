package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes lines of text JSON objects whose members are the fields that a pattern finds. A line in
 * which it finds none is passed on whole, as {@code {"message":"LINE"}}; so is one that is very
 * long, as matching takes its time, and so is a part of one, which says that it is one. Empty lines
 * go nowhere.
 */
final class PatternStamper implements Stamper {
  /** What is read at once: matching it takes no more than a few milliseconds of a turn. */
  static final int READ_BYTES = 4096;

  /** The longest line that is looked at. */
  static final int MATCHED_BYTES = 64 * 1024;

  private final Memory memory;
  private final Sink sink;
  private final FieldFinder finder;
  private final LineText line;
  private final long largestBytes;
  private final byte[][] names;
  private final JsonTrailer trailer;
  private final TextObject text;
  private final Utf8Escaper escaper;
  private final Blanks blanks;

  /**
   * @param line what lines are decoded into; others may use it in between
   * @param largestBytes the largest object that the sink takes in one piece
   */
  PatternStamper(
      Memory memory,
      Sink sink,
      String service,
      String stage,
      FieldFinder finder,
      LineText line,
      long largestBytes) {
    this.memory = memory;
    this.sink = sink;
    this.finder = finder;
    this.line = line;
    this.largestBytes = largestBytes;
    this.names = quoted(finder.names());
    this.trailer = new JsonTrailer(memory, service, stage);
    this.text = new TextObject(memory, sink, trailer);
    this.escaper = new Utf8Escaper(memory);
    this.blanks = new Blanks(memory);
  }

  /** {@code "NAME":"}. */
  private static byte[][] quoted(List<String> names) {
    byte[][] quoted = new byte[names.size()][];
    for (int i = 0; i < quoted.length; i++) {
      quoted[i] = ("\"" + names.get(i) + "\":\"").getBytes(StandardCharsets.US_ASCII);
    }
    return quoted;
  }

  @Override
  public void setTime(Timestamp now) {
    trailer.setTime(now);
  }

  @Override
  public boolean stamp(long address, long length, boolean part) {
    if (part || text.isInParts()) {
      return text.appendPart(address, length, part);
    }
    if (blanks.lengthWithoutTrailing(address, length) == 0) {
      return true;
    }
    long object = length <= MATCHED_BYTES && matches(address, (int) length) ? length(address) : 0;
    if (object == 0 || object > largestBytes) {
      return text.append(address, length, TextObject.PLAIN);
    }
    if (!sink.hasRoom(object)) {
      return false;
    }
    append(address);
    return true;
  }

  /** The carriage return of a Windows line end is not part of what is looked at. */
  private boolean matches(long address, int length) {
    boolean carriageReturn = memory.get(address + length - 1) == '\r';
    line.set(address, carriageReturn ? length - 1 : length);
    return finder.find(line);
  }

  /** How long the object becomes, or 0 when no field is in the line. */
  private long length(long address) {
    long length = 0;
    for (int i = 0; i < names.length; i++) {
      if (finder.start(i) >= 0) {
        length += 2 + names[i].length + escaper.length(start(address, i), bytes(i));
      }
    }
    return length == 0 ? 0 : length + trailer.length();
  }

  private void append(long address) {
    byte opening = '{';
    for (int i = 0; i < names.length; i++) {
      if (finder.start(i) >= 0) {
        sink.append(opening);
        sink.append(names[i], 0, names[i].length);
        sink.appendedTo(escaper.write(start(address, i), bytes(i), sink.tail()));
        sink.append((byte) '"');
        opening = ',';
      }
    }
    sink.append(trailer.address(), trailer.length());
  }

  private long start(long address, int field) {
    return address + line.offset(finder.start(field));
  }

  private long bytes(int field) {
    return line.offset(finder.end(field)) - line.offset(finder.start(field));
  }

  @Override
  public void free() {
    trailer.free();
  }
}
