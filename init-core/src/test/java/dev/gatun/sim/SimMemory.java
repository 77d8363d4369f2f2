package dev.gatun.sim;

import dev.gatun.kernel.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Off-heap memory that knows its bounds: touching a byte that is not allocated throws. Blocks are
 * used again from run to run, so that a run costs no zeroing.
 */
public final class SimMemory implements Memory {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ThreadLocal<Map<Long, Deque<Long>>> FREE =
      ThreadLocal.withInitial(HashMap::new);

  /** Address to length. */
  private final TreeMap<Long, Long> blocks = new TreeMap<>();

  /** The two blocks that were touched last: copies go from one to the other. */
  private long lastBase;

  private long lastEnd;
  private long otherBase;
  private long otherEnd;

  private long discardedBytes;

  public int blockCount() {
    return blocks.size();
  }

  public long discardedBytes() {
    return discardedBytes;
  }

  /** Gives back everything. */
  public void freeAll() {
    blocks.forEach((address, length) -> freeBlocks(length).push(address));
    blocks.clear();
    forgetLast();
  }

  private static Deque<Long> freeBlocks(long length) {
    return FREE.get().computeIfAbsent(length, any -> new ArrayDeque<>());
  }

  @Override
  public long allocate(long length) {
    Long used = freeBlocks(length).poll();
    long address = used != null ? used : Arena.global().allocate(length, 16).address();
    blocks.put(address, length);
    return address;
  }

  @Override
  public void free(long address, long length) {
    Long there = blocks.remove(address);
    if (there == null || there != length) {
      throw new IllegalStateException("frees what was not allocated: " + length + " bytes");
    }
    forgetLast();
    freeBlocks(length).push(address);
  }

  private void forgetLast() {
    lastBase = 0;
    lastEnd = 0;
    otherBase = 0;
    otherEnd = 0;
  }

  private void check(long address, long length) {
    boolean isKnown =
        address >= lastBase && address + length <= lastEnd
            || address >= otherBase && address + length <= otherEnd;
    if (!isKnown && length != 0) {
      lookUp(address, length);
    }
  }

  private void lookUp(long address, long length) {
    Map.Entry<Long, Long> block = blocks.floorEntry(address);
    if (block == null || length < 0 || address + length > block.getKey() + block.getValue()) {
      throw new IllegalStateException("touches " + length + " bytes outside its memory");
    }
    otherBase = lastBase;
    otherEnd = lastEnd;
    lastBase = block.getKey();
    lastEnd = lastBase + block.getValue();
  }

  @Override
  public long find(long address, long length, byte value) {
    check(address, length);
    for (long i = 0; i < length; i++) {
      if (ALL.get(ValueLayout.JAVA_BYTE, address + i) == value) {
        return address + i;
      }
    }
    return 0;
  }

  @Override
  public long copyThrough(long from, long to, long length, byte last) {
    long found = find(from, length, last);
    long count = found == 0 ? length : found + 1 - from;
    copy(from, to, count);
    return found == 0 ? 0 : to + count;
  }

  @Override
  public void copy(long from, long to, long length) {
    check(from, length);
    check(to, length);
    if (from < to + length && to < from + length && length > 0) {
      throw new IllegalStateException("copies ranges that overlap");
    }
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  @Override
  public void move(long from, long to, long length) {
    check(from, length);
    check(to, length);
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  @Override
  public byte get(long address) {
    check(address, 1);
    return ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  @Override
  public void put(long address, byte value) {
    check(address, 1);
    ALL.set(ValueLayout.JAVA_BYTE, address, value);
  }

  @Override
  public void put(long to, byte[] bytes, int from, int length) {
    check(to, length);
    MemorySegment.copy(bytes, from, ALL, ValueLayout.JAVA_BYTE, to, length);
  }

  /** Whoever reads what is gone is to notice. */
  @Override
  public void discard(long address, long length) {
    check(address, length);
    ALL.asSlice(address, length).fill((byte) '?');
    discardedBytes += length;
  }

  @Override
  public byte[] bytes(long address, int length) {
    check(address, length);
    byte[] bytes = new byte[length];
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, bytes, 0, length);
    return bytes;
  }
}
