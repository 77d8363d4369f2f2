package dev.gatun.linux;

import dev.gatun.ffm.Critical;
import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Anonymous mappings, and the C library's vector code for their bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
final class LinuxMemory implements Memory {
  /** The whole address space. */
  static final MemorySegment ALL = all();

  private static final long MAP_FAILED = -1;

  /** Where pages are larger, nothing may be given back: that costs memory and nothing else. */
  private static final long PAGE_BYTES = 4096;

  private boolean kept;

  @SuppressWarnings("restricted")
  private static MemorySegment all() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  @Override
  public long allocate(long length) {
    int protection = Libc.PROT_READ() | Libc.PROT_WRITE();
    int flags = Libc.MAP_PRIVATE() | Libc.MAP_ANONYMOUS() | Libc.MAP_NORESERVE();
    MemorySegment mapped = Libc.mmap(MemorySegment.NULL, length, protection, flags, -1, 0);
    if (mapped.address() == MAP_FAILED) {
      throw new OutOfMemoryError("cannot map " + length + " bytes");
    }
    return mapped.address();
  }

  @Override
  public void free(long address, long length) {
    if (!kept) {
      Libc.munmap(MemorySegment.ofAddress(address), length);
    }
  }

  @Override
  public void keepUntilTheEnd() {
    kept = true;
  }

  @Override
  public long find(long address, long length, byte value) {
    return Critical.memchr(address, value, length);
  }

  @Override
  public long copyThrough(long from, long to, long length, byte last) {
    return Critical.memccpy(to, from, last, length);
  }

  @Override
  public void copy(long from, long to, long length) {
    Critical.memcpy(to, from, length);
  }

  @Override
  public void move(long from, long to, long length) {
    Critical.memmove(to, from, length);
  }

  @Override
  public byte get(long address) {
    return ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  @Override
  public void put(long address, byte value) {
    ALL.set(ValueLayout.JAVA_BYTE, address, value);
  }

  /** Through a buffer, as the labels are written before the first service is: {@link Fields}. */
  @Override
  public void put(long to, byte[] bytes, int from, int length) {
    ALL.asSlice(to, length).asByteBuffer().put(bytes, from, length);
  }

  @Override
  public void get(long from, byte[] to, int length) {
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, 0, length);
  }

  /** What is left of a page at the beginning is kept. */
  @Override
  public void discard(long address, long length) {
    long first = (address + PAGE_BYTES - 1) & -PAGE_BYTES;
    long end = address + length;
    if (end > first) {
      Libc.madvise(MemorySegment.ofAddress(first), end - first, Libc.MADV_DONTNEED());
    }
  }

  @Override
  public byte[] bytes(long address, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, address, bytes, 0, length);
    return bytes;
  }
}
