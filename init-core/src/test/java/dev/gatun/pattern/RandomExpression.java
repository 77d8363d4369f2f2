package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Expressions of all of RE2's syntax, and lines of the characters that they speak of. */
final class RandomExpression {
  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "c",
          "é",
          "ж",
          "😀",
          "k",
          "s",
          "K",
          ".",
          "\\d",
          "\\w",
          "\\s",
          "\\S",
          "\\W",
          "\\D",
          "[ab]",
          "[^a]",
          "[a-c0-9]",
          "[[:alpha:]]",
          "[^[:digit:]]",
          "\\pL",
          "\\PN",
          "\\p{Greek}",
          "\\p{Cyrillic}",
          "^",
          "$",
          "\\A",
          "\\z",
          "\\b",
          "\\B",
          " ",
          "\\x41",
          "\\x{1F600}",
          "\\Qa.b\\E",
          "\\.",
          "\\n",
          "[é-ж]",
          "\\C");
  private static final List<String> REPEATS =
      List.of("*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{1,3}?", "{0}");
  private static final List<String> FLAGS = List.of("i", "s", "m", "U", "im", "is-m", "-s");
  private static final List<String> TEXTS =
      List.of(
          "a", "b", "c", "ab", "aab", "abc", "A", "B", "K", "k", "S", "ſ", "\u212a", "é", "É", "ж",
          "Ж", "😀", "α", " ", "1", "42", "_", ".", "\n", "x", "\ufffd");
  private static final List<byte[]> RAW =
      List.of(
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xc3},
          new byte[] {(byte) 0xe2, (byte) 0x82},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x98},
          new byte[] {(byte) 0x80});

  private final Random random;
  private int groups;

  RandomExpression(Random random) {
    this.random = random;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** An expression, which RE2/J may refuse. */
  String expression() {
    groups = 0;
    return (random.nextInt(4) == 0 ? "^" : "") + choice(3) + (random.nextInt(4) == 0 ? "$" : "");
  }

  private String choice(int depth) {
    StringBuilder text = new StringBuilder(sequence(depth));
    while (random.nextInt(3) == 0) {
      text.append('|').append(sequence(depth));
    }
    return text.toString();
  }

  private String sequence(int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(atom(depth));
      if (random.nextInt(3) == 0) {
        text.append(one(REPEATS));
      }
    }
    return text.toString();
  }

  private String atom(int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return one(ATOMS);
    }
    return switch (random.nextInt(5)) {
      case 0 -> "(?:" + choice(depth - 1) + ")";
      case 1 -> "(?" + one(FLAGS) + ":" + choice(depth - 1) + ")";
      case 2 -> "(" + choice(depth - 1) + ")";
      default -> "(?P<g" + groups++ + ">" + choice(depth - 1) + ")";
    };
  }

  /** A line that has something of what expressions ask for. */
  byte[] line() {
    StringBuilder text = new StringBuilder();
    byte[] raw = random.nextInt(4) == 0 ? one(RAW) : new byte[0];
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(one(TEXTS));
    }
    byte[] front = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(one(TEXTS));
    }
    byte[] back = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[front.length + raw.length + back.length];
    System.arraycopy(front, 0, line, 0, front.length);
    System.arraycopy(raw, 0, line, front.length, raw.length);
    System.arraycopy(back, 0, line, front.length + raw.length, back.length);
    return line;
  }
}
