package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines: all of them, whole, in order, and marked with where they came from. */
class OutputIT {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private static void assertLine(String regex, String text) {
    assertTrue(Pattern.compile("^" + regex + "$", Pattern.MULTILINE).matcher(text).find(), text);
  }

  @Test
  void jsonLinesAreStampedAndOthersAreWarnings() {
    try (Container c =
        container()
            .service("a", "echo '{\"x\":1}'; echo '{} '; echo; echo plain; echo oops >&2; exit 0")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      String origin = "\"service\":\"a\",\"stage\":\"run\",\"logged\":\"" + TIME + "\"\\}";
      assertLine("\\{\"x\":1," + origin, c.stdout());
      assertLine("\\{" + origin, c.stdout());
      assertEquals(2, c.stdout().lines().count(), c::both);
      assertLine(TIME + " gatun: warning: a/run: not JSON stdout: plain", c.stderr());
      assertLine(TIME + " a/run: oops", c.stderr());
    }
  }

  @Test
  void aValueOfAVariableThatHardlyMeansWhatWasWantedIsSaid() {
    try (Container c =
        container().service("a", "echo '{}'; exit 0").env("DINIT_JSON_STDOUT", "no").start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertLine(
          TIME + " gatun: warning: DINIT_JSON_STDOUT: its value no means JSON, .*", c.stderr());
      assertTrue(c.stdout().startsWith("{\"service\":\"a\""), c::both);
    }
  }

  @Test
  void plainLinesGetTheirOriginInFront() {
    try (Container c =
        container()
            .service("a", "echo '{\"x\":1}'; echo plain; printf 'no newline'; exit 0")
            .env("DINIT_JSON_STDOUT", "0")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertLine(TIME + " a/run: \\{\"x\":1\\}", c.stdout());
      assertLine(TIME + " a/run: plain", c.stdout());
      assertLine(TIME + " a/run: no newline", c.stdout());
    }
  }

  @ParameterizedTest(name = "with {0}")
  @ValueSource(strings = {"no log program", "a log program"})
  void aServiceThatHasBecomeAnotherUserCanOpenItsOutputAnew(String log) {
    String opens = "echo out >/dev/stdout; echo err >/dev/stderr; echo again >>/proc/self/fd/1";
    Container.Builder builder =
        container()
            .service(
                "a", "exec setpriv --reuid 1001 --regid 1001 --clear-groups sh -c '" + opens + "'")
            .env("DINIT_JSON_STDOUT", "0");
    if (log.equals("a log program")) {
      builder.script("a/log/run", "exec sed 's/^/logged: /'");
    }
    try (Container c = builder.start()) {
      assertEquals(0, c.exitCode(), c::both);
      String from = log.equals("a log program") ? "a/run: logged: " : "a/run: ";
      assertLine(TIME + " " + from + "out", c.stdout());
      assertLine(TIME + " " + from + "again", c.stdout());
      assertLine(TIME + " a/run: err", c.stderr());
    }
  }

  @Test
  void aLogProgramGetsStdoutAndEndsWithIt() {
    try (Container c =
        container()
            .service("a", "echo one; echo two; exit 0")
            .script("a/log/run", "pwd >&2; while read l; do echo \"{\\\"l\\\":\\\"$l\\\"}\"; done")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertLine("\\{\"l\":\"two\",\"service\":\"a\",\"stage\":\"run\".*", c.stdout());
      assertLine(TIME + " a/log: .*services/a/log", c.stderr());
    }
  }

  @Test
  void aLogProgramThatEndsFirstEndsTheContainer() {
    try (Container c =
        container()
            .service("a", "while :; do sleep 0.1; done")
            .script("a/log/run", "sleep 0.3; exit 4")
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(
          c.stderr().contains("exit 3: log program of service a exited with 4 before the service"),
          c::both);
    }
  }

  @Test
  void aMillionLinesArriveInOrderThoughTheReaderPauses() {
    try (Container c =
        container()
            .service("a", "seq -f '{\"n\":%.0f}' 500000; exit 115")
            .service("b", "seq -f '{\"n\":%.0f}' 500000; exit 115")
            .readerPauses(Duration.ofSeconds(5))
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      assertInOrder(c.stdout(), "a");
      assertInOrder(c.stdout(), "b");
    }
  }

  private static void assertInOrder(String text, String service) {
    Pattern line =
        Pattern.compile(
            "\\{\"n\":(\\d+),\"service\":\""
                + service
                + "\",\"stage\":\"run\",\"logged\":\"[^\"]*\"}");
    int[] expected = {1};
    text.lines()
        .forEach(
            l -> {
              var matcher = line.matcher(l);
              if (matcher.matches()) {
                assertEquals(expected[0]++, Integer.parseInt(matcher.group(1)), l);
              }
            });
    assertEquals(500_001, expected[0]);
  }

  @Test
  void linesOfAnyLengthArriveWhole() {
    try (Container c =
        container()
            .service(
                "a",
                "for n in 0 1 4095 4096 4097 65535 65536 65537 1000000; do "
                    + "head -c $n /dev/zero | tr '\\0' x; echo; done; exit 0")
            .env("DINIT_JSON_STDOUT", "0")
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      int[] lengths =
          c.stdout().lines().mapToInt(l -> l.substring(l.indexOf(": ") + 2).length()).toArray();
      assertEquals(
          "[0, 1, 4095, 4096, 4097, 65535, 65536, 65537, 1000000]",
          java.util.Arrays.toString(lengths));
    }
  }

  @Test
  void aReaderThatGoesAwayEndsNothing() {
    try (Container c =
        container()
            .service("a", "trap 'exit 0' TERM; while :; do echo '{}'; sleep 0.02; done")
            .start()) {
      c.awaitText("stage");
      c.closeStdout();
      c.awaitText("cannot write to standard output: Broken pipe");
      Container.sleep(Duration.ofMillis(300));
      assertTrue(c.isAlive(), c::stderr);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::stderr);
    }
  }

  @Test
  void aProcessOutsideThatKeepsThePipeOpenDoesNotHoldTheEndUp() {
    String keeper = "sleep 300 & disown; echo '{\"last\":1}'; exit 0";
    try (Container c = container().service("a", keeper).start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"last\":1"), c::both);
    }
  }

  @Test
  void underNoneNothingIsSaid() {
    try (Container c = container().service("a", "exit 9").env("DINIT_LOG_LEVEL", "none").start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertEquals("", c.stderr());
    }
  }
}
