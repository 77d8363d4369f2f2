package dev.gatun.kernel;

/** Addresses of hosts in numbers. */
public final class NumericAddress {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int GROUPS = 8;
  private static final int MAX_BYTE = 255;
  private static final int HEX = 16;
  private static final int MAX_HEX_DIGITS = 4;

  private NumericAddress() {}

  /** Four or sixteen bytes, or null for what is no such address. */
  public static byte[] parse(String text) {
    return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
  }

  private static byte[] ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] address = new byte[IPV4_BYTES];
    for (int i = 0; i < IPV4_BYTES; i++) {
      int value = parts.length == IPV4_BYTES ? number(parts[i], 10, 3) : -1;
      if (value < 0 || value > MAX_BYTE || parts[i].length() > 1 && parts[i].charAt(0) == '0') {
        return null;
      }
      address[i] = (byte) value;
    }
    return address;
  }

  /** RFC 4291, section 2.2, without an IPv4 address at the end. */
  private static byte[] ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
    int count = head.length + tail.length;
    if (gap < 0 ? count != GROUPS : count >= GROUPS) {
      return null;
    }
    byte[] address = new byte[IPV6_BYTES];
    return put(address, 0, head) && put(address, GROUPS - tail.length, tail) ? address : null;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static boolean put(byte[] address, int at, String[] groups) {
    for (int i = 0; i < groups.length; i++) {
      int value = number(groups[i], HEX, MAX_HEX_DIGITS);
      if (value < 0) {
        return false;
      }
      address[2 * (at + i)] = (byte) (value >> Byte.SIZE);
      address[2 * (at + i) + 1] = (byte) value;
    }
    return true;
  }

  private static int number(String digits, int radix, int most) {
    if (digits.isEmpty() || digits.length() > most) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
