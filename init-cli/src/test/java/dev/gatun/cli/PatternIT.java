package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** {@code log/pattern}: lines of text become JSON objects without another process. */
class PatternIT {
  private static final Path EXAMPLE =
      Path.of("..", "examples", "web", "services", "web", "log", "pattern");

  @TempDir Path directory;

  private Container.Builder container(String run, String pattern) {
    return new Container.Builder(directory).service("a", run).file("a/log/pattern", pattern);
  }

  private static Map<String, Object> object(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (RuntimeException e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void fieldsBecomeMembersAndOtherLinesMessages() {
    String run = "echo 'INFO [db] up'; echo 'a \"b\"'; printf 'WARN x\\xff\\r\\n'; exit 0";
    String pattern = "# Ours.\n^(?P<level>[A-Z]+) (?:\\[(?<who>.*?)\\] )?(?P<text>.*)$\n";
    try (Container c = container(run, pattern).start()) {
      assertEquals(0, c.exitCode(), c::both);
      List<Map<String, Object>> lines = c.stdout().lines().map(PatternIT::object).toList();
      assertEquals(3, lines.size(), c::both);
      assertEquals(
          List.of("level", "who", "text", "service", "stage", "logged"),
          List.copyOf(lines.get(0).keySet()));
      assertEquals("db", lines.get(0).get("who"));
      assertEquals("run", lines.get(0).get("stage"));
      assertEquals("a \"b\"", lines.get(1).get("message"));
      assertEquals("x\ufffd", lines.get(2).get("text"));
      assertEquals(4, lines.get(1).size());
      assertFalse(c.stderr().contains("not JSON"), c::both);
    }
  }

  @Test
  void theExampleKnowsTheAccessLogsOfWebServers() throws IOException {
    String combined =
        "203.0.113.9 - kim [22/Nov/2026:08:09:10 +0000] \"GET /orders?id=17 HTTP/1.1\" 200 612"
            + " \"https://example.org/\" \"Mozilla/5.0 (X11; Linux x86_64)\"";
    String common = "127.0.0.1 - - [22/Nov/2026:08:09:11 +0000] \"HEAD / HTTP/1.0\" 404 -";
    String run = "printf '%s\\n' '" + combined + "' '" + common + "'; exit 0";
    try (Container c = container(run, Files.readString(EXAMPLE)).start()) {
      assertEquals(0, c.exitCode(), c::both);
      List<Map<String, Object>> lines = c.stdout().lines().map(PatternIT::object).toList();
      assertEquals("203.0.113.9", lines.get(0).get("client"));
      assertEquals("kim", lines.get(0).get("user"));
      assertEquals("2026-11-22T08:09:10Z", lines.get(0).get("time"));
      assertEquals(200, lines.get(0).get("status"));
      assertEquals("/orders?id=17", lines.get(0).get("path"));
      assertEquals("HTTP/1.1", lines.get(0).get("protocol"));
      assertEquals(612, lines.get(0).get("bytes"));
      assertEquals("Mozilla/5.0 (X11; Linux x86_64)", lines.get(0).get("agent"));
      assertEquals(404, lines.get(1).get("status"));
      assertEquals(
          List.of("client", "user", "time", "method", "path", "protocol", "status"),
          List.copyOf(lines.get(1).keySet()).subList(0, 7));
      assertEquals(10, lines.get(1).size(), c::both);
    }
  }

  /** The expression of regex2json's own documentation, as it stands there. */
  @Test
  void anExpressionForRegex2jsonIsTakenAsItIs() {
    String expression =
        "^(?P<address>\\S+) - (?P<user>\\S+)"
            + " \\[(?P<time___time__Nginx__RFC3339>[\\w:/]+\\s[+\\-]\\d{4})\\]"
            + " \"(?P<method>\\S+)\\s?(?P<url>\\S+)?\\s?(?P<http>\\S+)?\" (?P<status___int>\\d{3})"
            + " (?:(?P<size___int>\\d+)|-) \"(?P<referrer>[^\"]*)\" \"(?P<agent>[^\"]*)\"";
    String line =
        "192.168.0.100 - - [13/Jun/2023:13:15:13 +0000] \"GET /index.html HTTP/1.1\" 200 1234"
            + " \"-\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\"";
    try (Container c = container("echo '" + line + "'; exit 0", expression).start()) {
      assertEquals(0, c.exitCode(), c::both);
      Map<String, Object> members = new HashMap<>(object(c.stdout()));
      members.remove("logged");
      assertEquals(
          Map.ofEntries(
              Map.entry("address", "192.168.0.100"),
              Map.entry("user", "-"),
              Map.entry("time", "2023-06-13T13:15:13Z"),
              Map.entry("method", "GET"),
              Map.entry("url", "/index.html"),
              Map.entry("http", "HTTP/1.1"),
              Map.entry("status", 200),
              Map.entry("size", 1234),
              Map.entry("referrer", "-"),
              Map.entry("agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"),
              Map.entry("service", "a"),
              Map.entry("stage", "run")),
          members);
    }
  }

  @Test
  void allMatchesMakeOneObjectAndWhatCannotBeUsedIsAWarning() {
    String pattern =
        "(?P<tag___array___optional>#\\w+)|n=(?P<n___int___optional>\\w+)"
            + "|(?P<___json___optional>\\{.*\\})";
    String run = "echo '#a n=5 #b {\"x\":{\"y\":[1]}}'; echo '#c n=five'; exit 0";
    try (Container c = container(run, pattern).start()) {
      assertEquals(0, c.exitCode(), c::both);
      List<Map<String, Object>> lines = c.stdout().lines().map(PatternIT::object).toList();
      assertEquals(List.of("#a", "#b"), lines.get(0).get("tag"));
      assertEquals(5, lines.get(0).get("n"));
      assertEquals(Map.of("y", List.of(1)), lines.get(0).get("x"));
      assertEquals(List.of("#c"), lines.get(1).get("tag"));
      assertFalse(lines.get(1).containsKey("n"));
      assertTrue(
          c.stderr()
              .contains(
                  " gatun: warning: a/run: cannot use the group n___int___optional: \"five\" is no"
                      + " whole number of 64 bits, as int asks: in the line \"#c n=five\"\n"),
          c::stderr);
    }
  }

  /** TZ of the container is where times without an offset come from. */
  @Test
  void timesWithoutAnOffsetAreThoseOfTheContainersZone() {
    try (Container c =
        container("echo '2026-07-01 12:00:00'; exit 0", "^(?P<t___time__DateTime__RFC3339>.*)$")
            .env("TZ", "Europe/Ljubljana")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("2026-07-01T10:00:00Z", object(c.stdout()).get("t"));
    }
  }

  @Test
  void plainOutputStaysText() {
    try (Container c =
        container("echo 'INFO up'; exit 0", "(?P<level>[A-Z]+)")
            .env("DINIT_JSON_STDOUT", "0")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().endsWith(" a/run: INFO up\n"), c::both);
    }
  }

  @Test
  void aBadPatternStartsNothingAndSaysWhere() {
    Path started = directory.resolve("started");
    try (Container c = container("touch " + started, "# Ours.\n^(?P<level>[A-Z+)$\n").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(
          c.stderr().contains("a/log/pattern:2: column 12: missing closing ]: correct"), c::both);
      assertTrue(Files.notExists(started));
    }
  }

  @Test
  void anUnknownLayoutStartsNothingAndTellsTheKnownOnes() {
    try (Container c = container("exit 0", "^(?P<t___time__Ngin>.*)$\n").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(
          c.stderr().contains("a/log/pattern:1: column 10: time knows no layout Ngin: the layouts"),
          c::both);
      assertTrue(c.stderr().contains(", Nginx, "), c::both);
    }
  }

  @Test
  void aPatternThatNeedsTooMuchMemoryIsRefused() {
    try (Container c = container("exit 0", "(?P<a>((x{100}){100}){100})\n").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("a/log/pattern:1: the regular expression is too"), c::both);
    }
  }

  /** What a supervised service needs can come later, and a pattern too. */
  @Test
  void aSupervisedServiceWaitsForAPatternThatCanBeUsed() throws IOException {
    String run = "echo 'INFO up'; exec sleep 60";
    try (Container c =
        container(run, "(?P<level>[A-Z+)\n")
            .script("b/run", "echo 'INFO b'; exec sleep 60")
            .env("DINIT_DIR", "")
            .env("GATUN_LAYOUT", "runit")
            .env("RUNIT_DIR", directory.resolve("none").toString())
            .env("SVDIR", directory.resolve("services").toString())
            .env("DINIT_JSON_STDOUT", "1")
            .start()) {
      c.awaitText("service a is not started: cannot use").awaitText("INFO b");
      assertFalse(c.stdout().contains("INFO up"), c::both);
      Path pattern = directory.resolve("services/a/log/pattern");
      Files.writeString(pattern, "(?P<level>[A-Z]+)\n");
      c.awaitText("{\"level\":\"INFO\",\"service\":\"a\",\"stage\":\"run\"");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void checkTellsTheLine() {
    try (Container c =
        container("exit 0", "\n(?P<service>x)\n")
            .withoutNamespace()
            .command(Container.launcher().toString(), "check", "--json")
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      Map<String, Object> document = object(c.stdout());
      Map<?, ?> finding = (Map<?, ?>) ((List<?>) document.get("findings")).getFirst();
      assertEquals("pattern", finding.get("code"));
      assertEquals(2, finding.get("line"));
      assertTrue(finding.get("problem").toString().startsWith("column 1: the group service"));
    }
  }

  @Test
  void everyLineOfAFloodArrivesInOrderThoughTheReaderPauses() {
    try (Container c =
        container("seq -f 'n=%.0f' 30000; exit 0", "^n=(?P<n>\\d+)$")
            .readerPauses(Duration.ofSeconds(1))
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      int[] expected = {0};
      c.stdout()
          .lines()
          .forEach(line -> assertTrue(line.startsWith("{\"n\":\"" + ++expected[0] + "\","), line));
      assertEquals(30_000, expected[0]);
    }
  }

  /** Matching takes its time; a stop does not wait for all of it. */
  @Test
  void stopIsHeardDuringAFlood() {
    String line = "GET /" + "x".repeat(1000);
    try (Container c =
        container("exec yes '" + line + "'", "^(?P<method>\\S+) (?P<path>\\S+)$")
            .command("bash", "-c", "exec " + Container.launcher() + " > /dev/null")
            .start()) {
      Container.sleep(Duration.ofSeconds(1));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }
}
