package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.model.OsString;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.List;

/** Text on its way to and from C: bytes with a NUL behind them. */
final class CStrings {
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
    return OsString.ofBytes(Fields.bytes(text, (int) Libc.strlen(text)));
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
