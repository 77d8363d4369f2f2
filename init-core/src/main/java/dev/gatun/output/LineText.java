package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.util.Arrays;

/**
 * A line as characters, and where each of them stands in the line's bytes. A byte that is no part
 * of a UTF-8 sequence is U+FFFD, as everywhere in the output. One is enough for all lines.
 */
final class LineText implements CharSequence {
  private static final int FIRST_CAPACITY = 1024;

  private final Memory memory;
  private final Utf8Escaper utf8;
  private char[] chars = new char[FIRST_CAPACITY];
  private int[] offsets = new int[FIRST_CAPACITY];
  private int length;
  private boolean ascii;

  LineText(Memory memory) {
    this.memory = memory;
    this.utf8 = new Utf8Escaper(memory);
  }

  /** Takes the bytes of a line. */
  void set(long address, int lengthBytes) {
    ensureCapacity(lengthBytes + 1);
    ascii = true;
    length = 0;
    int at = 0;
    while (at < lengthBytes) {
      int value = memory.get(address + at) & 0xff;
      if (value < 0x80) {
        append((char) value, at);
        at++;
      } else {
        noteOffsets();
        at += appendSequence(value, address, at, lengthBytes);
      }
    }
    offsets[length] = lengthBytes;
  }

  private void ensureCapacity(int capacity) {
    if (capacity > chars.length) {
      int larger = Math.max(capacity, 2 * chars.length);
      chars = new char[larger];
      offsets = new int[larger];
    }
  }

  /** Up to the first character that is not ASCII, characters stand where their bytes do. */
  private void noteOffsets() {
    for (int i = 0; ascii && i < length; i++) {
      offsets[i] = i;
    }
    ascii = false;
  }

  private void append(char value, int offset) {
    chars[length] = value;
    if (!ascii) {
      offsets[length] = offset;
    }
    length++;
  }

  /** How many bytes it took. */
  private int appendSequence(int lead, long address, int at, int lengthBytes) {
    int bytes = utf8.sequence(lead, address + at, address + lengthBytes);
    if (bytes == 0) {
      append('\ufffd', at);
      return 1;
    }
    int point = lead & (0x7f >> bytes);
    for (int i = 1; i < bytes; i++) {
      point = point << 6 | memory.get(address + at + i) & 0x3f;
    }
    if (point < 0x10000) {
      append((char) point, at);
    } else {
      append(Character.highSurrogate(point), at);
      append(Character.lowSurrogate(point), at);
    }
    return bytes;
  }

  /** Where in the line's bytes the character at {@code index} begins; at the length, their end. */
  int offset(int index) {
    return ascii ? index : offsets[index];
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    return chars[index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new String(Arrays.copyOfRange(chars, start, end));
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }
}
