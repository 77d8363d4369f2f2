package dev.gatun.pattern;

/**
 * One part of a group's name.
 *
 * @param kind what it does
 * @param name as it is written
 * @param path of an object, from the outermost member; else empty
 * @param conversion what makes a value of text, or null
 */
record Operator(int kind, String name, String[] path, Conversion conversion) {
  static final int OBJECT = 0;
  static final int ARRAY = 1;
  static final int NULL = 2;
  static final int OPTIONAL = 3;
  static final int JSON = 4;
  static final int CONVERT = 5;

  private static final String[] NO_PATH = {};

  static Operator plain(int kind, String name) {
    return new Operator(kind, name, NO_PATH, null);
  }

  static Operator object(String[] path) {
    return new Operator(OBJECT, "object", path, null);
  }

  static Operator convert(String name, Conversion conversion) {
    return new Operator(CONVERT, name, NO_PATH, conversion);
  }
}
