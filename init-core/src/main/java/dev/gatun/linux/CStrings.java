package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.model.OsString;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Text on its way to and from C: bytes with a NUL behind them. */
final class CStrings {
  private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

  /** A buffer cannot be quite as long as its indexes would let it. */
  private static final long LONGEST_VIEW_BYTES = Integer.MAX_VALUE & -4096L;

  private CStrings() {}

  static MemorySegment allocate(SegmentAllocator allocator, OsString text) {
    byte[] bytes = text.bytes();
    MemorySegment memory = allocator.allocate(bytes.length + 1L);
    Fields.set(memory, bytes);
    return memory;
  }

  static MemorySegment allocate(SegmentAllocator allocator, String ascii) {
    return allocate(allocator, OsString.of(ascii));
  }

  /** The strings one behind the other, each with its NUL: as exec lays an environment out. */
  static MemorySegment allocateBlock(SegmentAllocator allocator, List<OsString> texts) {
    int length = 0;
    for (OsString text : texts) {
      length += text.length() + 1;
    }
    byte[] bytes = new byte[length];
    int at = 0;
    for (OsString text : texts) {
      System.arraycopy(text.bytes(), 0, bytes, at, text.length());
      at += text.length() + 1;
    }
    MemorySegment block = allocator.allocate(length);
    Fields.set(block, bytes);
    return block;
  }

  /** An array of strings with a null pointer behind them. */
  static MemorySegment allocateArray(SegmentAllocator allocator, List<OsString> texts) {
    MemorySegment array = allocator.allocate((texts.size() + 1L) * Long.BYTES, Long.BYTES);
    for (int i = 0; i < texts.size(); i++) {
      Fields.set(array, (long) i * Long.BYTES, allocate(allocator, texts.get(i)).address());
    }
    return array;
  }

  /** The string at {@code address}. */
  static OsString read(long address) {
    MemorySegment text = LinuxMemory.ALL.asSlice(address);
    return OsString.ofBytes(Fields.bytes(text, length(address)));
  }

  /**
   * As strlen(3), of which the variables of the environment would make half of all calls of a short
   * container. A word that begins at a multiple of its size never reaches into another page.
   */
  private static int length(long address) {
    int before = (int) (address % Long.BYTES);
    ByteBuffer words = Fields.view(LinuxMemory.ALL.asSlice(address - before, LONGEST_VIEW_BYTES));
    long word = words.getLong(0) | (1L << before * Byte.SIZE) - 1;
    int at = 0;
    while (zeros(word) == 0) {
      at += Long.BYTES;
      word = words.getLong(at);
    }
    return at + Long.numberOfTrailingZeros(zeros(word)) / Byte.SIZE - before;
  }

  /** The highest bit of each zero byte up to the first, and none where there is no such byte. */
  private static long zeros(long word) {
    return word - LOWEST_BITS & ~word & HIGHEST_BITS;
  }

  /** The strings of an array that ends in a null pointer. */
  static List<OsString> readArray(long address) {
    List<OsString> texts = new ArrayList<>();
    for (long at = address; ; at += Long.BYTES) {
      long text = Fields.getLong(LinuxMemory.ALL, at);
      if (text == 0) {
        return texts;
      }
      texts.add(read(text));
    }
  }
}
