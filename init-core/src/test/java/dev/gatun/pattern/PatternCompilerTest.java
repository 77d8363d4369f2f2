package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.plan.LinePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternCompilerTest {
  private static LinePattern pattern(String expression) {
    return new LinePattern(expression, OsString.of("/etc/service/a/log/pattern"), 2);
  }

  private static PatternException refused(String expression) {
    return assertThrows(
        PatternException.class, () -> PatternCompiler.compile(pattern(expression)), expression);
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
        "a(?P<service>x)         ; column 2: the group service has the name of a member",
        "(?<logged___null>x)     ; column 1: the group logged___null has the name of a member",
        "(?P<stage__a___int>x)   ; column 1: the group stage__a___int has the name of a member",
        "(?P<a>x)[(](y)          ; column 12: the group has no name",
        "^[0-9]+                 ; it has no named group",
        "(?P<a___in>x)           ; column 9: there is no operator in",
        "é(?<a___int___>x)       ; column 15: there is no operator without a name",
        "(?P<a___int__b>x)       ; column 9: int takes no argument, and has b",
        "(?P<a___object>x)       ; column 9: object has no path",
        "(?P<a___time>x)         ; column 9: time has no layout",
        "(?P<a___time__Ngin>x)   ; column 9: time knows no layout Ngin",
        "(?P<a___time__Nginx__X>x)                 ; column 9: time knows no layout X",
        "(?P<a___time__Nginx__Stamp__Mars_Base>x)  ; column 9: time knows no zone Mars_Base",
        "(?P<a___time__Stamp__Stamp__UTC__GMT+1>x) ; column 1: invalid named capture",
        "(?P<a___time__Nginx__Stamp__UTC__UTC__b>) ; column 9: time has more than four arguments",
        "(?P<___int>x)           ; column 5: the group ___int has no path, and int gives no",
        "(?P<a>x)(?P<___null___json>y)  ; column 13: the group ___null___json has no path"
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
}
