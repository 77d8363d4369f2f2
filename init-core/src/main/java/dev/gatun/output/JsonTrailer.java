package dev.gatun.output;

import dev.gatun.kernel.Memory;
import dev.gatun.model.JsonEscape;
import java.nio.charset.StandardCharsets;

/**
 * {@code ,"service":"NAME","stage":"STAGE","logged":"TIMESTAMP"}} and the newline, off the heap.
 */
final class JsonTrailer {
  private static final String NO_TIME = "0000-00-00T00:00:00.000Z";

  private final Memory memory;
  private final long address;
  private final int length;

  JsonTrailer(Memory memory, String service, String stage) {
    this.memory = memory;
    byte[][] parts = {
      ascii(",\"service\":\""),
      JsonEscape.utf8(service),
      ascii("\",\"stage\":\""),
      JsonEscape.utf8(stage),
      ascii("\",\"logged\":\"" + NO_TIME + "\"}\n")
    };
    int bytes = 0;
    for (byte[] part : parts) {
      bytes += part.length;
    }
    this.length = bytes;
    this.address = memory.allocate(bytes);
    long to = address;
    for (byte[] part : parts) {
      memory.put(to, part, 0, part.length);
      to += part.length;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  void setTime(Timestamp now) {
    memory.put(address + length - 3 - Timestamp.LENGTH, now.text(), 0, Timestamp.LENGTH);
  }

  long address() {
    return address;
  }

  int length() {
    return length;
  }

  /**
   * Puts the object that ends before {@code end} and the trailer in the place of its last brace;
   * where the object has no members, without the comma. There must be room.
   */
  void append(Sink sink, long object, long end, boolean empty) {
    sink.append(object, end - 1);
    sink.append(empty ? address + 1 : address, empty ? length - 1 : length);
  }

  void free() {
    memory.free(address, length);
  }
}
