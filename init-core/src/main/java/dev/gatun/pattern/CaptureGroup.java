package dev.gatun.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A group of an expression that is known to be right.
 *
 * @param name or null when it has none
 * @param index of its parenthesis
 * @param nameIndex of its name, or of its parenthesis when it has none
 */
record CaptureGroup(String name, int index, int nameIndex) {

  /** All groups that capture, in their order. */
  static List<CaptureGroup> of(String expression) {
    List<CaptureGroup> groups = new ArrayList<>();
    int at = 0;
    while (at < expression.length()) {
      char one = expression.charAt(at);
      if (one == '\\') {
        at = behindEscape(expression, at);
      } else if (one == '[') {
        at = behindClass(expression, at);
      } else {
        if (one == '(') {
          addGroup(expression, at, groups);
        }
        at++;
      }
    }
    return groups;
  }

  private static void addGroup(String expression, int at, List<CaptureGroup> groups) {
    if (!expression.startsWith("(?", at)) {
      groups.add(new CaptureGroup(null, at, at));
      return;
    }
    int begin =
        expression.startsWith("(?P<", at) ? at + 4 : expression.startsWith("(?<", at) ? at + 3 : -1;
    int end = begin < 0 ? -1 : expression.indexOf('>', begin);
    if (end >= 0) {
      groups.add(new CaptureGroup(expression.substring(begin, end), at, begin));
    }
  }

  private static int behindEscape(String expression, int at) {
    if (!expression.startsWith("\\Q", at)) {
      return at + 2;
    }
    int end = expression.indexOf("\\E", at);
    return end < 0 ? expression.length() : end + 2;
  }

  /** A bracket that comes first is one of the characters; [:alpha:] is a class within. */
  private static int behindClass(String expression, int at) {
    int i = at + 1;
    if (expression.startsWith("^", i)) {
      i++;
    }
    if (expression.startsWith("]", i)) {
      i++;
    }
    while (i < expression.length() && expression.charAt(i) != ']') {
      int named = expression.startsWith("[:", i) ? expression.indexOf(":]", i) : -1;
      i = named >= 0 ? named + 2 : expression.charAt(i) == '\\' ? i + 2 : i + 1;
    }
    return i + 1;
  }
}
