package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Puts {@code ,"service":"NAME","stage":"STAGE","logged":"TIMESTAMP"} before the last brace of a
 * line that is a JSON object by its first and last byte. Other lines go to {@code notJson}; empty
 * ones nowhere. A part of a line that is too long becomes the text of an object of its own.
 */
final class JsonStamper implements Stamper {
  private final Memory memory;
  private final Sink sink;
  private final Stamper notJson;
  private final JsonTrailer trailer;
  private final TextObject text;
  private final Blanks blanks;
  private boolean inParts;

  JsonStamper(Memory memory, Sink sink, String service, String stage, Stamper notJson) {
    this.memory = memory;
    this.sink = sink;
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

  /** Ordinary is what begins with {@code {"} and ends with a brace, without blanks around it. */
  @Override
  public long stampLines(long from, long to, long longestBytes) {
    if (inParts) {
      return from;
    }
    long trailerAddress = trailer.address();
    long trailerLength = trailer.length();
    long room = sink.room();
    long out = sink.tail();
    long outLimit = out + room - trailerLength;
    long line = from;
    while (line < to && memory.get(line) == '{') {
      long newline = memory.find(line, to - line, (byte) '\n');
      long length = newline - line;
      if (newline == 0
          || memory.get(line + 1) != '"'
          || memory.get(newline - 1) != '}'
          || length > longestBytes
          || out + length > outLimit) {
        break;
      }
      memory.copy(line, out, length - 1);
      memory.copy(trailerAddress, out + length - 1, trailerLength);
      out += length - 1 + trailerLength;
      line = newline + 1;
    }
    sink.appendedTo(out);
    return line;
  }

  @Override
  public boolean stamp(long address, long length, boolean part) {
    if (part || inParts) {
      return stampPart(address, length, part);
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

  /** The last piece of a line in parts is a part as well: it is no object by itself. */
  private boolean stampPart(long address, long length, boolean moreFollows) {
    if (!text.append(address, length, TextObject.PARTIAL)) {
      return false;
    }
    inParts = moreFollows;
    return true;
  }

  @Override
  public void free() {
    trailer.free();
    notJson.free();
  }
}
