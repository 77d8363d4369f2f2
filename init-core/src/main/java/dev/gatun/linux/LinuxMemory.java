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
 * <p>{@link Critical} and the access of a segment through a layout cost next to nothing a call, and
 * some ten milliseconds of processor time before the first. Most containers never say enough for
 * that to pay, so the first accesses go the ways that are there anyway: the shared downcall, and
 * buffers. The methods of the data path are no longer than what the compiler inlines.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
final class LinuxMemory implements Memory {
  /** The whole address space. */
  static final MemorySegment ALL = all();

  private static final long MAP_FAILED = -1;

  /** Where pages are larger, nothing may be given back: that costs memory and nothing else. */
  private static final long PAGE_BYTES = 4096;

  /**
   * Few enough that the compiler has not come to any of these methods, nor to one that calls them,
   * when the faster way is made: what it compiles before that stays slower for good.
   */
  private static final int EARLY_ACCESSES = 100;

  private static final byte NONE = 0;

  private int accesses;
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
    return accesses < EARLY_ACCESSES
        ? early(Access.FIND, address, 0, length, value)
        : Critical.memchr(address, value, length);
  }

  @Override
  public long copyThrough(long from, long to, long length, byte last) {
    return accesses < EARLY_ACCESSES
        ? early(Access.COPY_THROUGH, from, to, length, last)
        : Critical.memccpy(to, from, last, length);
  }

  @Override
  public void copy(long from, long to, long length) {
    if (accesses < EARLY_ACCESSES) {
      early(Access.MOVE, from, to, length, NONE);
    } else {
      Critical.memcpy(to, from, length);
    }
  }

  @Override
  public void move(long from, long to, long length) {
    if (accesses < EARLY_ACCESSES) {
      early(Access.MOVE, from, to, length, NONE);
    } else {
      Critical.memmove(to, from, length);
    }
  }

  @Override
  public byte get(long address) {
    return accesses < EARLY_ACCESSES ? getEarly(address) : ALL.get(ValueLayout.JAVA_BYTE, address);
  }

  private byte getEarly(long address) {
    return (byte) early(Access.GET, address, 0, 1, NONE);
  }

  @Override
  public void put(long address, byte value) {
    if (accesses < EARLY_ACCESSES) {
      putEarly(address, value);
    } else {
      ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }
  }

  private void putEarly(long address, byte value) {
    early(Access.PUT, 0, address, 1, value);
  }

  private enum Access {
    FIND,
    COPY_THROUGH,
    MOVE,
    GET,
    PUT
  }

  /** One for all, and so too long to be inlined: the compiler would do it, called or not. */
  private long early(Access access, long from, long to, long length, byte value) {
    accesses++;
    MemorySegment source = MemorySegment.ofAddress(from);
    switch (access) {
      case FIND -> {
        return Libc.memchr(source, value, length).address();
      }
      case COPY_THROUGH -> {
        return Libc.memccpy(MemorySegment.ofAddress(to), source, value, length).address();
      }
      case MOVE -> MemorySegment.copy(ALL, from, ALL, to, length);
      case GET -> {
        return Fields.getByte(ALL, from);
      }
      case PUT -> Fields.set(ALL, to, value);
    }
    return 0;
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
