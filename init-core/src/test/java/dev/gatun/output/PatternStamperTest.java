package dev.gatun.output;

import static dev.gatun.output.PlaneBench.TIME;
import static dev.gatun.output.PlaneBench.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.pattern.PatternCompiler;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.LinePattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatternStamperTest {
  private static final String STAMP =
      "\"service\":\"api\",\"stage\":\"run\",\"logged\":\"" + TIME + "\"}\n";
  private static final String FORM = "^(?P<level>[A-Z]+)(?: \\[(?P<who>[^]]*)\\])? (?P<text>.*)$";
  private static final int LIMIT = 100 * 1024;

  private static PlaneBench bench(OutputFormat format, long limit, String expression) {
    PlaneBench bench = new PlaneBench(format, Verbosity.WARN, limit);
    bench.plane.convert(Map.of(ServiceName.of("api"), converter(expression)));
    return bench;
  }

  private static LineConverter converter(String expression) {
    try {
      return PatternCompiler.compile(new LinePattern(expression, OsString.of("/pattern"), 1));
    } catch (PatternException e) {
      throw new AssertionError(e);
    }
  }

  private static String out(String expression, String text) {
    PlaneBench bench =
        bench(OutputFormat.JSON, LIMIT, expression)
            .stdout("api", Stage.RUN, bytes(text))
            .toTheEnd();
    assertEquals("", bench.err());
    return bench.out();
  }

  @Test
  void groups_become_members_in_front_of_the_stamp() {
    assertEquals(
        "{\"level\":\"INFO\",\"who\":\"db\",\"text\":\"up\"," + STAMP, out(FORM, "INFO [db] up\n"));
  }

  @Test
  void a_group_that_took_no_part_is_empty_unless_it_is_optional() {
    assertEquals(
        "{\"level\":\"INFO\",\"who\":\"\",\"text\":\"up\"," + STAMP, out(FORM, "INFO up\n"));
    assertEquals(
        "{\"level\":\"INFO\",\"text\":\"up\"," + STAMP,
        out(FORM.replace("who", "who___optional"), "INFO up\n"));
  }

  @ParameterizedTest
  @EnumSource(
      value = OutputFormat.class,
      names = {"JSON", "STRICT_JSON"})
  void a_line_of_another_form_is_a_message(OutputFormat format) {
    PlaneBench bench =
        bench(format, LIMIT, FORM)
            .stdout("api", Stage.RUN, bytes("a \"quoted\"\tline\\\r\n{\"x\":1}\n"))
            .toTheEnd();
    assertEquals(
        "{\"message\":\"a \\\"quoted\\\"\\u0009line\\\\\\u000d\","
            + STAMP
            + "{\"message\":\"{\\\"x\\\":1}\","
            + STAMP,
        bench.out());
    assertEquals("", bench.err());
  }

  @Test
  void a_match_without_a_field_loses_nothing() {
    assertEquals("{\"message\":\"other\"," + STAMP, out("(?P<n___optional>[0-9]+)?", "other\n"));
  }

  @Test
  void a_group_may_be_called_message() {
    assertEquals("{\"message\":\"up\"," + STAMP, out("INFO (?P<message>.*)", "INFO up\n"));
  }

  @Test
  void windows_line_ends_do_not_keep_a_line_from_matching() {
    assertEquals(
        "{\"level\":\"INFO\",\"who\":\"db\",\"text\":\"up\"," + STAMP,
        out(FORM, "INFO [db] up\r\n"));
  }

  @Test
  void empty_lines_are_dropped_and_a_last_line_needs_no_newline() {
    assertEquals("{\"text\":\"x\"," + STAMP, out("(?P<text>[a-z]+)", "\n  \n\r\nx"));
  }

  @Test
  void text_beyond_ascii_stays_what_it_is_and_what_is_no_utf8_is_replaced() {
    byte[] line = "é€😀INFO [\0\0é😀\0] zß\0\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < line.length; i++) {
      line[i] = line[i] == 0 ? (byte) 0xff : line[i];
    }
    PlaneBench bench =
        bench(OutputFormat.JSON, LIMIT, "INFO \\[(?P<who>[^]]*)\\] (?P<text>.*)$")
            .stdout("api", Stage.RUN, line)
            .toTheEnd();
    assertEquals("{\"who\":\"\ufffd\ufffdé😀\ufffd\",\"text\":\"zß\ufffd\"," + STAMP, bench.out());
  }

  @Test
  void parts_of_a_long_line_are_not_looked_at() {
    String out =
        bench(OutputFormat.JSON, 64, "(?P<x>x+)")
            .stdout("api", Stage.RUN, bytes("x".repeat(100) + "\nxx\n"))
            .toTheEnd()
            .out();
    assertEquals(
        "{\"message\":\""
            + "x".repeat(64)
            + "\",\"partial\":true,"
            + STAMP
            + "{\"message\":\""
            + "x".repeat(36)
            + "\",\"partial\":true,"
            + STAMP
            + "{\"x\":\"xx\","
            + STAMP,
        out);
  }

  @Test
  void the_longest_line_that_is_looked_at_has_64_kib() {
    String longest = "x".repeat(PatternStamper.MATCHED_BYTES);
    assertEquals("{\"x\":\"" + longest + "\"," + STAMP, out("^(?P<x>x+)$", longest + "\n"));
    assertEquals("{\"message\":\"x" + longest + "\"," + STAMP, out("^(?P<x>x+)$", longest + "x\n"));
  }

  /** Groups may lie in each other, so that an object can be larger than any line makes it. */
  @Test
  void an_object_that_the_buffer_may_not_hold_becomes_a_message() {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      nested.append("(?P<g").append(i).append('>');
    }
    nested.append(".*").append(")".repeat(20));
    String line = "\u0001".repeat(1000);
    String escaped = "\\u0001".repeat(1000);
    String all =
        bench(OutputFormat.JSON, 10_000, nested.toString())
            .stdout("api", Stage.RUN, bytes(line + "\n"))
            .toTheEnd()
            .out();
    assertTrue(all.startsWith("{\"g0\":\"" + escaped + "\",\"g1\":\""), all);
    String tooLarge =
        bench(OutputFormat.JSON, 1_000, nested.toString())
            .stdout("api", Stage.RUN, bytes(line + "\n"))
            .toTheEnd()
            .out();
    assertEquals("{\"message\":\"" + escaped + "\"," + STAMP, tooLarge);
  }

  @Test
  void plain_output_stays_as_it_is() {
    String out =
        bench(OutputFormat.PLAIN, LIMIT, FORM)
            .stdout("api", Stage.RUN, bytes("INFO [db] up\n"))
            .toTheEnd()
            .out();
    assertEquals(TIME + " api/run: INFO [db] up\n", out);
  }

  @Test
  void only_stdout_of_the_service_itself_is_converted() {
    PlaneBench bench =
        bench(OutputFormat.JSON, LIMIT, FORM)
            .stderr("api", Stage.RUN, bytes("INFO err\n"))
            .stdout("api", Stage.TERM, bytes("{\"t\":1}\n"))
            .stdout("web", Stage.RUN, bytes("{\"w\":1}\n"))
            .toTheEnd();
    assertEquals(TIME + " api/run: INFO err\n", bench.err());
    assertTrue(bench.out().contains("{\"t\":1,\"service\":\"api\",\"stage\":\"term\""));
    assertTrue(bench.out().contains("{\"w\":1,\"service\":\"web\""));
  }

  /** Matching is slow: other things get their turn in between. */
  @Test
  void little_is_read_at_once() {
    PlaneBench bench =
        bench(OutputFormat.JSON, LIMIT, FORM)
            .stdout("api", Stage.RUN, bytes("INFO x\n".repeat(4000)));
    bench.turn();
    assertEquals(PatternStamper.READ_BYTES / 7, bench.out().lines().count());
    assertEquals(4000, bench.toTheEnd().out().lines().count());
  }

  @Test
  void what_cannot_be_used_is_said_with_its_group_its_value_and_its_line() {
    PlaneBench bench =
        bench(OutputFormat.JSON, LIMIT, "^(?P<a>\\S+) (?P<n___int>\\S+)$")
            .stdout("api", Stage.RUN, bytes("x \"1\u001b\"\n"))
            .toTheEnd();
    assertEquals("{\"a\":\"x\"," + STAMP, bench.out());
    assertEquals(
        TIME
            + " gatun: warning: api/run: cannot use the group n___int: \"\\\"1\\u001b\\\"\" is no"
            + " whole number of 64 bits, as int asks: in the line \"x \\\"1\\u001b\\\"\"\n",
        bench.err());
  }

  @Test
  void a_line_that_is_held_up_is_warned_of_once() {
    boolean[] blocked = {true};
    PlaneBench bench = bench(OutputFormat.JSON, LIMIT, "^(?P<a>\\S+) (?P<n___int>\\S+)$");
    bench.answering(1, length -> blocked[0] ? -Errno.EAGAIN : length);
    bench.stdout("api", Stage.RUN, bytes(("x".repeat(9999) + " y\n").repeat(80)));
    for (int i = 0; i < 300; i++) {
      bench.turn();
    }
    blocked[0] = false;
    bench.toTheEnd();
    assertEquals(80, bench.out().lines().count());
    assertEquals(80, bench.err().lines().count());
  }

  @Property(tries = 400)
  void every_line_is_one_object_with_all_of_it(
      @ForAll("lines") List<String> lines, @ForAll long seed) {
    Random random = new Random(seed);
    PlaneBench bench = bench(OutputFormat.JSON, LIMIT, "^(?P<a>[^:]*)(?P<b>:[^:]*)?(?P<c>:.*)?$");
    bench.answering(1, length -> random.nextInt(3) == 0 ? -Errno.EAGAIN : 1 + length / 2);
    byte[] stream = bytes(String.join("\n", lines) + "\n");
    int cut = random.nextInt(stream.length);
    byte[] head = Arrays.copyOf(stream, cut);
    byte[] tail = Arrays.copyOfRange(stream, cut, stream.length);
    String out = bench.stdout("api", Stage.RUN, head, tail).toTheEnd().out();
    List<String> objects = out.isEmpty() ? List.of() : List.of(out.split("\n"));
    List<String> expected = lines.stream().filter(l -> !l.matches("\r?")).toList();
    assertEquals(expected.size(), objects.size(), out);
    for (int i = 0; i < objects.size(); i++) {
      Map<?, ?> members = (Map<?, ?>) Json.parse(objects.get(i));
      assertEquals("api", members.get("service"));
      String together = member(members, "a") + member(members, "b") + member(members, "c");
      String line = expected.get(i);
      assertEquals(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, together);
    }
  }

  private static String member(Map<?, ?> members, String name) {
    return members.containsKey(name) ? (String) members.get(name) : "";
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .ofMaxLength(30)
            .filter(text -> text.indexOf('\n') < 0)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    Arbitrary<String> fields =
        Arbitraries.strings().withChars("ab:\"\\\r \u0001é€").ofMaxLength(20);
    return Arbitraries.oneOf(any, fields).list().ofMinSize(1).ofMaxSize(20);
  }

  @Test
  void lines_of_another_form_are_held_up_as_well_and_the_end_gives_the_memory_back() {
    boolean[] blocked = {true};
    PlaneBench bench = bench(OutputFormat.JSON, LIMIT, "^(?P<x>x)$");
    bench.answering(1, length -> blocked[0] ? -Errno.EAGAIN : length);
    int before = bench.memory().blockCount();
    String line = "y".repeat(9999) + "\n";
    bench.stdout("api", Stage.RUN, bytes(line.repeat(80)));
    for (int i = 0; i < 300; i++) {
      bench.turn();
    }
    blocked[0] = false;
    for (int i = 0; i < 300; i++) {
      bench.turn();
    }
    assertEquals(80, bench.out().lines().count());
    assertEquals(before, bench.memory().blockCount());
    bench.free();
  }
}
