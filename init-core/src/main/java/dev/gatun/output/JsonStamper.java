package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Puts {@code ,"service":"NAME","stage":"STAGE","logged":"TIMESTAMP"} before the last brace of a
 * line that is a JSON object by its first and last byte. Other lines go to {@code notJson}; empty
 * ones nowhere. A part of a line that is too long becomes the text of an object of its own.
 */
final class JsonStamper implements Stamper {
  private static final byte[] PART_HEAD = "{\"message\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PART_TAIL = "\",\"partial\":true".getBytes(StandardCharsets.US_ASCII);

  /** What one byte of a part can become: "\\u0000". */
  static final int WORST_ESCAPE = 6;

  private final Memory memory;
  private final Sink sink;
  private final Stamper notJson;
  private final long trailer;
  private final int trailerLength;
  private boolean inParts;

  JsonStamper(Memory memory, Sink sink, String service, String stage, Stamper notJson) {
    this.memory = memory;
    this.sink = sink;
    this.notJson = notJson;
    String text =
        ",\"service\":\""
            + JsonText.escape(service)
            + "\",\"stage\":\""
            + JsonText.escape(stage)
            + "\",\"logged\":\""
            + "0000-00-00T00:00:00.000Z\"}\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    this.trailerLength = bytes.length;
    this.trailer = memory.allocate(trailerLength);
    memory.put(trailer, bytes, 0, trailerLength);
  }

  @Override
  public void setTime(Timestamp now) {
    memory.put(trailer + trailerLength - 3 - Timestamp.LENGTH, now.text(), 0, Timestamp.LENGTH);
    notJson.setTime(now);
  }

  /** Ordinary is what begins with {@code {"} and ends with a brace, without blanks around it. */
  @Override
  public long stampLines(long from, long to, long longestBytes) {
    if (inParts) {
      return from;
    }
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
      memory.copy(trailer, out + length - 1, trailerLength);
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
    long end = withoutTrailingBlanks(address, length);
    if (end == 0) {
      return true;
    }
    if (memory.get(address) != '{' || memory.get(address + end - 1) != '}' || end == 1) {
      return notJson.stamp(address, length, false);
    }
    if (!sink.hasRoom(end + trailerLength)) {
      return false;
    }
    boolean empty = isBlank(address + 1, end - 2);
    sink.append(address, end - 1);
    sink.append(empty ? trailer + 1 : trailer, empty ? trailerLength - 1 : trailerLength);
    return true;
  }

  /** The last piece of a line in parts is a part as well: it is no object by itself. */
  private boolean stampPart(long address, long length, boolean moreFollows) {
    byte[] text = JsonText.escape(memory.bytes(address, (int) length));
    if (!sink.hasRoom(PART_HEAD.length + text.length + PART_TAIL.length + trailerLength)) {
      return false;
    }
    inParts = moreFollows;
    sink.append(PART_HEAD, 0, PART_HEAD.length);
    sink.append(text, 0, text.length);
    sink.append(PART_TAIL, 0, PART_TAIL.length);
    sink.append(trailer, trailerLength);
    return true;
  }

  private long withoutTrailingBlanks(long address, long length) {
    long end = length;
    while (end > 0 && isBlank(memory.get(address + end - 1))) {
      end--;
    }
    return end;
  }

  private boolean isBlank(long address, long length) {
    for (long i = 0; i < length; i++) {
      if (!isBlank(memory.get(address + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r';
  }

  @Override
  public void free() {
    memory.free(trailer, trailerLength);
    notJson.free();
  }
}
