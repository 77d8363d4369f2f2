package dev.gatun.output;

import java.util.List;

/** Makes JSON of lines of text. For one thread. */
public interface LineConverter {

  /**
   * Converts a line.
   *
   * @param line which begins with the array
   * @param length in bytes
   * @return how many bytes the members have, or 0 when the line gives none
   */
  int convert(byte[] line, int length, long nowMillis);

  /** The members that were found, without braces; valid until the next line. */
  byte[] members();

  /** What cannot be used of the line, in words; valid until the next line. */
  List<String> warnings();
}
