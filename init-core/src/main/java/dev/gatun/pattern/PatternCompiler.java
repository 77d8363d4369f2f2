package dev.gatun.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatun.output.LineConverter;
import dev.gatun.plan.LinePattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of a pattern what converts lines. RE2/J takes the expression to pieces, and Gatun's own
 * matcher looks for it.
 */
public final class PatternCompiler {
  /** The most steps an expression may have: a character of a line may take up to that many. */
  static final int MAX_STEPS = 1000;

  /** The members that are added to each line. */
  static final String[] STAMPED = {"service", "stage", "logged"};

  private final LinePattern pattern;
  private final String expression;

  private PatternCompiler(LinePattern pattern) {
    this.pattern = pattern;
    this.expression = pattern.expression();
  }

  /**
   * Compiles a pattern.
   *
   * @throws PatternException when it is no regular expression, has a group whose name is no chain
   *     of operators or whose value could be no member, or is too large
   */
  public static LineConverter compile(LinePattern pattern) throws PatternException {
    return new PatternCompiler(pattern).converter();
  }

  private LineConverter converter() throws PatternException {
    Pattern compiled = compiled();
    List<CaptureGroup> groups = CaptureGroup.of(expression);
    if (groups.isEmpty()) {
      throw wrong(
          0, "it has no named group", "name what is to become a member, as in (?P<status>[0-9]+)");
    }
    List<GroupName> names = new ArrayList<>();
    for (CaptureGroup group : groups) {
      names.add(name(group));
    }
    Warnings warnings = new Warnings();
    Members members = DirectMembers.of(names, warnings);
    if (members == null) {
      members = new MergedMembers(names, warnings);
    }
    Program program = new Program(compiled);
    return new PatternConverter(new LineSearch(program, new Automaton(program)), members, warnings);
  }

  private GroupName name(CaptureGroup group) throws PatternException {
    if (group.name() == null) {
      throw wrong(
          column(group.index()),
          "the group has no name",
          "name what is to become a member, as in (?P<status>[0-9]+), and write (?:...) else");
    }
    GroupName name;
    try {
      name = GroupName.of(group.name());
    } catch (OperatorException e) {
      throw wrong(column(group.nameIndex() + e.index()), e.getMessage(), e.advice());
    }
    for (String stamped : STAMPED) {
      if (stamped.equals(name.topMember())) {
        throw wrong(
            column(group.index()),
            "the group " + group.name() + " has the name of a member that Gatun adds to each line",
            "name it otherwise");
      }
    }
    return name;
  }

  private int column(int index) {
    return ErrorColumn.column(expression, index);
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
