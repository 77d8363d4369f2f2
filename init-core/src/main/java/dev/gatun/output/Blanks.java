package dev.gatun.output;

import dev.gatun.kernel.Memory;

/** The blanks that may stand around a JSON object in its line. */
final class Blanks {
  private final Memory memory;

  Blanks(Memory memory) {
    this.memory = memory;
  }

  long lengthWithoutTrailing(long address, long length) {
    long end = length;
    while (end > 0 && isBlank(memory.get(address + end - 1))) {
      end--;
    }
    return end;
  }

  boolean areAll(long address, long length) {
    for (long i = 0; i < length; i++) {
      if (!isBlank(memory.get(address + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t' || value == '\r';
  }
}
