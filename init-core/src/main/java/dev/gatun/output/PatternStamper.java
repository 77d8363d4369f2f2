package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.util.function.Consumer;

/**
 * Makes lines of text JSON objects whose members are what a pattern finds. A line in which it finds
 * nothing is passed on whole, as {@code {"message":"LINE"}}; so is one that is very long, as
 * matching takes its time, and so is a part of one, which says that it is one. Empty lines go
 * nowhere. What cannot be used of a line is said once the line has been passed on.
 */
final class PatternStamper implements Stamper {
  /**
   * What is read at once: matching it takes a tenth of a millisecond of a turn, and a tenth of a
   * second with the worst of expressions.
   */
  static final int READ_BYTES = 8 * 1024;

  /** The longest line that is looked at. */
  static final int MATCHED_BYTES = 64 * 1024;

  private final Memory memory;
  private final Sink sink;
  private final String origin;
  private final LineConverter converter;
  private final byte[] line;
  private final long largestBytes;
  private final JsonTrailer trailer;
  private final TextObject text;
  private final Blanks blanks;
  private final Consumer<String> warnings;
  private long nowMillis;

  /**
   * @param line of {@link #MATCHED_BYTES}, what lines are copied into; others may use it in between
   * @param largestBytes the largest object that the sink takes in one piece
   * @param warnings who says what cannot be used; of the JDK's, as classes of ours take time to
   *     load
   */
  PatternStamper(
      Memory memory,
      Sink sink,
      String service,
      String stage,
      LineConverter converter,
      byte[] line,
      long largestBytes,
      Consumer<String> warnings) {
    this.memory = memory;
    this.sink = sink;
    this.origin = service + "/" + stage + ": ";
    this.converter = converter;
    this.line = line;
    this.largestBytes = largestBytes;
    this.trailer = new JsonTrailer(memory, service, stage);
    this.text = new TextObject(memory, sink, trailer);
    this.blanks = new Blanks(memory);
    this.warnings = warnings;
  }

  @Override
  public void setTime(Timestamp now) {
    trailer.setTime(now);
    nowMillis = now.epochMillis();
  }

  @Override
  public boolean stamp(long address, long length, boolean part) {
    if (part || text.isInParts()) {
      return text.appendPart(address, length, part);
    }
    if (length > MATCHED_BYTES) {
      return asText(address, length);
    }
    int matched = lengthWithoutCarriageReturn(address, (int) length);
    if (matched == 0) {
      return true;
    }
    memory.get(address, line, matched);
    int members = converter.convert(line, matched, nowMillis);
    boolean isPassedOn =
        members == 0 ? asText(address, length) : asObject(address, length, members);
    if (isPassedOn && !converter.warnings().isEmpty()) {
      for (String warning : converter.warnings()) {
        warnings.accept(origin + warning);
      }
    }
    return isPassedOn;
  }

  /** The carriage return of a Windows line end is not part of what is looked at. */
  private int lengthWithoutCarriageReturn(long address, int length) {
    return length > 0 && memory.get(address + length - 1) == '\r' ? length - 1 : length;
  }

  private boolean asText(long address, long length) {
    return blanks.areAll(address, length) || text.append(address, length, TextObject.PLAIN);
  }

  private boolean asObject(long address, long length, int members) {
    long object = 1L + members + trailer.length();
    if (object > largestBytes) {
      return text.append(address, length, TextObject.PLAIN);
    }
    if (!sink.hasRoom(object)) {
      return false;
    }
    sink.append((byte) '{');
    sink.append(converter.members(), 0, members);
    sink.append(trailer.address(), trailer.length());
    return true;
  }

  @Override
  public void free() {
    trailer.free();
  }
}
