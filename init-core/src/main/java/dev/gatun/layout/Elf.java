package dev.gatun.layout;

import dev.gatun.model.OsString;

/**
 * The beginning of a 64-bit, little-endian program: what both of Gatun's machines execute.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class Elf {
  private static final int MACHINE = 18;
  private static final int PROGRAM_HEADERS = 32;
  private static final int PROGRAM_HEADER_SIZE = 54;
  private static final int PROGRAM_HEADER_COUNT = 56;
  private static final int HEADER_BYTES = 64;
  private static final int INTERPRETER_TYPE = 3;
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;

  private Elf() {}

  static boolean isIn(byte[] head) {
    return head.length >= HEADER_BYTES
        && head[0] == 0x7f
        && head[1] == 'E'
        && head[2] == 'L'
        && head[3] == 'F';
  }

  /** A machine that is not known here is not judged, nor is a 32-bit program. */
  static boolean isForThisMachine(byte[] head) {
    int machine = number(head, MACHINE, 2);
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> machine != AARCH64;
      case "aarch64" -> machine != X86_64;
      default -> true;
    };
  }

  /** The path of the dynamic loader, or null when it needs none or that cannot be told. */
  static OsString loader(byte[] head) {
    final int class64 = 2;
    if (head[4] != class64) {
      return null;
    }
    int at = number(head, PROGRAM_HEADERS, 8);
    int size = number(head, PROGRAM_HEADER_SIZE, 2);
    int count = number(head, PROGRAM_HEADER_COUNT, 2);
    for (int i = 0; i < count; i++) {
      int header = at + i * size;
      if (header < 0 || size < 56 || header > head.length - size) {
        return null;
      }
      if (number(head, header, 4) == INTERPRETER_TYPE) {
        int offset = number(head, header + 8, 8);
        int length = number(head, header + 32, 8) - 1;
        boolean inside = offset > 0 && length > 0 && offset <= head.length - length;
        return inside ? untilNul(OsString.ofBytes(head, offset, length)) : null;
      }
    }
    return null;
  }

  private static OsString untilNul(OsString text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }

  private static int number(byte[] head, int at, int bytes) {
    int value = 0;
    for (int i = Math.min(bytes, 4) - 1; i >= 0; i--) {
      value = value << 8 | head[at + i] & 0xff;
    }
    return value;
  }
}
