package dev.gatun.output;

import static dev.gatun.output.PlaneBench.TIME;
import static dev.gatun.output.PlaneBench.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.model.Level;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPlaneTest {
  private static final String STAMP =
      "\"service\":\"api\",\"stage\":\"run\",\"logged\":\"" + TIME + "\"}\n";
  private static final int LIMIT = 64 * 1024;

  private static PlaneBench json(String text) {
    return PlaneBench.json().stdout("api", Stage.RUN, bytes(text)).toTheEnd();
  }

  private static PlaneBench plain(String text) {
    return PlaneBench.plain().stdout("api", Stage.RUN, bytes(text)).toTheEnd();
  }

  @Test
  void a_json_line_says_where_and_when_before_its_last_brace() {
    assertEquals("{\"a\":{\"b\":1}," + STAMP, json("{\"a\":{\"b\":1}}\n").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{ }", "{\t }", "{}  ", "{}\r"})
  void an_empty_object_stays_valid(String line) {
    String out = json(line + "\n").out();
    assertEquals(
        Map.of("service", "api", "stage", "run", "logged", TIME), Json.parse(out.strip()), out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", " ", "\t", " \t\r", "  "})
  void blanks_behind_an_object_do_no_harm(String blanks) {
    assertEquals("{\"a\":1," + STAMP, json("{\"a\":1}" + blanks + "\n").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "}", "}{", "hello", "{\"a\":1", "\"a\":1}", "{broken}", "[1]"})
  void what_is_no_object_is_warned_about(String line) {
    PlaneBench bench = json(line + "\n");
    assertEquals("", bench.out());
    assertEquals(TIME + " gatun: warning: api/run: not JSON stdout: " + line + "\n", bench.err());
  }

  @Test
  void what_is_no_object_goes_to_stderr_as_it_is_where_warnings_are_not_said() {
    PlaneBench bench =
        new PlaneBench(OutputFormat.JSON, Verbosity.NONE, LIMIT)
            .stdout("api", Stage.RUN, bytes("hello\n{}\n"))
            .toTheEnd();
    assertEquals(TIME + " api/run: hello\n", bench.err());
    assertEquals("{" + STAMP, bench.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\n\n\n", "  \n", "\t\r\n", ""})
  void empty_lines_are_dropped_in_json_mode(String text) {
    PlaneBench bench = json(text);
    assertEquals("", bench.out() + bench.err());
  }

  @Test
  void a_service_name_with_quotes_makes_no_broken_json() {
    PlaneBench bench =
        PlaneBench.json().stdout("q\"u\\o\n", Stage.TERM, bytes("{\"a\":1}\n")).toTheEnd();
    assertEquals(
        Map.of(
            "a",
            new java.math.BigDecimal(1),
            "service",
            "q\"u\\o\\x0a",
            "stage",
            "term",
            "logged",
            TIME),
        Json.parse(bench.out().strip()));
  }

  @Test
  void what_a_log_program_prints_counts_as_its_services_stdout_and_its_stderr_as_log() {
    PlaneBench bench =
        PlaneBench.json()
            .stdout("api", Stage.LOG, bytes("{\"a\":1}\n"))
            .stderr("api", Stage.LOG, bytes("rotating\n"))
            .toTheEnd();
    assertEquals("{\"a\":1," + STAMP, bench.out());
    assertEquals(TIME + " api/log: rotating\n", bench.err());
  }

  @Test
  void the_last_line_needs_no_newline() {
    assertEquals(TIME + " api/run: a\n" + TIME + " api/run: b\n", plain("a\nb").out());
    assertEquals("{\"a\":1," + STAMP, json("{\"a\":1}").out());
    assertEquals(TIME + " gatun: warning: api/run: not JSON stdout: b\n", json("b").err());
  }

  @ParameterizedTest
  @CsvSource({"PLAIN", "JSON"})
  void nul_carriage_return_and_invalid_utf8_pass_through_a_text_line_untouched(
      OutputFormat format) {
    byte[] line = {'a', 0, 1, '\r', (byte) 0xff, (byte) 0xc3, '(', '\t', '\r', '\n'};
    PlaneBench bench =
        new PlaneBench(format, Verbosity.WARN, LIMIT).stderr("api", Stage.RUN, line).toTheEnd();
    byte[] prefix = bytes(TIME + " api/run: ");
    byte[] all = bench.bytesOf(2);
    assertEquals(prefix.length + line.length, all.length);
    assertTrue(Arrays.equals(line, Arrays.copyOfRange(all, prefix.length, all.length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4095, 4096, 4097, 65_535, 65_536})
  void a_line_within_the_limit_is_passed_on_in_one_piece(int length) {
    String line = "x".repeat(length);
    assertEquals(
        TIME
            + " api/run: before\n"
            + TIME
            + " api/run: "
            + line
            + "\n"
            + TIME
            + " api/run: after\n",
        plain("before\n" + line + "\nafter\n").out());
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, LIMIT + 2, 2 * LIMIT - 1, 2 * LIMIT, 2 * LIMIT + 1, 1_000_003})
  void the_parts_of_a_longer_line_make_the_line_again(int length) {
    String line = numbered(length);
    for (String end : new String[] {"\n", ""}) {
      String out = plain("before\n" + line + end).out();
      StringBuilder again = new StringBuilder();
      String[] lines = out.split("\n");
      assertEquals(TIME + " api/run: before", lines[0]);
      for (int i = 1; i < lines.length; i++) {
        boolean last = i == lines.length - 1;
        String prefix = TIME + (last ? " api/run: " : " api/run(part): ");
        assertEquals(prefix, lines[i].substring(0, Math.min(prefix.length(), lines[i].length())));
        assertTrue(lines[i].length() - prefix.length() <= LIMIT);
        again.append(lines[i].substring(prefix.length()));
      }
      assertEquals(line, again.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, LIMIT + 2, 2 * LIMIT, 2 * LIMIT + 1, 500_001})
  void the_parts_of_a_longer_json_line_are_objects_whose_messages_make_the_line_again(int length) {
    String line = "{\"quote\":\"\\\"" + numbered(length - 14) + "\"}";
    String out = json("{}\n" + line + "\n{\"after\":1}\n").out();
    String[] lines = out.split("\n");
    StringBuilder again = new StringBuilder();
    for (int i = 1; i < lines.length - 1; i++) {
      Map<?, ?> part = (Map<?, ?>) Json.parse(lines[i]);
      assertEquals(true, part.get("partial"));
      assertEquals("api", part.get("service"));
      again.append(part.get("message"));
    }
    assertEquals(line, again.toString());
    assertEquals("{\"after\":1," + STAMP, lines[lines.length - 1] + "\n");
  }

  @Test
  void a_line_is_not_cut_within_a_character() {
    String line = "ab" + "\ud83d\ude00".repeat(LIMIT / 2);
    String out = plain(line + "\n").out();
    assertFalse(out.contains("\ufffd"));
    assertEquals(line, out.replaceAll("(?m)^\\S+ api/run(\\(part\\))?: |\n", ""));
  }

  private static String numbered(int length) {
    StringBuilder text = new StringBuilder(length + 8);
    for (int i = 0; text.length() < length; i++) {
      text.append(i).append('.');
    }
    text.setLength(length);
    return text.toString();
  }

  @Test
  void a_reader_that_goes_away_is_reported_once_and_the_services_go_on() {
    PlaneBench bench = PlaneBench.plain().answering(1, length -> -Errno.EPIPE);
    bench.stdout("api", Stage.RUN, bytes("a\n"), bytes("b\n"), bytes("c\n"));
    bench.stderr("api", Stage.RUN, bytes("still here\n"));
    bench.toTheEnd();
    assertEquals("", bench.out());
    assertTrue(bench.err().contains("gatun: error: cannot write to standard output: Broken pipe"));
    assertEquals(1, bench.err().split("cannot write", -1).length - 1, bench.err());
    assertTrue(bench.err().contains(" api/run: still here\n"));
    assertTrue(bench.allIsRead(0));
  }

  @Test
  void a_blocked_reader_stops_the_writer_and_nothing_is_lost_when_it_goes_on() {
    boolean[] blocked = {true};
    PlaneBench bench =
        PlaneBench.plain()
            .answering(1, length -> blocked[0] ? -Errno.EAGAIN : Math.min(length, 1000));
    byte[][] chunks = new byte[100][];
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < chunks.length; i++) {
      String line = i + " " + "x".repeat(10_000);
      chunks[i] = bytes(line + "\n");
      expected.append(TIME).append(" api/run: ").append(line).append('\n');
    }
    bench.stdout("api", Stage.RUN, chunks);
    bench.stderr("api", Stage.RUN, bytes("not held up\n"));
    for (int i = 0; i < 1000; i++) {
      bench.turn();
    }
    assertTrue(bench.reads < 60, "reads while blocked: " + bench.reads);
    assertEquals(TIME + " api/run: not held up\n", bench.err());
    blocked[0] = false;
    assertEquals(expected.toString(), bench.toTheEnd().out());
  }

  @Test
  void own_messages_that_found_no_room_are_counted() {
    boolean[] blocked = {true};
    PlaneBench bench =
        PlaneBench.plain().answering(2, length -> blocked[0] ? -Errno.EAGAIN : length);
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      bench.plane.say(Level.ERROR, "message " + i);
    }
    blocked[0] = false;
    bench.plane.flush();
    bench.plane.say(Level.ERROR, "the last");
    String err = bench.toTheEnd().err();
    int said = err.split("gatun: error: message ", -1).length - 1;
    assertTrue(said > 1000 && said < count, "said: " + said);
    assertTrue(err.contains((count - said) + " messages could not be said here"), "said: " + said);
    assertTrue(err.endsWith("gatun: error: the last\n"));
  }

  @Test
  void only_messages_of_the_asked_level_are_said() {
    for (Verbosity verbosity : Verbosity.values()) {
      PlaneBench bench = new PlaneBench(OutputFormat.PLAIN, verbosity, LIMIT);
      for (Level level : Level.values()) {
        bench.plane.say(level, "here");
      }
      StringBuilder expected = new StringBuilder();
      Level[] all = Level.values();
      for (int i = all.length - verbosity.ordinal(); i < all.length; i++) {
        expected.append(TIME + " gatun: " + all[i].label() + ": here\n");
      }
      assertEquals(expected.toString(), bench.toTheEnd().err(), verbosity.toString());
    }
  }

  @Test
  void a_stream_that_ended_is_closed() {
    PlaneBench bench = PlaneBench.plain().stdout("api", Stage.RUN, bytes("a\n"));
    for (int i = 0; i < 3; i++) {
      bench.turn();
    }
    assertTrue(bench.isClosed(0));
  }

  private static byte[][] floodOf(int chunks, int bytes) {
    byte[][] flood = new byte[chunks][bytes];
    for (byte[] chunk : flood) {
      Arrays.fill(chunk, (byte) 'x');
      chunk[bytes - 1] = '\n';
    }
    return flood;
  }

  @Test
  void a_pipe_that_is_full_again_and_again_is_asked_to_hold_more() {
    PlaneBench bench =
        PlaneBench.plain()
            .stdout("flooding", Stage.RUN, floodOf(8, 64 * 1024))
            .stdout("busy", Stage.RUN, floodOf(7, 64 * 1024))
            .stdout("quiet", Stage.RUN, floodOf(100, 1024))
            .toTheEnd();
    assertEquals(Map.of(10, 256 * 1024), bench.widened);
  }

  @Test
  void a_reader_that_lags_behind_a_flood_gets_a_pipe_that_holds_more() {
    PlaneBench bench =
        PlaneBench.plain()
            .answering(1, length -> Math.min(length, 4096))
            .stdout("api", Stage.RUN, floodOf(1, 64 * 1024))
            .toTheEnd();
    assertEquals(Map.of(1, 1024 * 1024), bench.widened);
  }
}
