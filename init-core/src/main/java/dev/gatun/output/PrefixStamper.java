package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.nio.charset.StandardCharsets;

/** {@code TIMESTAMP NAME/STAGE: LINE}. A part of a line says so: {@code NAME/STAGE(part): }. */
final class PrefixStamper extends CopyingStamper {
  private static final byte[] PART = "(part): ".getBytes(StandardCharsets.US_ASCII);

  private final Memory memory;
  private final long prefix;
  private final int prefixLength;

  /**
   * @param label what stands behind the time, {@code ": "} included
   */
  PrefixStamper(Memory memory, Sink sink, String label) {
    super(sink);
    this.memory = memory;
    byte[] bytes = (" " + label).getBytes(StandardCharsets.UTF_8);
    this.prefixLength = Timestamp.LENGTH + bytes.length;
    this.prefix = memory.allocate(prefixLength);
    memory.put(prefix + Timestamp.LENGTH, bytes, 0, bytes.length);
  }

  @Override
  public void setTime(Timestamp now) {
    memory.put(prefix, now.text(), 0, Timestamp.LENGTH);
  }

  @Override
  int addedBytes() {
    return prefixLength;
  }

  @Override
  int spareBytes() {
    return 0;
  }

  @Override
  long stampLine(long line, long length, long out) {
    memory.copy(prefix, out, prefixLength);
    return memory.copyThrough(line, out + prefixLength, length, (byte) '\n');
  }

  @Override
  public boolean stamp(long address, long length, boolean part) {
    if (!sink.hasRoom(prefixLength + PART.length + length + 1)) {
      return false;
    }
    if (part) {
      sink.append(prefix, prefixLength - 2);
      sink.append(PART, 0, PART.length);
    } else {
      sink.append(prefix, prefixLength);
    }
    sink.append(address, length);
    sink.append((byte) '\n');
    return true;
  }

  @Override
  public void free() {
    memory.free(prefix, prefixLength);
  }
}
