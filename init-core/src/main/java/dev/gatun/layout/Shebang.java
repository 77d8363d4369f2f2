package dev.gatun.layout;

import dev.gatun.model.OsString;

/**
 * The first line of a script, read as the kernel does.
 *
 * @param interpreter empty when it names none
 * @param argument everything behind it, in one piece; empty when there is nothing
 * @param endsInCarriageReturn whether the file has Windows line ends; it is in neither of the two
 * @see <a href="https://man7.org/linux/man-pages/man2/execve.2.html">execve(2)</a>
 */
record Shebang(OsString interpreter, OsString argument, boolean endsInCarriageReturn) {
  static final String CONVERT = "convert it, as with sed -i 's/\\r$//'";

  static boolean isIn(byte[] head) {
    return head.length >= 2 && head[0] == '#' && head[1] == '!';
  }

  static boolean isBehindByteOrderMark(byte[] head) {
    return head.length >= 5
        && (head[0] & 0xff) == 0xef
        && (head[1] & 0xff) == 0xbb
        && (head[2] & 0xff) == 0xbf
        && head[3] == '#'
        && head[4] == '!';
  }

  static Shebang of(byte[] text) {
    int end = 2;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    boolean carriageReturn = text[end - 1] == '\r';
    int stop = trimmedEnd(text, 2, carriageReturn ? end - 1 : end);
    int begin = 2;
    while (begin < stop && isBlank(text[begin])) {
      begin++;
    }
    int blank = begin;
    while (blank < stop && !isBlank(text[blank])) {
      blank++;
    }
    int argument = blank;
    while (argument < stop && isBlank(text[argument])) {
      argument++;
    }
    return new Shebang(
        OsString.ofBytes(text, begin, blank - begin),
        OsString.ofBytes(text, argument, stop - argument),
        carriageReturn);
  }

  private static int trimmedEnd(byte[] text, int from, int end) {
    int stop = end;
    while (stop > from && isBlank(text[stop - 1])) {
      stop--;
    }
    return stop;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** The first line that ends in a carriage return, from 1, or 0. */
  static int lineWithCarriageReturn(byte[] text) {
    int line = 1;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        if (i > 0 && text[i - 1] == '\r') {
          return line;
        }
        line++;
      }
    }
    return 0;
  }

  /** What {@code #!/usr/bin/env NAME} looks for, or null when that is not what it does. */
  OsString searchedByEnv() {
    OsString base = interpreter.substring(interpreter.lastIndexOf('/') + 1);
    boolean plain = !argument.isEmpty() && argument.byteAt(0) != '-';
    boolean one = argument.indexOf(' ') < 0 && argument.indexOf('=') < 0;
    return base.equals(OsString.of("env")) && plain && one ? argument : null;
  }
}
