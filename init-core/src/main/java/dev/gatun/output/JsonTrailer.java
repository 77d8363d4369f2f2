package dev.gatun.output;

import dev.gatun.kernel.Memory;
import dev.gatun.model.JsonText;
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
    byte[] bytes =
        (",\"service\":\""
                + JsonText.escape(service)
                + "\",\"stage\":\""
                + JsonText.escape(stage)
                + "\",\"logged\":\""
                + NO_TIME
                + "\"}\n")
            .getBytes(StandardCharsets.UTF_8);
    this.length = bytes.length;
    this.address = memory.allocate(length);
    memory.put(address, bytes, 0, length);
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
