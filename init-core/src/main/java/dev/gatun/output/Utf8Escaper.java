package dev.gatun.output;

import dev.gatun.kernel.Memory;
import dev.gatun.model.JsonEscape;

/**
 * Escapes text for a JSON string, outside the heap, as {@link JsonEscape} has it. A byte that is no
 * part of a UTF-8 sequence becomes U+FFFD.
 */
final class Utf8Escaper {
  private static final int REPLACEMENT_BYTES = 3;

  private final Memory memory;

  Utf8Escaper(Memory memory) {
    this.memory = memory;
  }

  /** How long the text becomes: at most six times as long. */
  long length(long address, long length) {
    return escape(address, length, 0, false);
  }

  /** Writes the text; the address behind it. */
  long write(long address, long length, long to) {
    return escape(address, length, to, true);
  }

  private long escape(long address, long length, long to, boolean write) {
    long from = address;
    long end = address + length;
    long out = to;
    while (from < end) {
      int value = memory.get(from) & 0xff;
      if (value < 0x80) {
        out = ascii(value, out, write);
        from++;
        continue;
      }
      int bytes = sequence(value, from, end);
      if (bytes == 0) {
        out = replacement(out, write);
        from++;
        continue;
      }
      if (write) {
        for (int i = 0; i < bytes; i++) {
          memory.put(out + i, memory.get(from + i));
        }
      }
      out += bytes;
      from += bytes;
    }
    return out;
  }

  private long ascii(int value, long out, boolean write) {
    byte[] form = JsonEscape.ascii(value);
    for (int i = 0; write && i < form.length; i++) {
      memory.put(out + i, form[i]);
    }
    return out + form.length;
  }

  private long replacement(long out, boolean write) {
    if (write) {
      memory.put(out, (byte) 0xef);
      memory.put(out + 1, (byte) 0xbf);
      memory.put(out + 2, (byte) 0xbd);
    }
    return out + REPLACEMENT_BYTES;
  }

  /** How many bytes the sequence has that begins with {@code lead}, or 0 when it is none. */
  int sequence(int lead, long from, long end) {
    int bytes = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (bytes == 0 || end - from < bytes) {
      return 0;
    }
    int second = memory.get(from + 1) & 0xff;
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < bytes; i++) {
      if ((memory.get(from + i) & 0xc0) != 0x80) {
        return 0;
      }
    }
    return bytes;
  }
}
