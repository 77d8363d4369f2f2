package dev.gatun.ffm;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's vector code for bytes, at about the cost of a Java call: these functions never
 * block or call back, so the thread stays in the Java state ({@link Linker.Option#critical}), which
 * also means that a safepoint waits for them; hand over at most a few megabytes at a time.
 * Addresses are raw, nothing is checked, nothing is allocated, {@code errno} is not touched.
 *
 * <p>The class links on first use, which takes some milliseconds: touch it when there is time.
 * Unlike {@link Libc}'s functions these may be called by any thread.
 */
public final class Critical {
  private static final MethodHandle MEMCHR;
  private static final MethodHandle MEMCCPY;
  private static final MethodHandle MEMCPY;
  private static final MethodHandle MEMMOVE;

  static {
    // One shape for three, so that only the first has to be linked.
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    FunctionDescriptor shape = FunctionDescriptor.of(word, word, word, word);
    MEMCHR = link(linker, shape, Downcall.find("memchr"));
    FunctionDescriptor withByte =
        FunctionDescriptor.of(word, word, word, ValueLayout.JAVA_INT, word);
    MEMCCPY = link(linker, withByte, Downcall.find("memccpy"));
    MEMCPY = link(linker, shape, Downcall.find("memcpy"));
    MEMMOVE = link(linker, shape, Downcall.find("memmove"));
  }

  private Critical() {}

  @SuppressWarnings("restricted")
  private static MethodHandle link(Linker linker, FunctionDescriptor shape, MemorySegment address) {
    return linker.downcallHandle(address, shape, Linker.Option.critical(false));
  }

  /**
   * Finds the first byte of that value.
   *
   * @param address where to begin
   * @param c the byte; only the low eight bits count
   * @param length how many bytes to look at
   * @return its address, or 0 if there is none
   * @see <a href="https://man7.org/linux/man-pages/man3/memchr.3.html">memchr(3)</a>
   */
  public static long memchr(long address, int c, long length) {
    try {
      return (long) MEMCHR.invokeExact(address, (long) c, length);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Copies bytes up to and including the first one of that value, between areas that do not
   * overlap.
   *
   * @param to the address of the first byte to write
   * @param from the address of the first byte to read
   * @param c the byte to end with; only the low eight bits count
   * @param length how many bytes at most
   * @return the address behind the last byte written, or 0 if {@code length} bytes were copied and
   *     none was {@code c}
   * @see <a href="https://man7.org/linux/man-pages/man3/memccpy.3.html">memccpy(3)</a>
   */
  public static long memccpy(long to, long from, int c, long length) {
    try {
      return (long) MEMCCPY.invokeExact(to, from, c, length);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Copies bytes between areas that do not overlap.
   *
   * @param to the address of the first byte to write
   * @param from the address of the first byte to read
   * @param length how many bytes
   * @see <a href="https://man7.org/linux/man-pages/man3/memcpy.3.html">memcpy(3)</a>
   */
  public static void memcpy(long to, long from, long length) {
    try {
      long _ = (long) MEMCPY.invokeExact(to, from, length);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Copies bytes between areas that may overlap.
   *
   * @param to the address of the first byte to write
   * @param from the address of the first byte to read
   * @param length how many bytes
   * @see <a href="https://man7.org/linux/man-pages/man3/memmove.3.html">memmove(3)</a>
   */
  public static void memmove(long to, long from, long length) {
    try {
      long _ = (long) MEMMOVE.invokeExact(to, from, length);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
