package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Escapes text for a JSON string, outside the heap. A byte that is no part of a UTF-8 sequence
 * becomes U+FFFD.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-7">RFC 8259, section 7</a>
 */
final class Utf8Escaper {
  private static final int CONTROL_BYTES = 6;
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
    boolean quoted = value == '"' || value == '\\';
    if (value < 0x20) {
      if (write) {
        control(value, out);
      }
      return out + CONTROL_BYTES;
    }
    if (write) {
      if (quoted) {
        memory.put(out, (byte) '\\');
      }
      memory.put(quoted ? out + 1 : out, (byte) value);
    }
    return quoted ? out + 2 : out + 1;
  }

  private void control(int value, long out) {
    memory.put(out, (byte) '\\');
    memory.put(out + 1, (byte) 'u');
    memory.put(out + 2, (byte) '0');
    memory.put(out + 3, (byte) '0');
    memory.put(out + 4, (byte) ('0' + (value >> 4)));
    memory.put(out + 5, (byte) Character.forDigit(value & 15, 16));
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
