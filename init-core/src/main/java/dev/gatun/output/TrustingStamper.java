package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * As {@link JsonStamper}, but takes a line for a JSON object by its first and last byte, which is
 * quicker. What is in between is the service's matter.
 */
final class TrustingStamper extends CopyingStamper {
  /** The trailer begins in the place of the last brace, and has a newline of its own. */
  private static final int REPLACED_BYTES = 2;

  private final Memory memory;
  private final Stamper notJson;
  private final JsonTrailer trailer;
  private final TextObject text;
  private final Blanks blanks;

  TrustingStamper(Memory memory, Sink sink, String service, String stage, Stamper notJson) {
    super(sink);
    this.memory = memory;
    this.notJson = notJson;
    this.trailer = new JsonTrailer(memory, service, stage);
    this.text = new TextObject(memory, sink, trailer);
    this.blanks = new Blanks(memory);
  }

  @Override
  public void setTime(Timestamp now) {
    trailer.setTime(now);
    notJson.setTime(now);
  }

  @Override
  public long stampLines(long from, long to, long longestBytes) {
    return text.isInParts() ? from : super.stampLines(from, to, longestBytes);
  }

  @Override
  int addedBytes() {
    return trailer.length() - REPLACED_BYTES;
  }

  @Override
  int spareBytes() {
    return REPLACED_BYTES;
  }

  /** Ordinary is what begins with {@code {"} and ends with a brace, without blanks around it. */
  @Override
  long stampLine(long line, long length, long out) {
    if (memory.get(line) != '{') {
      return 0;
    }
    long end = memory.copyThrough(line, out, length, (byte) '\n');
    if (end == 0 || memory.get(out + 1) != '"' || memory.get(end - REPLACED_BYTES) != '}') {
      return 0;
    }
    memory.copy(trailer.address(), end - REPLACED_BYTES, trailer.length());
    return end - REPLACED_BYTES + trailer.length();
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
    if (memory.get(address) != '{' || memory.get(address + end - 1) != '}' || end == 1) {
      return notJson.stamp(address, length, false);
    }
    if (!sink.hasRoom(end + trailer.length())) {
      return false;
    }
    trailer.append(sink, address, end, blanks.areAll(address + 1, end - 2));
    return true;
  }

  @Override
  public void free() {
    trailer.free();
    notJson.free();
  }
}
