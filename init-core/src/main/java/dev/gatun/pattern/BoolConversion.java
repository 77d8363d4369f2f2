package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads truth values, as Go's ParseBool does. */
final class BoolConversion extends Conversion {
  private static final byte[][] TRUE = bytes("1", "t", "T", "TRUE", "true", "True");
  private static final byte[][] FALSE = bytes("0", "f", "F", "FALSE", "false", "False");

  private static byte[][] bytes(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  @Override
  boolean write(byte[] text, int begin, int end, JsonBuffer out) {
    boolean isTrue = isOne(TRUE, text, begin, end);
    if (!isTrue && !isOne(FALSE, text, begin, end)) {
      return false;
    }
    out.raw(isTrue ? TRUE[4] : FALSE[4]);
    return true;
  }

  private static boolean isOne(byte[][] words, byte[] text, int begin, int end) {
    for (byte[] word : words) {
      if (Arrays.equals(word, 0, word.length, text, begin, end)) {
        return true;
      }
    }
    return false;
  }

  @Override
  String problem() {
    return "is no truth value (true, false, t, f, 1, 0)";
  }
}
