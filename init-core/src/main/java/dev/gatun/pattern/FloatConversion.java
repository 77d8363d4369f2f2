package dev.gatun.pattern;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers with a fraction or an exponent, decimal or hexadecimal, as Go's ParseFloat does.
 * What JSON cannot say, infinity and no number at all, is refused.
 */
final class FloatConversion extends Conversion {
  /** Numbers smaller or larger than these are written with an exponent. */
  private static final double LEAST_PLAIN = 1e-6;

  private static final double LEAST_WITH_EXPONENT = 1e21;

  private static final byte[] ZERO = {'0'};
  private static final byte[] NEGATIVE_ZERO = {'-', '0'};

  private byte[] text;
  private int at;
  private int end;
  private final StringBuilder read = new StringBuilder();
  private boolean isHexadecimal;

  @Override
  boolean write(byte[] newText, int begin, int newEnd, JsonBuffer out) {
    text = newText;
    at = begin;
    end = newEnd;
    if (!isNumber()) {
      return false;
    }
    double value = Double.parseDouble(read.toString());
    if (Double.isInfinite(value)) {
      return false;
    }
    write(value, out);
    return true;
  }

  /** Writes a number with as few digits as tell it from all others. */
  static void write(double value, JsonBuffer out) {
    if (value == 0) {
      out.raw(1 / value < 0 ? NEGATIVE_ZERO : ZERO);
      return;
    }
    double absolute = Math.abs(value);
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    boolean isPlain = absolute >= LEAST_PLAIN && absolute < LEAST_WITH_EXPONENT;
    String written = isPlain ? decimal.toPlainString() : withExponent(decimal);
    out.raw(written.getBytes(StandardCharsets.US_ASCII));
  }

  private static String withExponent(BigDecimal decimal) {
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    return (decimal.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }

  /** Whether it is all one number, which is then in {@link #read} without underscores. */
  private boolean isNumber() {
    read.setLength(0);
    copyIf('+', '-');
    isHexadecimal = end - at > 2 && text[at] == '0' && (text[at + 1] | 0x20) == 'x';
    if (isHexadecimal) {
      read.append("0x");
      at += 2;
    }
    int digits = copyDigits(isHexadecimal, isHexadecimal);
    if (copyIf('.', '.')) {
      digits += copyDigits(isHexadecimal, false);
    }
    return digits > 0 && exponent() && at == end;
  }

  private boolean exponent() {
    char mark = isHexadecimal ? 'p' : 'e';
    if (at == end || (text[at] | 0x20) != mark) {
      return !isHexadecimal;
    }
    read.append(mark);
    at++;
    copyIf('+', '-');
    return copyDigits(false, false) > 0;
  }

  private boolean copyIf(char one, char other) {
    boolean is = at < end && (text[at] == one || text[at] == other);
    if (is) {
      read.append((char) text[at++]);
    }
    return is;
  }

  /** How many there were. Underscores stand between digits, and behind the sign of a base. */
  private int copyDigits(boolean hexadecimal, boolean underscoreFirst) {
    int count = 0;
    boolean mayUnderscore = underscoreFirst;
    while (at < end) {
      if (isDigit(at, hexadecimal)) {
        read.append((char) text[at]);
        count++;
        mayUnderscore = true;
      } else if (text[at] == '_' && mayUnderscore && isDigit(at + 1, hexadecimal)) {
        mayUnderscore = false;
      } else {
        break;
      }
      at++;
    }
    return count;
  }

  private boolean isDigit(int index, boolean hexadecimal) {
    if (index >= end) {
      return false;
    }
    int digit = text[index];
    int letter = digit | 0x20;
    return digit >= '0' && digit <= '9' || hexadecimal && letter >= 'a' && letter <= 'f';
  }

  @Override
  String problem() {
    return "is no number that JSON can hold";
  }
}
