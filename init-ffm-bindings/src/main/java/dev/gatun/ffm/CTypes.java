package dev.gatun.ffm;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;

/**
 * The layouts of C's types, under the names that jextract gives them; {@link Libc} inherits them.
 * They are in an interface because its fields are made when one is first used: a program that only
 * calls functions and accessors never makes them.
 */
public interface CTypes {
  /** {@code bool}. */
  ValueLayout.OfBoolean C_BOOL = ValueLayout.JAVA_BOOLEAN;

  /** {@code char}. */
  ValueLayout.OfByte C_CHAR = ValueLayout.JAVA_BYTE;

  /** {@code short}. */
  ValueLayout.OfShort C_SHORT = ValueLayout.JAVA_SHORT;

  /** {@code int}. */
  ValueLayout.OfInt C_INT = ValueLayout.JAVA_INT;

  /** {@code long}. */
  ValueLayout.OfLong C_LONG = ValueLayout.JAVA_LONG;

  /** {@code long long}. */
  ValueLayout.OfLong C_LONG_LONG = ValueLayout.JAVA_LONG;

  /** {@code float}. */
  ValueLayout.OfFloat C_FLOAT = ValueLayout.JAVA_FLOAT;

  /** {@code double}. */
  ValueLayout.OfDouble C_DOUBLE = ValueLayout.JAVA_DOUBLE;

  /** A pointer to memory of unknown size. */
  AddressLayout C_POINTER = Layouts.pointer(MemoryLayout.sequenceLayout(Long.MAX_VALUE, C_CHAR));
}
