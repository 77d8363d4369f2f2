package dev.gatun.output;

import dev.gatun.kernel.Memory;

/** The last bytes that were written somewhere: a ring, by positions that only grow. */
public final class RecentBytes {
  /** As many bytes are there, at most. */
  public static final int CAPACITY = 128 * 1024;

  private final Memory memory;
  private final long base;
  private long end;

  RecentBytes(Memory memory) {
    this.memory = memory;
    this.base = memory.allocate(CAPACITY);
  }

  /** Those at {@code address} have been written. */
  void wrote(long address, long length) {
    long taken = Math.min(length, CAPACITY);
    long from = address + length - taken;
    end += length;
    long at = (end - taken) % CAPACITY;
    long first = Math.min(taken, CAPACITY - at);
    memory.copy(from, base + at, first);
    if (taken > first) {
      memory.copy(from + first, base, taken - first);
    }
  }

  /** How many bytes have been written since the beginning. */
  public long end() {
    return end;
  }

  /** The position of the oldest byte that is there. */
  public long begin() {
    return Math.max(0, end - CAPACITY);
  }

  /**
   * The bytes from a position on.
   *
   * @param position not before {@link #begin}
   * @param length not more than there are
   */
  public byte[] bytes(long position, int length) {
    byte[] bytes = new byte[length];
    long at = position % CAPACITY;
    int first = (int) Math.min(length, CAPACITY - at);
    byte[] head = memory.bytes(base + at, first);
    System.arraycopy(head, 0, bytes, 0, first);
    if (length > first) {
      byte[] tail = memory.bytes(base, length - first);
      System.arraycopy(tail, 0, bytes, first, length - first);
    }
    return bytes;
  }
}
