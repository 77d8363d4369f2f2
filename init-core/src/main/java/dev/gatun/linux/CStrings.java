package dev.gatun.linux;

import dev.gatun.model.OsString;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Text on its way to and from C: bytes with a NUL behind them. */
final class CStrings {
  /** No single string or list from the kernel is longer. */
  private static final long MAX_BYTES = 1L << 31;

  private CStrings() {}

  static MemorySegment allocate(SegmentAllocator allocator, OsString text) {
    byte[] bytes = text.bytes();
    MemorySegment memory = allocator.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return memory;
  }

  static MemorySegment allocate(SegmentAllocator allocator, String ascii) {
    return allocate(allocator, OsString.of(ascii));
  }

  /** An array of strings with a null pointer behind them. */
  static MemorySegment allocateArray(SegmentAllocator allocator, List<OsString> texts) {
    MemorySegment array = allocator.allocate((texts.size() + 1L) * Long.BYTES, Long.BYTES);
    for (int i = 0; i < texts.size(); i++) {
      long address = allocate(allocator, texts.get(i)).address();
      array.set(ValueLayout.JAVA_LONG, (long) i * Long.BYTES, address);
    }
    return array;
  }

  /** The string at {@code address}. */
  static OsString read(long address) {
    long length = 0;
    while (LinuxMemory.ALL.get(ValueLayout.JAVA_BYTE, address + length) != 0
        && length < MAX_BYTES) {
      length++;
    }
    byte[] bytes = new byte[(int) length];
    MemorySegment.copy(LinuxMemory.ALL, ValueLayout.JAVA_BYTE, address, bytes, 0, bytes.length);
    return OsString.ofBytes(bytes);
  }

  /** The strings of an array that ends in a null pointer. */
  static List<OsString> readArray(long address) {
    List<OsString> texts = new ArrayList<>();
    for (long at = address; ; at += Long.BYTES) {
      long text = LinuxMemory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
      if (text == 0) {
        return texts;
      }
      texts.add(read(text));
    }
  }
}
