package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.output.FieldFinder;
import dev.gatun.plan.LinePattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternCompilerTest {
  private static LinePattern pattern(String expression) {
    return new LinePattern(expression, OsString.of("/etc/service/a/log/pattern"), 2);
  }

  private static FieldFinder finder(String expression) throws PatternException {
    return PatternCompiler.compile(pattern(expression));
  }

  private static PatternException refused(String expression) {
    return assertThrows(
        PatternException.class, () -> PatternCompiler.compile(pattern(expression)), expression);
  }

  private static String field(FieldFinder finder, int field, String line) {
    return finder.start(field) < 0 ? null : line.substring(finder.start(field), finder.end(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(?P<a>x                 ; column 1: missing closing )",
        "(?P<a>x)(y(z)           ; column 9: missing closing )",
        "(?P<a>x))               ; column 9: unexpected )",
        "(?P<a>x\\)*)(y          ; column 12: missing closing )",
        "(?P<a>[z-a])            ; column 8: invalid character class range z-a",
        "(?P<a>\\[z-a[z-a])      ; column 13: invalid character class range z-a",
        "(?P<a>[abc              ; column 7: missing closing ]",
        "(?P<a>x**)              ; column 8: invalid nested repetition operator **",
        "\\***(?P<a>x)           ; column 3: invalid nested repetition operator **",
        "(?P<a>x)(?P<a>y)        ; column 9: duplicate capture group name a",
        "(?P<ä>x)                ; column 1: invalid named capture (?P<ä>",
        "é(?P<a-b>x)             ; column 2: invalid named capture (?P<a-b>",
        "(?P<a>x)\\y             ; column 9: invalid escape sequence \\y",
        "(?P<a>x){1001}          ; column 9: invalid repeat count {1001}",
        "(?P<a>x)\\\\\\          ; column 11: trailing backslash at end of expression",
        "(?P<a>x)(?=y)           ; column 9: invalid or unsupported Perl syntax (?=",
        "*(?P<a>x)               ; column 1: missing argument to repetition operator *",
        "(?P<a>x\\p{Foo})        ; column 8: invalid character class range \\p{Foo}",
        "(a)(?P<service>x)       ; column 4: the group service has the name of a member",
        "(?<logged>x)            ; column 1: the group logged has the name of a member",
        "^([0-9]+) (.*)$         ; it has no named group"
      })
  void what_is_wrong_and_where_is_told(String expression, String problem) {
    PatternException error = refused(expression);
    assertTrue(error.problem().startsWith(problem), error.problem());
    assertTrue(
        error.getMessage().startsWith("cannot use /etc/service/a/log/pattern:2: " + problem),
        error.getMessage());
    assertFalse(error.advice().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"((x{100}){100}){100}", "((x?){100}){10}"})
  void what_would_take_all_memory_is_too_large(String part) {
    assertEquals(
        "the regular expression is too large or too deeply nested",
        refused("(?P<a>x)" + part).problem());
  }

  @Test
  void a_thousand_parentheses_are_too_large() {
    String nested = "(".repeat(100_000) + ")".repeat(100_000);
    assertTrue(refused("(?P<a>x)" + nested).problem().contains("too deeply nested"));
  }

  /** Looking for the column of an error must not take minutes. */
  @Test
  void a_very_long_expression_gets_no_column() {
    String problem = refused("(?P<a>x)" + "x".repeat(10_000) + "\\y").problem();
    assertEquals("invalid escape sequence \\y", problem);
  }

  @Test
  void both_ways_to_name_a_group_give_fields_in_the_order_of_the_groups() throws Exception {
    FieldFinder finder = finder("(?P<zeta>\\w+) (x)?(?<alpha>\\w+)(?P<beta> \\w+)?");
    assertEquals(List.of("zeta", "alpha", "beta"), finder.names());
    assertTrue(finder.find("one two"));
    assertEquals("one", field(finder, 0, "one two"));
    assertEquals("two", field(finder, 1, "one two"));
    assertEquals(null, field(finder, 2, "one two"));
  }

  @Test
  void a_match_may_begin_anywhere_and_lines_do_not_influence_each_other() throws Exception {
    FieldFinder finder = finder("id=(?P<id>\\d+)");
    assertTrue(finder.find("path id=17 id=18"));
    assertEquals("17", field(finder, 0, "path id=17 id=18"));
    assertFalse(finder.find("path"));
    assertTrue(finder.find("id=5"));
    assertEquals("5", field(finder, 0, "id=5"));
  }

  /** A backtracking engine needs longer than the universe has existed. */
  @Test
  void time_is_linear_in_the_length_of_the_line() throws Exception {
    assertFalse(finder("^(?P<a>(a+)+)$").find("a".repeat(5000) + "b"));
  }
}
