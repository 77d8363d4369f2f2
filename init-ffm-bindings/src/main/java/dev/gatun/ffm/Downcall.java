package dev.gatun.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The one way into C: all functions share one downcall handle, which takes the function's address,
 * the place for {@code errno} and six {@code long} arguments.
 *
 * <p><b>Why one.</b> The first handle costs more than ten milliseconds at start-up and every
 * further shape several more, while a call through the shared one costs the same. It is sound
 * because the calling conventions of x86-64 (System V) and AArch64 (AAPCS64) pass the first six
 * integers and pointers in registers, each in a register of its own: a callee with fewer parameters
 * ignores the rest, and one with a narrower parameter ignores the upper bits. An {@code int} result
 * is the low 32 bits of the result register. Variadic functions of integers and pointers take their
 * arguments in the same registers.
 *
 * <p><b>Late to be made fast.</b> A handle that has been called 127 times is made over for speed by
 * the JDK, which spins classes and has them compiled: ten milliseconds that a container with few
 * services would spend between the signal that ends it and the services' hearing of it. So the
 * first calls go through copies of the handle, of which none is called so often.
 *
 * <p><b>One thread.</b> The {@code errno} of the last call is kept in one place, so all calls
 * belong to one thread: the event loop's. Nothing checks that.
 *
 * <p><b>Arguments must live.</b> Only the address of a segment reaches C. That it is native and
 * alive is checked before the call; memory of {@link Arena#ofAuto()} must be kept reachable by the
 * caller until the call is over.
 */
final class Downcall {
  /** As many calls as take longer than it takes to make the handle fast. */
  private static final int EARLY_CALLS = 5000;

  /** Fewer than what the JDK bears. */
  private static final int CALLS_A_COPY = 100;

  private static final MethodHandle CALL;

  /**
   * The type of the copies. To pass an object where an interface is asked for takes no conversion,
   * and so the copies share all of the handle but its count of calls.
   */
  private static final MethodType COPY;

  private static final MemorySegment CAPTURED;
  private static final ByteBuffer ERRNO;
  private static final Linker LINKER;

  /**
   * A self-check of the JDK's, which takes a tenth of the time that linking does. The property is
   * taken away again: it is the program's, not ours.
   */
  private static final String VERIFY = "java.lang.foreign.VERIFY_BINDINGS";

  static {
    boolean verifiesUnasked = System.getProperty(VERIFY) == null;
    if (verifiesUnasked) {
      System.setProperty(VERIFY, "false");
    }
    LINKER = Linker.nativeLinker();
    CALL = link(LINKER);
    if (verifiesUnasked) {
      System.clearProperty(VERIFY);
    }
    COPY = CALL.type().changeParameterType(0, Object.class).changeParameterType(1, Object.class);
    CAPTURED = Arena.global().allocate(Linker.Option.captureStateLayout());
    ERRNO = Fields.view(CAPTURED);
  }

  private static int calls;
  private static MethodHandle copy;

  private Downcall() {}

  @SuppressWarnings("restricted")
  private static MethodHandle link(Linker linker) {
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
    return linker.downcallHandle(
        FunctionDescriptor.of(word, word, word, word, word, word, word),
        Linker.Option.captureCallState("errno"));
  }

  /**
   * The address of a symbol of the C library.
   *
   * @throws UnsatisfiedLinkError if the C library has no such symbol
   */
  static MemorySegment find(String symbol) {
    Optional<MemorySegment> address = LINKER.defaultLookup().find(symbol);
    if (address.isEmpty()) {
      throw new UnsatisfiedLinkError(
          "cannot call "
              .concat(symbol)
              .concat(": this system's C library (libc) does not have it"));
    }
    return address.get();
  }

  /** The error number that the last call left; meaningful only if that call reported an error. */
  static int errno() {
    return ERRNO.getInt(0);
  }

  /**
   * The address of a segment, for C.
   *
   * @throws IllegalArgumentException if it is on the Java heap
   * @throws IllegalStateException if its arena is closed
   */
  static long address(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("cannot pass a segment of the Java heap to C");
    }
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("cannot pass a segment to C: its arena is closed");
    }
    return segment.address();
  }

  /** A segment at an address that came from C: as long as memory, for C does not say. */
  @SuppressWarnings("restricted")
  static MemorySegment pointer(long address) {
    return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE);
  }

  static long invoke(MemorySegment function) {
    return invoke(function, 0L, 0L, 0L, 0L, 0L, 0L);
  }

  static long invoke(MemorySegment function, long a) {
    return invoke(function, a, 0L, 0L, 0L, 0L, 0L);
  }

  static long invoke(MemorySegment function, long a, long b) {
    return invoke(function, a, b, 0L, 0L, 0L, 0L);
  }

  static long invoke(MemorySegment function, long a, long b, long c) {
    return invoke(function, a, b, c, 0L, 0L, 0L);
  }

  static long invoke(MemorySegment function, long a, long b, long c, long d) {
    return invoke(function, a, b, c, d, 0L, 0L);
  }

  static long invoke(MemorySegment function, long a, long b, long c, long d, long e) {
    return invoke(function, a, b, c, d, e, 0L);
  }

  /** Calls the function and keeps the {@code errno} it leaves. */
  static long invoke(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    return calls < EARLY_CALLS
        ? invokeEarly(function, a, b, c, d, e, f)
        : invokeFast(function, a, b, c, d, e, f);
  }

  private static long invokeEarly(
      MemorySegment function, long a, long b, long c, long d, long e, long f) {
    if (calls++ % CALLS_A_COPY == 0) {
      copy = MethodHandles.explicitCastArguments(CALL, COPY);
    }
    try {
      return (long) copy.invokeExact((Object) function, (Object) CAPTURED, a, b, c, d, e, f);
    } catch (Error | RuntimeException unchanged) {
      throw unchanged;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Too long to be inlined, so that the compiler does not look into it before it is called. */
  private static long invokeFast(
      MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, CAPTURED, a, b, c, d, e, f);
    } catch (Error | RuntimeException unchanged) {
      throw unchanged;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
