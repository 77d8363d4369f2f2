package dev.gatun.kernel;

/**
 * Bytes outside the heap, by address. Plain addresses and not segments: the data path must allocate
 * nothing a line, and bounds are the framer's and the sink's to keep.
 */
public interface Memory {

  /** {@code length} bytes, zero until written. Fails with an OutOfMemoryError. */
  long allocate(long length);

  void free(long address, long length);

  /**
   * The process is about to end: what is freed from now on may stay until then. The kernel takes it
   * all in one go.
   */
  default void keepUntilTheEnd() {}

  /** The address of the first {@code value} in the range, or 0. */
  long find(long address, long length, byte value);

  /**
   * Copies bytes up to and including the first {@code last}, and no more than {@code length}; the
   * ranges must not overlap.
   *
   * @return the address behind the copy, or 0 when there is no {@code last}: then what is at {@code
   *     to} has become something else all the same
   */
  long copyThrough(long from, long to, long length, byte last);

  /** Copies bytes; the ranges must not overlap. */
  void copy(long from, long to, long length);

  /** Copies bytes; the ranges may overlap. */
  void move(long from, long to, long length);

  byte get(long address);

  void put(long address, byte value);

  /** Copies {@code bytes} to {@code to}. */
  void put(long to, byte[] bytes, int from, int length);

  /** Copies {@code length} bytes to the beginning of {@code to}. */
  default void get(long from, byte[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] = get(from + i);
    }
  }

  /** Gives the pages of a range back to the kernel; its bytes may be anything afterwards. */
  default void discard(long address, long length) {}

  /** The bytes at {@code address}. */
  byte[] bytes(long address, int length);
}
