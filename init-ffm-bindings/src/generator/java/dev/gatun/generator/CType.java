package dev.gatun.generator;

/** A C type as far as Java can tell it apart. */
sealed interface CType {

  /** No value. */
  record Void() implements CType {}

  /** An integer or floating-point number, an enum included. */
  record Number(Carrier carrier) implements CType {}

  /** Any pointer, also one to a function. */
  record Pointer() implements CType {}

  /** An array; a flexible array member has the length 0. */
  record Array(CType element, long length) implements CType {}

  /** A struct or union. */
  record Group(Headers.Record group) implements CType {}

  /** What carries a number in Java. */
  enum Carrier {
    BYTE("byte", "C_CHAR", "OfByte", 1),
    SHORT("short", "C_SHORT", "OfShort", 2),
    INT("int", "C_INT", "OfInt", 4),
    LONG("long", "C_LONG", "OfLong", 8),
    LONG_LONG("long", "C_LONG_LONG", "OfLong", 8);

    final String java;
    final String cLayout;
    final String layoutType;
    final int size;

    Carrier(String java, String cLayout, String layoutType, int size) {
      this.java = java;
      this.cLayout = cLayout;
      this.layoutType = layoutType;
      this.size = size;
    }

    /** The method of {@code Fields} that reads one. */
    String getter() {
      return "get" + layoutType.substring("Of".length());
    }
  }

  /** The Java type of a parameter, result or field. */
  default String java() {
    return switch (this) {
      case Void _ -> "void";
      case Number number -> number.carrier().java;
      case Pointer _, Array _, Group _ -> "MemorySegment";
    };
  }
}
