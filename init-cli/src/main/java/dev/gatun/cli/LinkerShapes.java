package dev.gatun.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Shapes of method handles that the JDK's linker makes for the shared downcall and that no cache
 * holds by itself: a class is spun for each at every start, about a millisecond each. What does get
 * into a cache with linked classes are the method references of a training run, with what the JDK
 * made for them. A shape is a kind of call, and of each argument whether it is an object or a long;
 * so a method reference of the same shape saves the start that class.
 *
 * <p>{@code -Djava.lang.invoke.MethodHandle.TRACE_RESOLVE=true} lists the shapes that are missing
 * ("fail"). Those of another JDK may be others: then a start takes longer, and nothing else.
 */
class LinkerShapes {
  private interface ToNothing {
    void call(Object a);
  }

  private interface ToLong {
    long call(Object a);
  }

  private interface FromLong {
    Object call(long a);
  }

  /** A type switch over a layout. */
  private interface Switch {
    Object call(LinkerShapes self, Object a, Object b, Object c);
  }

  /** The stub: the handle of the leaf, the function, the place of errno, six arguments. */
  private interface Stub {
    long call(Object a, Object b, Object c, long d, long e, long f, long g, long h, long i);
  }

  /** A handle that is bound to the stub. */
  private interface BoundStub {
    long call(
        LinkerShapes self,
        Object a,
        Object b,
        Object c,
        long d,
        long e,
        long f,
        long g,
        long h,
        long i);
  }

  /** The native call: function, place of errno, six arguments. */
  private interface Leaf {
    long call(LinkerShapes self, long a, long b, long c, long d, long e, long f, long g, long h);
  }

  /** A call of a class that is not initialized yet has a shape of its own: one class a method. */
  private static final class Later {
    private static final class One {
      static void toNothing(Object a) {}
    }

    private static final class Two {
      static long toLong(Object a) {
        return 0;
      }
    }

    private static final class Three {
      static Object fromLong(long a) {
        return null;
      }
    }

    private static final class Four {
      static long stub(
          Object a, Object b, Object c, long d, long e, long f, long g, long h, long i) {
        return 0;
      }
    }
  }

  /** Makes all of them, and calls them, as only what has been called gets into the cache. */
  static void touch() {
    LinkerShapes self = new LinkerShapes();
    ToNothing toNothing = LinkerShapes::toNothing;
    toNothing.call(self);
    ToNothing toNothingLater = Later.One::toNothing;
    toNothingLater.call(self);
    ToLong toLong = LinkerShapes::toLong;
    toLong.call(self);
    ToLong toLongLater = Later.Two::toLong;
    toLongLater.call(self);
    FromLong fromLongLater = Later.Three::fromLong;
    fromLongLater.call(0);
    Switch choice = LinkerShapes::choose;
    choice.call(self, self, self, self);
    Stub stub = LinkerShapes::stub;
    stub.call(self, self, self, 0, 0, 0, 0, 0, 0);
    Stub stubLater = Later.Four::stub;
    stubLater.call(self, self, self, 0, 0, 0, 0, 0, 0);
    BoundStub bound = LinkerShapes::boundStub;
    bound.call(self, self, self, self, 0, 0, 0, 0, 0, 0);
    Leaf leaf = LinkerShapes::leaf;
    leaf.call(self, 0, 0, 0, 0, 0, 0, 0, 0);
    callLeafExactly();
  }

  /** As the stub does it. */
  private static void callLeafExactly() {
    Class<?> word = long.class;
    MethodType type = MethodType.methodType(word, word, word, word, word, word, word, word, word);
    try {
      MethodHandle leaf = MethodHandles.lookup().findStatic(LinkerShapes.class, "staticLeaf", type);
      long _ = (long) leaf.invokeExact(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void toNothing(Object a) {}

  private static long toLong(Object a) {
    return 0;
  }

  /** Not private, and in a class that may have subclasses: else it is another kind of call. */
  Object choose(Object a, Object b, Object c) {
    return a;
  }

  private static long stub(
      Object a, Object b, Object c, long d, long e, long f, long g, long h, long i) {
    return 0;
  }

  private long boundStub(
      Object a, Object b, Object c, long d, long e, long f, long g, long h, long i) {
    return 0;
  }

  private long leaf(long a, long b, long c, long d, long e, long f, long g, long h) {
    return 0;
  }

  static long staticLeaf(long a, long b, long c, long d, long e, long f, long g, long h) {
    return 0;
  }
}
