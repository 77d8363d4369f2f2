package dev.gatun.pattern;

/** Reads whole numbers of 64 bits with or without a sign, as Go's ParseInt does. */
final class IntConversion extends Conversion {
  /** So many digits fit whatever they are. */
  private static final int SAFE_DIGITS = 18;

  @Override
  boolean write(byte[] text, int begin, int end, JsonBuffer out) {
    int at = begin;
    boolean isNegative = at < end && text[at] == '-';
    if (isNegative || at < end && text[at] == '+') {
      at++;
    }
    if (at == end || !areDigits(text, at, end)) {
      return false;
    }
    while (at < end - 1 && text[at] == '0') {
      at++;
    }
    if (end - at > SAFE_DIGITS && !fits(text, at, end, isNegative)) {
      return false;
    }
    if (isNegative && text[at] != '0') {
      out.raw('-');
    }
    out.raw(text, at, end);
    return true;
  }

  private static boolean areDigits(byte[] text, int begin, int end) {
    for (int i = begin; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(byte[] text, int begin, int end, boolean isNegative) {
    if (end - begin > SAFE_DIGITS + 1) {
      return false;
    }
    long value = 0;
    for (int i = begin; i < end - 1; i++) {
      value = 10 * value - (text[i] - '0');
    }
    int last = text[end - 1] - '0';
    long least = isNegative ? Long.MIN_VALUE : -Long.MAX_VALUE;
    return value >= (least + last) / 10;
  }

  @Override
  String problem() {
    return "is no whole number of 64 bits";
  }
}
