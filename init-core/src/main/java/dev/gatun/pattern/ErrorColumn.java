package dev.gatun.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;

/**
 * Where in an expression an error is: RE2/J tells only which part of it is wrong, and that part may
 * occur elsewhere, too.
 */
final class ErrorColumn {
  /** Looking for the place compiles as many expressions as this one has characters. */
  private static final int MAX_LENGTH = 4096;

  private static final int UNKNOWN = 0;

  private ErrorColumn() {}

  /** The column, in characters from 1, or 0 when it is not known. */
  static int of(String expression, PatternSyntaxException error) {
    if (expression.length() > MAX_LENGTH) {
      return UNKNOWN;
    }
    String part = error.getPattern();
    boolean tells = part != null && !part.isEmpty() && !isAboutParentheses(error);
    int index = tells ? indexOfPart(expression, error, part) : -1;
    return column(expression, index >= 0 ? index : lengthOfLongestGoodPrefix(expression));
  }

  /** The column of a place in an expression. */
  static int column(String expression, int index) {
    return expression.codePointCount(0, index) + 1;
  }

  /** With these the part is everything, and the place is where it ceases to be right. */
  private static boolean isAboutParentheses(PatternSyntaxException error) {
    String description = error.getDescription();
    return description.equals("missing closing )") || description.contains("internal error");
  }

  /**
   * The first occurrence with which the expression, cut off behind it, is wrong in the same way.
   */
  private static int indexOfPart(String expression, PatternSyntaxException error, String part) {
    int index = expression.indexOf(part);
    while (index >= 0) {
      PatternSyntaxException same = errorIn(expression.substring(0, index + part.length()));
      if (same != null
          && Objects.equals(same.getDescription(), error.getDescription())
          && Objects.equals(same.getPattern(), part)) {
        return index;
      }
      index = expression.indexOf(part, index + 1);
    }
    return -1;
  }

  private static int lengthOfLongestGoodPrefix(String expression) {
    int length = expression.length() - 1;
    while (length > 0 && errorIn(expression.substring(0, length)) != null) {
      length--;
    }
    return Math.max(length, 0);
  }

  private static PatternSyntaxException errorIn(String expression) {
    try {
      Pattern.compile(expression);
      return null;
    } catch (PatternSyntaxException e) {
      return e;
    } catch (StackOverflowError | OutOfMemoryError e) {
      return new PatternSyntaxException("too large", expression);
    }
  }
}
