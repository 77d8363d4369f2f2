package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The files of proc(5), which have no size until they are read, and links, there and elsewhere. */
final class ProcFile {
  private static final int CHUNK_BYTES = 4096;

  private ProcFile() {}

  /** The descriptor, or a negative errno. */
  static int open(String path) {
    return open(path, Libc.O_RDONLY());
  }

  private static int open(String path, int access) {
    try (Arena arena = Arena.ofConfined()) {
      int flags = access | Libc.O_CLOEXEC();
      return SystemCalls.result(Libc.open(CStrings.allocate(arena, path), flags, 0));
    }
  }

  /** Writes to a file that is there, or leaves it. */
  static void write(String path, byte[] text) {
    int descriptor = open(path, Libc.O_WRONLY());
    if (descriptor >= 0) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment bytes = arena.allocate(text.length);
        Fields.set(bytes, text);
        Libc.write(descriptor, bytes, text.length);
      } finally {
        Libc.close(descriptor);
      }
    }
  }

  /** What is in a file, or its first {@code maxBytes}; nothing when it cannot be read. */
  static byte[] read(String path, int maxBytes) {
    int descriptor = open(path);
    if (descriptor < 0) {
      return new byte[0];
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(CHUNK_BYTES);
      byte[] text = new byte[CHUNK_BYTES];
      int length = 0;
      while (length < maxBytes) {
        long count = Libc.read(descriptor, chunk, Math.min(CHUNK_BYTES, maxBytes - length));
        if (count <= 0) {
          break;
        }
        if (length + count > text.length) {
          text = Arrays.copyOf(text, text.length * 2);
        }
        Fields.get(chunk, text, length, (int) count);
        length += (int) count;
      }
      return Arrays.copyOf(text, length);
    } finally {
      Libc.close(descriptor);
    }
  }

  /** What a link leads to; empty when that cannot be read. */
  static OsString readLink(String path) {
    return readLink(OsString.of(path));
  }

  /** What a link leads to; empty when there is none, or that cannot be read. */
  static OsString readLink(OsString path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(CHUNK_BYTES);
      long count = Libc.readlink(CStrings.allocate(arena, path), target, CHUNK_BYTES);
      return OsString.ofBytes(Fields.bytes(target, (int) Math.max(0, count)));
    }
  }

  /** Why a link cannot be read, as a negative errno, or 0. */
  static int linkError(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nothing = arena.allocate(1);
      long count = Libc.readlink(CStrings.allocate(arena, path), nothing, 1);
      return (int) Math.min(0, SystemCalls.result(count));
    }
  }

  /** The first word behind {@code name:} at the beginning of a line, or nothing. */
  static String field(byte[] text, String name) {
    int at = 0;
    while (at < text.length) {
      int value = valueOf(text, at, name);
      if (value >= 0) {
        int end = value;
        while (end < text.length && text[end] > ' ') {
          end++;
        }
        return OsString.ofBytes(text, value, end - value).toString();
      }
      while (at < text.length && text[at] != '\n') {
        at++;
      }
      at++;
    }
    return "";
  }

  /** Where the value begins, when this line is the one. */
  private static int valueOf(byte[] text, int line, String name) {
    int at = line;
    for (int i = 0; i < name.length(); i++, at++) {
      if (at >= text.length || text[at] != name.charAt(i)) {
        return -1;
      }
    }
    if (at >= text.length || text[at] != ':') {
      return -1;
    }
    at++;
    while (at < text.length && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** A whole number without a sign, or {@code otherwise}. */
  static long number(String digits, int radix, long otherwise) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0 || i > 18) {
        return otherwise;
      }
      number = number * radix + digit;
    }
    return digits.isEmpty() ? otherwise : number;
  }
}
