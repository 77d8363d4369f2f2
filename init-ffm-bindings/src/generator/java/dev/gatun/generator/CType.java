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
    BYTE("byte", "C_CHAR", "OfByte", "JAVA_BYTE", 1),
    SHORT("short", "C_SHORT", "OfShort", "JAVA_SHORT_UNALIGNED", 2),
    INT("int", "C_INT", "OfInt", "JAVA_INT_UNALIGNED", 4),
    LONG("long", "C_LONG", "OfLong", "JAVA_LONG_UNALIGNED", 8),
    LONG_LONG("long", "C_LONG_LONG", "OfLong", "JAVA_LONG_UNALIGNED", 8);

    final String java;
    final String cLayout;
    final String layoutType;
    final String accessLayout;
    final int size;

    Carrier(String java, String cLayout, String layoutType, String accessLayout, int size) {
      this.java = java;
      this.cLayout = cLayout;
      this.layoutType = layoutType;
      this.accessLayout = accessLayout;
      this.size = size;
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
