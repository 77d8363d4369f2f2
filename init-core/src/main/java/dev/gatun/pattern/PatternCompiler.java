package dev.gatun.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatun.output.FieldFinder;
import dev.gatun.plan.LinePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes of a pattern what finds its fields. */
public final class PatternCompiler {
  /**
   * The most steps an expression may have. RE2/J goes through them by recursion, on a stack of 256
   * KiB, and up to that many for each character of a line.
   */
  static final int MAX_STEPS = 1000;

  private static final String[] STAMPED = {"service", "stage", "logged"};

  private final LinePattern pattern;
  private final String expression;

  private PatternCompiler(LinePattern pattern) {
    this.pattern = pattern;
    this.expression = pattern.expression();
  }

  /**
   * Compiles a pattern.
   *
   * @throws PatternException when it is no regular expression, finds nothing that could be a
   *     member, or is too large
   */
  public static FieldFinder compile(LinePattern pattern) throws PatternException {
    return new PatternCompiler(pattern).finder();
  }

  private FieldFinder finder() throws PatternException {
    Pattern compiled = compiled();
    List<Map.Entry<String, Integer>> groups = new ArrayList<>(compiled.namedGroups().entrySet());
    if (groups.isEmpty()) {
      throw wrong(
          0, "it has no named group", "name what is to become a member, as in (?P<status>[0-9]+)");
    }
    for (String name : STAMPED) {
      if (compiled.namedGroups().containsKey(name)) {
        throw wrong(
            ErrorColumn.ofGroup(expression, name),
            "the group " + name + " has the name of a member that Gatun adds to each line",
            "name it otherwise");
      }
    }
    groups.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
    return new Re2Finder(compiled, groups);
  }

  private Pattern compiled() throws PatternException {
    try {
      Pattern compiled = Pattern.compile(expression);
      if (compiled.programSize() > MAX_STEPS) {
        throw tooLarge();
      }
      return compiled;
    } catch (PatternSyntaxException e) {
      throw wrong(
          ErrorColumn.of(expression, e),
          inWords(e),
          "correct the regular expression; its syntax is RE2's");
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw tooLarge();
    }
  }

  private PatternException tooLarge() {
    return wrong(
        0,
        "the regular expression is too large or too deeply nested",
        "make it simpler: nested repetitions count as often as they repeat");
  }

  private PatternException wrong(int column, String problem, String advice) {
    String place = column > 0 ? "column " + column + ": " : "";
    return new PatternException(pattern.file(), pattern.line(), place + problem, advice);
  }

  /** RE2/J has no words for a closing parenthesis without an opening one. */
  private static String inWords(PatternSyntaxException e) {
    String description = e.getDescription();
    if (description.contains("internal error")) {
      return "unexpected )";
    }
    String what = e.getPattern();
    boolean tells = what != null && !what.isEmpty() && !description.startsWith("missing closing");
    return tells ? description + " " + what : description;
  }
}
