package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code log/pattern}: read for a container, and looked at by {@code gatun check}. */
class PatternFileTest {
  private static final String PATTERN = "/etc/service/a/log/pattern";
  private static final Environment NO_VARIABLES = new Environment(List.of());

  private static Plan plan(FakeFiles files) throws LayoutException {
    Variables variables = new Variables(NO_VARIABLES, OsString.of("/"), Findings.AT_START);
    return new DinitLayout(files, variables).read().plan();
  }

  private static FakeFiles pattern(String text) {
    return new FakeFiles("/etc/service/a/run").with(PATTERN, text);
  }

  private static LinePattern read(String text) throws LayoutException {
    return plan(pattern(text)).services().getFirst().wiring().pattern().orElseThrow();
  }

  private static String refused(FakeFiles files) {
    return assertThrows(LayoutException.class, () -> plan(files)).getMessage();
  }

  private static List<String> found(FakePrograms files) {
    files.program("/bin/sh", "\177ELF").program("/etc/service/a/run", "#!/bin/sh\n");
    Programs programs = new Programs(files, OsString.of("/bin"));
    return new Layouts(files, NO_VARIABLES, OsString.of("/"))
        .check(programs, null).findings().stream()
            .map(finding -> finding.where() + ":" + finding.line() + ":" + finding.code())
            .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# Of nginx.\n\n  \n^(?P<a>x) # y$\n",
        "# Of nginx.\r\n\r\n#\r\n^(?P<a>x) # y$\r\n\r\n",
        "\u00ef\u00bb\u00bf# Of nginx.\n#\n#\n^(?P<a>x) # y$",
        "\n\n\n^(?P<a>x) # y$\n# The end.\n"
      })
  void the_first_line_that_is_no_comment_is_the_expression(String text) throws LayoutException {
    assertEquals(new LinePattern("^(?P<a>x) # y$", OsString.of(PATTERN), 4), read(text));
  }

  @Test
  void blanks_belong_to_the_expression() throws LayoutException {
    assertEquals(" (?P<a>x) ", read(" (?P<a>x) \n").expression());
  }

  @Test
  void expressions_are_utf8() throws LayoutException {
    byte[] bytes = "(?P<a>é€)".getBytes(StandardCharsets.UTF_8);
    assertEquals("(?P<a>é€)", read(new String(bytes, StandardCharsets.ISO_8859_1)).expression());
  }

  @Test
  void without_a_pattern_nothing_is_converted() throws LayoutException {
    assertFalse(plan(new FakeFiles("/etc/service/a/run")).convertsLines());
    assertTrue(plan(pattern("(?P<a>x)")).convertsLines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | : it has no regular expression: write one, or remove the file",
        "'# only\n \n'         | : it has no regular expression",
        "'(?P<a>x)\n#\n(y)\n'  | :3: it has a second regular expression: join the two",
        "'(?P<a>\u00ff)'       | : it is not UTF-8"
      })
  void what_is_not_one_expression_is_refused_and_found(String text, String problem) {
    String message = refused(pattern(text));
    assertTrue(message.startsWith("cannot use " + PATTERN + problem), message);
    int line = problem.startsWith(":3") ? 3 : 0;
    assertEquals(
        List.of(PATTERN + ":" + line + ":pattern"), found(new FakePrograms().file(PATTERN, text)));
  }

  @Test
  void a_file_that_is_too_large_or_cannot_be_read_is_refused() {
    assertTrue(refused(pattern("x".repeat(70_000))).contains(": it has more than 65536 bytes: "));
    FakeFiles unreadable = new FakeFiles("/etc/service/a/run", PATTERN);
    assertEquals(
        "cannot use "
            + PATTERN
            + ": it cannot be read: Permission denied: make it a file that Gatun may read",
        refused(unreadable));
  }

  @Test
  void a_log_program_beside_it_is_refused_and_found() {
    String message = refused(pattern("(?P<a>x)").add(OsString.of("/etc/service/a/log/run")));
    assertTrue(message.startsWith("cannot use " + PATTERN + ": there is run beside it"), message);
    FakePrograms files = new FakePrograms().file(PATTERN, "(?P<a>x)");
    files.program("/etc/service/a/log/run", "#!/bin/sh\n");
    assertEquals(List.of(PATTERN + ":0:pattern-and-run"), found(files));
  }

  @Test
  void check_compiles_the_expression() {
    assertEquals(List.of(), found(new FakePrograms().file(PATTERN, "# a\n(?P<a>x)\n")));
    assertEquals(
        List.of(PATTERN + ":2:pattern"), found(new FakePrograms().file(PATTERN, "# a\n(?P<a>x\n")));
  }
}
