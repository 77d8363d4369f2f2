package dev.gatun.output;

import static dev.gatun.output.PlaneBench.TIME;
import static dev.gatun.output.PlaneBench.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a line's own members that are named as the stamp's. */
class OwnMembersTest {
  private static final String STAMP =
      ",\"service\":\"api\",\"stage\":\"run\",\"logged\":\"" + TIME + "\"}\n";

  /** Alone, and among so many that the faster scanner sees it first. */
  private static void comesOut(String expected, String line) {
    for (OutputFormat format : new OutputFormat[] {OutputFormat.JSON, OutputFormat.STRICT_JSON}) {
      assertEquals(expected + STAMP, bench(format, line + "\n").out());
      int times = CheckingStamper.FEW_BYTES / line.length() + 1;
      String all = (line + "\n").repeat(times);
      assertEquals((expected + STAMP).repeat(times), bench(format, all).out());
    }
  }

  private static PlaneBench bench(OutputFormat format, String text) {
    return new PlaneBench(format, Verbosity.WARN, 64 * 1024)
        .stdout("api", Stage.RUN, bytes(text))
        .toTheEnd();
  }

  @ParameterizedTest
  @ValueSource(strings = {"service", "stage", "logged"})
  void it_is_renamed_however_it_is_written(String name) {
    StringBuilder escaped = new StringBuilder();
    for (char c : name.toCharArray()) {
      escaped.append(String.format("\\u%04x", (int) c));
    }
    String first = String.format("\\u%04X", (int) name.charAt(0)) + name.substring(1);
    for (String written : new String[] {name, escaped.toString(), first}) {
      comesOut("{\"" + written + "_\":{\"b\":1}", "{\"" + written + "\":{\"b\":1}}");
      comesOut("{\"a\":1,\"" + written + "_\" : 2", "{\"a\":1,\"" + written + "\" : 2} \r");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '|',
      value = {
        "{\"service\":1,\"service_\":2} {\"service__\":1,\"service_\":2",
        "{\"service_\":1,\"service\":2} {\"service_\":1,\"service__\":2",
        "{\"stage\":1,\"stage__\":2} {\"stage_\":1,\"stage__\":2",
        "{\"stage_\":1,\"stage__\":2} {\"stage_\":1,\"stage__\":2",
        "{\"logged\":1,\"logged_\":2,\"logged__\":3} {\"logged___\":1,\"logged_\":2,\"logged__\":3",
        "{\"logged\":1,\"logg\\u0065d_\":2} {\"logged__\":1,\"logg\\u0065d_\":2",
        "{\"stage\":1,\"service\":2,\"logged\":3} {\"stage_\":1,\"service_\":2,\"logged_\":3",
        "{\"stage\":1,\"service_\":2} {\"stage_\":1,\"service_\":2",
        "{\"stage\":1,\"stage\":2} {\"stage_\":1,\"stage_\":2"
      })
  void the_new_name_is_one_that_the_object_does_not_have(String line, String expected) {
    comesOut(expected, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"service\":1}",
        "{\"a\":[{\"stage\":1}]",
        "{\"a\":\"logged\"",
        "{\"services\":1,\"stag\":2,\"Logged\":3",
        "{\"sérvice\":1,\"stage\\u00e9\":2,\"\\nlogged\":3"
      })
  void other_names_and_those_of_inner_objects_stay(String beginning) {
    comesOut(beginning, beginning + "}");
  }

  @Test
  void a_line_with_very_many_of_them_is_no_object() {
    String few = "{" + "\"stage\":1,".repeat(OwnMembers.MAX_MEMBERS) + "\"a\":1}";
    comesOut(few.replace("stage", "stage_").replace("1}", "1"), few);
    String many = "{" + "\"stage\":1,".repeat(OwnMembers.MAX_MEMBERS + 1) + "\"a\":1}";
    PlaneBench bench = bench(OutputFormat.JSON, many + "\n");
    assertEquals("", bench.out());
    assertEquals(TIME + " gatun: warning: api/run: not JSON stdout: " + many + "\n", bench.err());
  }

  @Test
  void a_line_that_uses_up_all_names_is_no_object() {
    StringBuilder names = new StringBuilder("{\"service\":0");
    for (int i = 1; i < Long.SIZE - 1; i++) {
      names.append(",\"service").append("_".repeat(i)).append("\":0");
    }
    String last = "service" + "_".repeat(Long.SIZE - 1);
    comesOut(names.toString().replace("\"service\"", '"' + last + '"'), names + "}");
    String all = names + ",\"" + last + "\":0}";
    assertEquals("", bench(OutputFormat.JSON, all + "\n").out());
    String more = names + ",\"" + last + "_\":0";
    comesOut(more.replace("\"service\"", '"' + last + '"'), more + "}");
  }

  @Test
  void a_line_may_be_longer_than_any_window() {
    String text = "é".repeat(12_000);
    comesOut(
        "{\"a\":\"" + text + "\",\"stage_\":1,\"b\":\"" + text + "\"",
        "{\"a\":\"" + text + "\",\"stage\":1,\"b\":\"" + text + "\"}");
  }
}
