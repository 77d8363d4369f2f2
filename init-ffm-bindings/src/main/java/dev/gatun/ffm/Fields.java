package dev.gatun.ffm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers and bytes in native memory, wherever they are aligned, through byte buffers. The first
 * access of a segment through a layout makes var handles, which takes about five milliseconds of
 * the start; the first through a buffer takes a tenth of one. Later ones take some tens of
 * nanoseconds more: nothing for the fields of a struct, too much for the bytes of a stream.
 *
 * <p>All methods throw {@link IndexOutOfBoundsException} for what is not in the segment and {@link
 * IllegalStateException} when its arena is closed.
 */
public final class Fields {
  private Fields() {}

  /** The byte at {@code offset} bytes. */
  public static byte getByte(MemorySegment segment, long offset) {
    return at(segment, offset, Byte.BYTES).get(0);
  }

  /** The two bytes at {@code offset} bytes, as a number. */
  public static short getShort(MemorySegment segment, long offset) {
    return at(segment, offset, Short.BYTES).getShort(0);
  }

  /** The four bytes at {@code offset} bytes, as a number. */
  public static int getInt(MemorySegment segment, long offset) {
    return at(segment, offset, Integer.BYTES).getInt(0);
  }

  /** The eight bytes at {@code offset} bytes, as a number. */
  public static long getLong(MemorySegment segment, long offset) {
    return at(segment, offset, Long.BYTES).getLong(0);
  }

  /** Writes the byte at {@code offset} bytes. */
  public static void set(MemorySegment segment, long offset, byte value) {
    at(segment, offset, Byte.BYTES).put(0, value);
  }

  /** Writes the two bytes at {@code offset} bytes. */
  public static void set(MemorySegment segment, long offset, short value) {
    at(segment, offset, Short.BYTES).putShort(0, value);
  }

  /** Writes the four bytes at {@code offset} bytes. */
  public static void set(MemorySegment segment, long offset, int value) {
    at(segment, offset, Integer.BYTES).putInt(0, value);
  }

  /** Writes the eight bytes at {@code offset} bytes. */
  public static void set(MemorySegment segment, long offset, long value) {
    at(segment, offset, Long.BYTES).putLong(0, value);
  }

  /** A copy of the first {@code length} bytes. */
  public static byte[] bytes(MemorySegment segment, int length) {
    byte[] bytes = new byte[length];
    at(segment, 0, length).get(bytes);
    return bytes;
  }

  /** Copies the first {@code length} bytes to {@code to}, from its index {@code at} on. */
  public static void get(MemorySegment segment, byte[] to, int at, int length) {
    at(segment, 0, length).get(to, at, length);
  }

  /** Writes {@code bytes} to the beginning. */
  public static void set(MemorySegment segment, byte[] bytes) {
    at(segment, 0, bytes.length).put(bytes);
  }

  /**
   * The whole segment, in this machine's byte order: for what is read again and again, where the
   * buffers that the other methods make each time would be the most of the cost.
   */
  public static ByteBuffer view(MemorySegment segment) {
    return at(segment, 0, segment.byteSize());
  }

  private static ByteBuffer at(MemorySegment segment, long offset, long length) {
    return segment.asSlice(offset, length).asByteBuffer().order(ByteOrder.nativeOrder());
  }
}
