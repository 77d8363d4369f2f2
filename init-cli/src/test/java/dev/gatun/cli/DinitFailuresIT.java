package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

/**
 * Where tozd/dinit 0.4 was seen to fail. What else there was is in other classes: a reader that
 * goes away in BackPressureIT, orphans that exit in OrphansIT.
 */
class DinitFailuresIT {
  private static final String WAITS = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  /** It lost up to 640 of 6,000 lines, in 16 to 30 of 30 runs. */
  @ParameterizedTest(name = "to a reader that first pauses for {0} ms")
  @ValueSource(ints = {0, 300})
  void noneOfTheLinesBeforeTheEndIsLostInThirtyRuns(int millis) {
    String lines = "seq -f '{\"n\":%.0f,\"pad\":\"" + "x".repeat(80) + "\"}' ";
    Container.Builder builder =
        container()
            .service("small", lines + "640; touch done; exit 115")
            // Its end has the other one terminated, which must have written all by then.
            .service(
                "big",
                "until [[ -e ../small/done ]]; do sleep 0.01; done; rm ../small/done; "
                    + lines
                    + "6000; exit 0")
            .readerPauses(Duration.ofMillis(millis));
    for (int i = 0; i < 30; i++) {
      try (Container c = builder.start()) {
        assertEquals(0, c.exitCode(), c::stderr);
        long small = c.stdout().lines().filter(l -> l.contains("\"service\":\"small\"")).count();
        assertEquals(6000, c.stdout().lines().count() - small, "run " + i);
        assertEquals(640, small, "run " + i);
      }
    }
  }

  /** It stopped reading there, and the service died when it wrote on. */
  @ParameterizedTest(name = "{0} bytes on {1}")
  @CsvSource({"65536,stdout", "65536,stderr", "1000000,stdout", "1000000,stderr"})
  void afterAVeryLongLineTheNextOnesCome(int bytes, String stream) {
    String to = stream.equals("stderr") ? " >&2" : "";
    String long_ = "{ head -c " + bytes + " /dev/zero | tr '\\0' x; echo; echo next; }" + to;
    try (Container c =
        container().service("a", long_ + "; exit 0").env("DINIT_JSON_STDOUT", "0").start()) {
      assertEquals(0, c.exitCode());
      String text = stream.equals("stderr") ? c.stderr() : c.stdout();
      assertTrue(text.contains(" a/run: " + "x".repeat(bytes) + "\n"));
      assertTrue(text.contains(" a/run: next\n"));
    }
  }

  /** By default what is no object is reported, and under strict it is wrapped. */
  @ParameterizedTest
  @CsvSource({"'', 4", "strict, 0"})
  void whatIsStampedIsAlwaysOneObjectWithOneOrigin(String json, int reported) throws IOException {
    String lines =
        """
        {}
        { }
        {broken}
        {"a":1}{"b":2}
        {"service":"not me","n":1}
        {"bytes":"\\xff\\xfe"}
        {"nul":"\\0"}
        """;
    String print = "printf '" + lines.replace("\n", "\\n") + "'; exit 0";
    try (Container c = container().service("a", print).env("GATUN_JSON", json).start()) {
      assertEquals(0, c.exitCode(), c::both);
      List<String> stamped = c.stdout().lines().toList();
      assertEquals(reported, c.stderr().split(" a/run: not JSON stdout: ").length - 1, c::both);
      assertEquals(7 - reported, stamped.size(), c::both);
      for (String line : stamped) {
        assertEquals("a", JSON.std.mapFrom(line).get("service"), line);
        assertEquals(1, line.split("\"service\":", -1).length - 1, line);
      }
      assertTrue(c.stdout().contains("{\"service_\":\"not me\",\"n\":1,"), c::both);
    }
  }

  /** It had a thread for each and died of Go's limit of 10,000. */
  @Test
  void twelveThousandLiveOrphansThatIgnoreTermAreKilledWithoutAThreadEach() {
    Path program = CProgram.compile("torture", directory);
    try (Container c =
        container()
            .service("a", program + " crowd 12000; " + WAITS)
            .env("DINIT_KILL_TIMEOUT", "2")
            .start()) {
      long pid = c.pid();
      Container.await("a service", () -> !Container.children(pid).isEmpty());
      int threads = Container.threads(pid);
      c.awaitText("{\"crowd\":12000").awaitText("did not stop in time: killing it");
      assertTrue(Container.threads(pid) <= threads + 4, () -> Container.threads(pid) + " threads");
      Container.await("their end", () -> Container.children(pid).size() == 1);
      assertTrue(c.isAlive());
      c.signal("TERM");
      assertEquals(0, c.exitCode());
    }
  }

  /** It polled: a stop took 1 ms or 101 ms, by chance. */
  @Test
  void aStopDoesNotWaitForAPoll() {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (Container c =
          container()
              .service("a", "echo '{}'; exec sleep 1000")
              .env("DINIT_LOG_LEVEL", "info")
              .start()) {
        c.awaitText("stage");
        c.signal("TERM");
        assertEquals(0, c.exitCode(), c::both);
        Instant told = timeOf("exit 0: received signal TERM", c);
        millis.add(Duration.between(told, timeOf("service a was killed by TERM", c)).toMillis());
      }
    }
    Collections.sort(millis);
    assertTrue(millis.get(2) < 50, millis::toString);
  }

  private static Instant timeOf(String words, Container c) {
    Matcher line = Pattern.compile("(\\S+) gatun: \\w+: " + words).matcher(c.stderr());
    assertTrue(line.find(), c::both);
    return Instant.parse(line.group(1));
  }

  /** HUP ended it within milliseconds, its services unterminated; so did a closed stdout. */
  @ParameterizedTest(name = "exec gatun {0}")
  @ValueSource(strings = {">&-", ">&- 2>&-", "<&- >&- 2>&-"})
  void neitherHupNorClosedDescriptorsEndAnything(String redirections) {
    Path marks = directory.resolve("marks");
    String run = "trap 'echo told >> MARKS; exit 0' TERM; echo '{}'; echo up >> MARKS; ";
    try (Container c =
        container()
            .service("a", run.replace("MARKS", marks.toString()) + "while :; do sleep 0.1; done")
            .command("bash", "-c", "exec " + Container.launcher() + " " + redirections)
            .start()) {
      Container.await("the service", () -> text(marks).equals("up\n"));
      c.signal("HUP");
      Container.sleep(Duration.ofMillis(300));
      assertTrue(c.isAlive());
      assertFalse(text(marks).contains("told"));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("up\ntold\n", text(marks));
    }
  }

  private static String text(Path file) {
    try {
      return java.nio.file.Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
