package dev.gatun.layout;

import dev.gatun.model.OsString;

/**
 * A line of an inittab: {@code id:runlevels:action:process}.
 *
 * @param number from 1
 * @param action in lower case
 */
record InittabLine(
    OsString file, int number, OsString id, OsString levels, String action, OsString process) {

  /** Takes a line to pieces; fields that are not there are null. */
  static OsString[] fields(OsString line) {
    OsString[] fields = new OsString[4];
    OsString rest = line;
    for (int i = 0; i < fields.length && rest != null; i++) {
      int colon = i == fields.length - 1 ? -1 : rest.indexOf(':');
      fields[i] = colon < 0 ? rest : rest.substring(0, colon);
      rest = colon < 0 ? null : rest.substring(colon + 1);
    }
    return fields;
  }

  /** The line without blanks before it and line ends behind it; empty where it says nothing. */
  static OsString content(OsString line) {
    int from = 0;
    int to = line.length();
    while (from < to && isBlank(line.byteAt(from))) {
      from++;
    }
    while (to > from && (line.byteAt(to - 1) == '\r' || line.byteAt(to - 1) == '\n')) {
      to--;
    }
    boolean isComment = from < to && line.byteAt(from) == '#';
    return isComment ? OsString.of("") : line.substring(from, to);
  }

  static boolean isBlank(int character) {
    return character == ' ' || character == '\t';
  }
}
