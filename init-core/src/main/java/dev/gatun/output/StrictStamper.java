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
  private boolean inParts;

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

  @Override
  public boolean stamp(long address, long length, boolean part) {
    if (part || inParts) {
      boolean passed = text.append(address, length, TextObject.PARTIAL);
      inParts = passed ? part : inParts;
      return passed;
    }
    long end = blanks.lengthWithoutTrailing(address, length);
    if (end == 0) {
      return true;
    }
    if (!scanner.isObject(address, end)) {
      return text.append(address, length, TextObject.INVALID);
    }
    if (!sink.hasRoom(end + trailer.length())) {
      return false;
    }
    trailer.append(sink, address, end, scanner.isEmpty());
    return true;
  }

  @Override
  public void free() {
    trailer.free();
  }
}
