package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of stdout, blocked and not, with JSON and with plain lines: Gatun goes on, nothing is
 * lost, and the flags of a descriptor that it shares stay what they are.
 */
class EveryStdoutIT {
  /** What nobody reads fills up; a terminal after ^S does even though somebody reads. */
  private static final List<String> BLOCKING =
      List.of("pipe", "socketpair", "unix", "pty", "stopped-pty", "foreign-pipe", "foreign-pty");

  /** In front of a kind: it belongs to another user, so that Gatun may not open it anew. */
  private static final String FOREIGN = "foreign-";

  private static final int LINES = 20_000;

  /** Tells how far it has come: a dozen pieces, stamped, are more than a blocked stdout takes. */
  private static final String FLOOD =
      "piece=$(yes '{\"x\":\""
          + "y".repeat(90)
          + "\"}' | head -n 100); for ((i = 0; ; i++)); do echo \"$piece\"; echo piece $i >&2;"
          + " done";

  private static final String WRITER = "seq -f '{\"n\":%.0f,\"pad\":\"" + "x".repeat(60) + "\"}' ";
  private static final Pattern NUMBER = Pattern.compile("\\{\"n\":(\\d+),.*\\}");

  @TempDir Path directory;

  private final List<Container> started = new ArrayList<>();

  @AfterEach
  void closeAll() {
    started.forEach(Container::close);
  }

  @BeforeAll
  static void needsPerl() {
    String version = Container.run("bash", "-c", "perl -MSocket -e 'print 1' 2>&1");
    Assumptions.assumeTrue(version.equals("1"), "skipped: needs perl (Debian: perl-base)");
  }

  /** A container whose stdout is of some kind, and the file that lets it be read. */
  private record Blocked(String kind, Container container, Path gate) {
    void release() {
      try {
        Files.createFile(gate);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    String about() {
      return kind + "\n" + container.stderr();
    }

    void assertFlagsUnchanged() {
      Matcher flags = Pattern.compile("flags (\\S+) (\\S+)").matcher(container.stderr());
      assertTrue(flags.find(), this::about);
      assertEquals(flags.group(1), flags.group(2), this::about);
    }
  }

  private Container.Builder builder(String kind) throws IOException {
    return new Container.Builder(Files.createDirectory(directory.resolve(kind)));
  }

  private Blocked start(String kind, Container.Builder builder) throws URISyntaxException {
    Path gate = directory.resolve(kind).resolve("gate");
    Path helper = Path.of(EveryStdoutIT.class.getResource("/give-stdout.pl").toURI());
    boolean foreign = kind.startsWith(FOREIGN);
    String sort = foreign ? kind.substring(FOREIGN.length()) : kind;
    List<String> command =
        new ArrayList<>(List.of("perl", helper.toString(), sort, gate.toString()));
    if (foreign) {
      Container.run("chmod", "-R", "a+rX", directory.toString());
      command.addAll(List.of("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"));
    }
    command.add(Container.launcher().toString());
    builder.withoutNamespace().command(command.toArray(new String[0]));
    Container container = builder.start();
    started.add(container);
    return new Blocked(kind, container, gate);
  }

  /** Only root can become somebody else. */
  private static List<String> kinds() {
    boolean root = Container.run("id", "-u").strip().equals("0");
    return BLOCKING.stream().filter(kind -> root || !kind.startsWith(FOREIGN)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0"})
  void whileNobodyReadsServicesAreReapedAndNothingIsLost(String json) throws Exception {
    List<Blocked> all = new ArrayList<>();
    for (String kind : kinds()) {
      Container.Builder builder =
          builder(kind)
              .service("writer", WRITER + LINES + "; exit 0")
              .service("leaves", "sleep 0.3; exit 115")
              .env("DINIT_JSON_STDOUT", json)
              .env("DINIT_LOG_LEVEL", "info")
              .env("GATUN_DRAIN_TIMEOUT", "30");
      all.add(start(kind, builder));
    }
    for (Blocked blocked : all) {
      blocked.container.awaitText("leaves exited with 115");
      assertTrue(blocked.container.isAlive(), blocked::about);
      blocked.release();
    }
    for (Blocked blocked : all) {
      assertEquals(0, blocked.container.exitCode(), blocked::about);
      assertEquals(LINES, inOrder(blocked.container.stdout()), blocked::about);
      blocked.assertFlagsUnchanged();
    }
  }

  /** How many lines there are; a terminal makes two characters of a newline. */
  private static int inOrder(String stdout) {
    int expected = 0;
    for (String line : stdout.replace("\r", "").split("\n")) {
      Matcher number = NUMBER.matcher(line);
      assertTrue(number.find(), line);
      assertEquals(++expected, Integer.parseInt(number.group(1)), line);
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0"})
  void whileNobodyReadsServicesAreStoppedAndKilledAndTheEndSaysWhatIsLost(String json)
      throws Exception {
    List<Blocked> all = new ArrayList<>();
    for (String kind : kinds()) {
      Container.Builder builder =
          builder(kind)
              .service("flood", FLOOD)
              .service("stubborn", "trap '' TERM; echo ready >&2; while :; do sleep 1; done")
              .env("DINIT_JSON_STDOUT", json)
              .env("GATUN_KILL_TIMEOUT", "1")
              .env("GATUN_DRAIN_TIMEOUT", "1");
      all.add(start(kind, builder));
    }
    for (Blocked blocked : all) {
      blocked.container.awaitText("ready").awaitText("flood/run: piece 12");
      Container.sleep(Duration.ofMillis(300));
      blocked.container.signal("TERM");
    }
    for (Blocked blocked : all) {
      assertEquals(0, blocked.container.exitCode(), blocked::about);
      String said = blocked.container.stderr();
      assertTrue(said.contains("stubborn"), blocked::about);
      assertTrue(
          Pattern.compile("cannot write all output: .* [1-9][0-9]* bytes for standard output")
              .matcher(said)
              .find(),
          blocked::about);
      blocked.assertFlagsUnchanged();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0"})
  void aSlowReaderGetsEverything(String json) throws Exception {
    String slowly = " | while IFS= read -r line; do printf '%s\\n' \"$line\"; done";
    try (Container c =
        builder("slow" + json)
            .service("writer", WRITER + 5000 + "; exit 0")
            .env("DINIT_JSON_STDOUT", json)
            .command("bash", "-c", Container.launcher() + slowly)
            .withoutNamespace()
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      assertEquals(5000, inOrder(c.stdout()));
    }
  }

  /** The offset is shared as well: what others write before and after stays where it is. */
  @ParameterizedTest
  @ValueSource(strings = {">", ">>"})
  void aFileIsWrittenWhereTheOthersAre(String redirection) throws Exception {
    Path file = directory.resolve("file");
    String command =
        "{ echo before; "
            + Container.launcher()
            + "; echo after; grep flags /proc/self/fdinfo/1; } ";
    try (Container c =
        builder("of the file")
            .service("writer", WRITER + LINES + "; exit 0")
            .command("bash", "-c", command + redirection + " " + file)
            .withoutNamespace()
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      List<String> lines = Files.readAllLines(file);
      assertEquals(LINES + 3, lines.size());
      assertEquals("before", lines.getFirst());
      assertEquals("after", lines.get(LINES + 1));
      assertEquals(
          redirection.equals(">") ? "flags:\t0100001" : "flags:\t0102001", lines.getLast());
      for (int i = 1; i <= LINES; i++) {
        assertTrue(lines.get(i).startsWith("{\"n\":" + i + ","), lines.get(i));
      }
    }
  }

  @Test
  void appendersDoNotOverwriteEachOther() throws Exception {
    Path file = directory.resolve("file");
    String other = "(for i in {1..500}; do echo \"other $i\"; done) & ";
    try (Container c =
        builder("of the file")
            .service("writer", WRITER + LINES + "; exit 0")
            .command("bash", "-c", "{ " + other + Container.launcher() + "; wait; } >> " + file)
            .withoutNamespace()
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      List<String> lines = Files.readAllLines(file);
      assertEquals(500, lines.stream().filter(line -> line.startsWith("other ")).count());
      assertEquals(LINES, lines.stream().filter(line -> NUMBER.matcher(line).matches()).count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0"})
  void aStdoutThatIsClosedDisturbsNobody(String json) throws Exception {
    try (Container c =
        builder("closed" + json)
            .service("writer", WRITER + LINES + "; echo done >&2; exit 0")
            .env("DINIT_JSON_STDOUT", json)
            .command("bash", "-c", "exec " + Container.launcher() + " >&-")
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      assertTrue(c.stderr().contains("writer/run: done"), c::stderr);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0"})
  void aFullDeviceIsSaidAndTheEndSaysWhatIsLost(String json) throws Exception {
    try (Container c =
        builder("full" + json)
            .service("writer", WRITER + 1000 + "; exit 0")
            .env("DINIT_JSON_STDOUT", json)
            .env("GATUN_DRAIN_TIMEOUT", "1")
            .command("bash", "-c", "exec " + Container.launcher() + " > /dev/full")
            .start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      assertTrue(c.stderr().contains("standard output: No space left on device"), c::stderr);
      assertTrue(c.stderr().contains("cannot write all output"), c::stderr);
    }
  }
}
