package dev.gatun.model;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text of the operating system: a file name, an argument, an environment entry. The kernel knows
 * bytes other than NUL and no encoding, so neither does this; two values are equal when their bytes
 * are, and they are ordered bytewise.
 */
public final class OsString implements Comparable<OsString> {
  /** One character a byte: ISO-8859-1 keeps every byte, and its order is the bytes' order. */
  private final String latin1;

  private OsString(String latin1) {
    this.latin1 = latin1;
  }

  /** The bytes of {@code text} in UTF-8. */
  public static OsString of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return ofBytes(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new OsString(text);
  }

  public static OsString ofBytes(byte[] bytes) {
    return ofBytes(bytes, 0, bytes.length);
  }

  public static OsString ofBytes(byte[] bytes, int from, int length) {
    return new OsString(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
  }

  public byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Length in bytes. */
  public int length() {
    return latin1.length();
  }

  public boolean isEmpty() {
    return latin1.isEmpty();
  }

  /** The byte at {@code index}, 0 to 255. */
  public int byteAt(int index) {
    return latin1.charAt(index);
  }

  public int indexOf(char ascii) {
    return latin1.indexOf(ascii);
  }

  public int lastIndexOf(char ascii) {
    return latin1.lastIndexOf(ascii);
  }

  public boolean startsWith(OsString prefix) {
    return latin1.startsWith(prefix.latin1);
  }

  public boolean contains(String ascii) {
    return latin1.contains(ascii);
  }

  public OsString substring(int from) {
    return new OsString(latin1.substring(from));
  }

  public OsString substring(int from, int to) {
    return new OsString(latin1.substring(from, to));
  }

  public OsString concat(OsString other) {
    return new OsString(latin1.concat(other.latin1));
  }

  /** This path with {@code name} below it. */
  public OsString resolve(OsString name) {
    boolean slash = !latin1.isEmpty() && latin1.charAt(latin1.length() - 1) == '/';
    return new OsString(slash ? latin1 + name.latin1 : latin1 + "/" + name.latin1);
  }

  public OsString resolve(String name) {
    return resolve(of(name));
  }

  /** {@code path} when it is absolute, else the path below this one. */
  public OsString resolveAbsolute(OsString path) {
    return !path.isEmpty() && path.byteAt(0) == '/' ? path : resolve(path);
  }

  @Override
  public int compareTo(OsString other) {
    return latin1.compareTo(other.latin1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OsString that && latin1.equals(that.latin1);
  }

  @Override
  public int hashCode() {
    return latin1.hashCode();
  }

  /**
   * For people: UTF-8 where the bytes are UTF-8, and {@code \xNN} for control characters and for
   * every byte of 128 and above where they are not. One line, whatever the bytes are.
   */
  @Override
  public String toString() {
    if (isPrintableAscii()) {
      return latin1;
    }
    String text = utf8OrNull();
    return escaped(text == null ? latin1 : text, text == null);
  }

  private boolean isPrintableAscii() {
    for (int i = 0; i < latin1.length(); i++) {
      char c = latin1.charAt(i);
      if (c < 0x20 || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private String utf8OrNull() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(java.nio.ByteBuffer.wrap(bytes()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String escaped(String text, boolean escapeHigh) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || escapeHigh && c >= 0x80) {
        out.append("\\x").append(Character.forDigit(c >> 4 & 15, 16));
        out.append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
