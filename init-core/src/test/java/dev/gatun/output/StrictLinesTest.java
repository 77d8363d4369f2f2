package dev.gatun.output;

import static dev.gatun.output.PlaneBench.TIME;
import static dev.gatun.output.PlaneBench.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.JsonEscape;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of each kind of line in strict mode, alone and among others. */
class StrictLinesTest {
  private static final int LIMIT = 64 * 1024;
  private static final String STAMP =
      "\"service\":\"api\",\"stage\":\"run\",\"logged\":\"" + TIME + "\"}\n";

  /** Each line and what comes out. */
  private static final Map<String, String> LINES = new LinkedHashMap<>();

  static {
    LINES.put("{\"a\":1}", "{\"a\":1," + STAMP);
    LINES.put("{}", "{" + STAMP);
    LINES.put("", "");
    LINES.put(" \t\r", "");
    LINES.put(" {\"a\":[{},\"}\"]} \r", " {\"a\":[{},\"}\"]," + STAMP);
    LINES.put("text", "{\"message\":\"text\",\"invalid\":true," + STAMP);
    LINES.put("{\"a\":1} x", "{\"message\":\"{\\\"a\\\":1} x\",\"invalid\":true," + STAMP);
    LINES.put("{\"stage\":1}", "{\"stage_\":1," + STAMP);
    String long20K = "é~".repeat(7000);
    LINES.put("{\"a\":\"" + long20K + "\"}", "{\"a\":\"" + long20K + "\"," + STAMP);
    LINES.put("{\"b\":-1.5e+3}", "{\"b\":-1.5e+3," + STAMP);
  }

  private static String out(String... chunks) {
    byte[][] all = new byte[chunks.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes(chunks[i]);
    }
    return new PlaneBench(OutputFormat.STRICT_JSON, Verbosity.WARN, LIMIT)
        .stdout("api", Stage.RUN, all)
        .toTheEnd()
        .out();
  }

  @Test
  void a_line_by_itself() {
    LINES.forEach((line, expected) -> assertEquals(expected, out(line + "\n")));
    LINES.forEach((line, expected) -> assertEquals(expected, out(line)));
  }

  @Test
  void two_lines_that_come_together() {
    LINES.forEach(
        (first, one) ->
            LINES.forEach(
                (second, other) -> assertEquals(one + other, out(first + "\n" + second + "\n"))));
  }

  @Test
  void lines_that_come_in_pieces() {
    String all = String.join("\n", LINES.keySet()) + "\n";
    String expected = String.join("", LINES.values());
    for (int cut = 1; cut < 60; cut++) {
      assertEquals(expected, out(all.substring(0, cut), all.substring(cut)));
    }
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < all.length(); at += 997) {
      pieces.add(all.substring(at, Math.min(all.length(), at + 997)));
    }
    assertEquals(expected, out(pieces.toArray(new String[0])));
  }

  @Test
  void a_line_over_the_limit_becomes_parts_and_the_next_is_an_object_again() {
    PlaneBench bench =
        new PlaneBench(OutputFormat.STRICT_JSON, Verbosity.WARN, 16)
            .stdout("api", Stage.RUN, bytes("{\"a\":\"0123456789\"}\n{\"b\":2}\n{\"c\":3}\n"))
            .toTheEnd();
    assertEquals(
        "{\"message\":\"{\\\"a\\\":\\\"0123456789\",\"partial\":true,"
            + STAMP
            + "{\"message\":\"\\\"}\",\"partial\":true,"
            + STAMP
            + "{\"b\":2,"
            + STAMP
            + "{\"c\":3,"
            + STAMP,
        bench.out());
  }

  @Test
  void every_kind_of_value_is_known_where_it_begins_and_ends() {
    String[] good = {
      "0",
      "-0",
      "10",
      "1.0",
      "1e1",
      "1E-10",
      "-1.25e+10",
      "true",
      "false",
      "null",
      "\"\"",
      "[]",
      "{}",
      "[1,2]",
      "[[],[{}]]",
      "{\"b\":{\"c\":[]},\"d\":1}",
      "\"\\u00Ff\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
      " [ 1 , { \"x\" : 2 } ] "
    };
    for (String value : good) {
      assertEquals("{\"a\":" + value + "," + STAMP, out("{\"a\":" + value + "}\n"));
    }
    String[] bad = {
      "00",
      "-",
      "1.",
      ".1",
      "1e",
      "1e+",
      "1.e1",
      "--1",
      "1.}",
      "1e}",
      "truE",
      "fals",
      "nul",
      "nulll",
      "\"",
      "[",
      "]",
      "[1",
      "[1,]",
      "[,1]",
      "{",
      "{\"b\"}",
      "{\"b\":}",
      "{b:1}",
      "{\"b\":1,}",
      "[1}",
      "\"\\a\"",
      "\"\\u12\"",
      "\"\\u12g4\"",
      "\"\u0001\"",
      "1 2",
      ":",
      "",
      "0x1",
      "1e1.5",
      "/",
      "1:",
      "a"
    };
    for (String value : bad) {
      String line = "{\"a\":" + value + "}";
      String text = new String(JsonEscape.utf8(line), StandardCharsets.UTF_8);
      String message = "{\"message\":\"" + text + "\",\"invalid\":true," + STAMP;
      assertEquals(message, out(line + "\n"));
    }
  }
}
