package dev.gatun.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Lines of every kind, from a seed: valid objects, damaged ones, pieces of JSON, and any bytes. */
final class AnyLine {
  private static final String[] NAMES = {
    "a",
    "n",
    "level",
    "message",
    "service",
    "stage",
    "logged",
    "service_",
    "stage__",
    "st\\u0061ge",
    "logge",
    "services",
    "имя",
    "ключ\\n",
    "",
    "\\\"",
    "логged",
    "eight888",
    "nine99999"
  };

  private static final String[] TEXTS = {
    "",
    "x",
    "plain text",
    "eight ch",
    "seven c",
    "\\n\\tat a.B",
    "\\u00e9\\uD83D",
    "привет",
    "日本語",
    "😀",
    "é",
    "{",
    "\\\\",
    "\\/",
    "\u007f",
    "with } and ] and , in it"
  };

  private static final String[] NUMBERS = {
    "0", "-0", "7", "-12", "1.5", "0.001", "1e5", "1E-7", "-2.5e+10", "12345678901234567890"
  };

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\"a\"",
    "\"a\":",
    "1",
    "-",
    ".",
    "e",
    "true",
    "false",
    "null",
    "tru",
    " ",
    "\t",
    "\r",
    "\u0000",
    "\u0001",
    "\\u00e9",
    "é",
    "/",
    "\"service\":",
    "\\u12"
  };

  private static final String[] BLANKS = {"", "", "", "", " ", "\t", "  ", "\r"};

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private AnyLine(Random random) {
    this.random = random;
  }

  /** A line without its newline. */
  static byte[] of(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> valid(random);
      case 3, 4, 5 -> damaged(valid(random), random);
      case 6 -> new AnyLine(random).pieces();
      default -> any(random);
    };
  }

  /** A valid object. */
  static byte[] valid(Random random) {
    AnyLine line = new AnyLine(random);
    line.blanks();
    line.object(1 + random.nextInt(4));
    line.blanks();
    return line.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] damaged(byte[] line, Random random) {
    byte[] damaged = line;
    for (int times = 1 + random.nextInt(2); times > 0; times--) {
      int at = random.nextInt(damaged.length + 1);
      int until = Math.min(damaged.length, at + random.nextInt(3));
      byte[] piece = oneOf(PIECES, random).getBytes(StandardCharsets.UTF_8);
      byte[] other =
          random.nextInt(3) == 0 ? new byte[] {(byte) (random.nextInt(255) + 11)} : piece;
      byte[] all = Arrays.copyOf(damaged, at + other.length + damaged.length - until);
      System.arraycopy(other, 0, all, at, other.length);
      System.arraycopy(damaged, until, all, at + other.length, damaged.length - until);
      damaged = all;
    }
    return damaged;
  }

  private static byte[] any(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '\n' ? (byte) '{' : bytes[i];
    }
    return bytes;
  }

  private byte[] pieces() {
    text.append(random.nextInt(4) == 0 ? "" : "{");
    for (int count = random.nextInt(12); count > 0; count--) {
      text.append(oneOf(PIECES, random));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneOf(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }

  private void blanks() {
    text.append(oneOf(BLANKS, random));
  }

  private void object(int depth) {
    text.append('{');
    blanks();
    for (int i = 0, count = random.nextInt(5); i < count; i++) {
      separate(i);
      string(oneOf(NAMES, random));
      blanks();
      text.append(':');
      value(depth);
    }
    text.append('}');
  }

  private void separate(int index) {
    text.append(index == 0 ? "" : ",");
    blanks();
  }

  private void string(String content) {
    text.append('"').append(content).append('"');
  }

  private void value(int depth) {
    blanks();
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0, 1, 2 -> string(oneOf(TEXTS, random).repeat(1 + random.nextInt(3)));
      case 3, 4 -> text.append(oneOf(NUMBERS, random));
      case 5 -> text.append(oneOf(new String[] {"true", "false", "null"}, random));
      case 6 -> array(depth - 1);
      case 7 -> text.append("[".repeat(30)).append("]".repeat(30));
      default -> object(depth - 1);
    }
    blanks();
  }

  private void array(int depth) {
    text.append('[');
    blanks();
    for (int i = 0, count = random.nextInt(4); i < count; i++) {
      separate(i);
      value(depth);
    }
    text.append(']');
  }
}
