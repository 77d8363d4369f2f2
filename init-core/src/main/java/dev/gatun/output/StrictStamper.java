package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * As {@link JsonStamper}, but every line is looked at completely, and what is not one valid object
 * is passed on as text: {@code {"message":"LINE","invalid":true}}. So every line of the output is
 * valid JSON, and no member is there twice because of the stamp.
 */
final class StrictStamper implements Stamper {
  private final Sink sink;
  private final JsonScanner scanner;
  private final JsonTrailer trailer;
  private final TextObject text;
  private final Blanks blanks;

  StrictStamper(Memory memory, Sink sink, String service, String stage) {
    this.sink = sink;
    this.scanner = new JsonScanner(memory);
    this.trailer = new JsonTrailer(memory, service, stage);
    this.text = new TextObject(memory, sink, trailer);
    this.blanks = new Blanks(memory);
  }

  @Override
  public void setTime(Timestamp now) {
    trailer.setTime(now);
  }

  /** One pass over whole lines, which finds their ends as well. */
  @Override
  public long stampLines(long from, long to, long longestBytes) {
    if (text.isInParts()) {
      return from;
    }
    scanner.begin(from, to);
    long line = from;
    while (line < to) {
      long newline = scanner.objectLine();
      if (newline == 0 || newline - line > longestBytes || !passOn(line)) {
        break;
      }
      line = newline + 1;
    }
    return line;
  }

  /** Passes on the object that the scanner has found in the line that begins there. */
  private boolean passOn(long line) {
    long length = scanner.objectEnd() - line;
    if (!sink.hasRoom(length + trailer.length())) {
      return false;
    }
    trailer.append(sink, line, length, scanner.isEmpty());
    return true;
  }

  @Override
  public boolean stamp(long address, long length, boolean part) {
    if (part || text.isInParts()) {
      return text.appendPart(address, length, part);
    }
    long end = blanks.lengthWithoutTrailing(address, length);
    if (end == 0) {
      return true;
    }
    if (!scanner.isObject(address, end)) {
      return text.append(address, length, TextObject.INVALID);
    }
    return passOn(address);
  }

  @Override
  public void free() {
    trailer.free();
  }
}
