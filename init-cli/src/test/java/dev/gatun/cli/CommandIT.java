package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A single command under Gatun: {@code gatun COMMAND}. */
class CommandIT {
  /** All that can be caught, but ILL, BUS, FPE, SEGV and STKFLT, which are the JVM's, and CHLD. */
  private static final int[] PASSED_ON = {
    1, 2, 3, 5, 6, 10, 12, 13, 14, 18, 23, 24, 25, 26, 27, 28, 29, 30, 31, 34, 35, 36, 37, 38, 39,
    40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    64
  };

  /** Says which signals it gets, by number; the second TERM ends it with 7. */
  private static final String LISTENER =
      """
      use strict; use warnings; use Config; $| = 1;
      my @names = split ' ', $Config{sig_name}; my ($n, $terms) = (0, 0);
      for my $name (@names) {
        my $number = $n++;
        next if $number == 0 || $number == 17 || $number == 32 || $number == 33 || $number > 64;
        eval { $SIG{$name} = sub {
          syswrite STDOUT, "got $number\\n";
          exit 7 if $number == 15 && ++$terms == 2;
        } };
      }
      syswrite STDOUT, "ready\\n";
      select undef, undef, undef, 60 while 1;
      """;

  @TempDir Path directory;

  private final List<Container> started = new ArrayList<>();

  @AfterEach
  void closeAll() {
    started.forEach(Container::close);
  }

  private Container.Builder builder(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = Container.launcher().toString();
    System.arraycopy(words, 0, command, 1, words.length);
    return new Container.Builder(directory).env("GATUN_LAYOUT", "command").command(command);
  }

  private Container start(Container.Builder builder) {
    Container container = builder.start();
    started.add(container);
    return container;
  }

  private Container run(String... words) {
    Container container = start(builder(words).withoutNamespace());
    container.exitCode();
    return container;
  }

  private void assertEnds(int code, Container container) {
    assertEquals(code, container.exitCode(), container::both);
  }

  private Path executable(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @CsvSource({"exit 0,0", "exit 3,3", "exit 255,255", "kill -USR2 $$,140", "kill -KILL $$,137"})
  void theContainerEndsAsTheCommandDoesAndGatunIsSilent(String script, int code) {
    Container c = run("sh", "-c", script);
    assertEnds(code, c);
    assertEquals("stdout:\n\nstderr:\n", c.both());
  }

  @Test
  void aCommandThatCannotBeRunIs127Or126AndTheErrorNamesIt() throws IOException {
    Container missing = run("no-such-program");
    assertEnds(127, missing);
    assertTrue(missing.stderr().contains("cannot run no-such-program"), missing::both);
    Container path = run("/no/such/program");
    assertEnds(127, path);
    assertTrue(path.stderr().contains("/no/such/program: No such file"), path::both);
    Path plain = Files.writeString(directory.resolve("plain"), "x");
    Container refused = run(plain.toString());
    assertEnds(126, refused);
    assertTrue(refused.stderr().contains("chmod +x"), refused::both);
  }

  @Test
  void aScriptWithoutAnInterpretersNameIsTheShells() throws IOException {
    Path script = executable("script", "echo \"$0 $1\"; exit 5\n");
    Container c = run(script.toString(), "a b");
    assertEnds(5, c);
    assertEquals(script + " a b\n", c.stdout());
  }

  @Test
  void everySignalThatCanBeCaughtIsPassedOn() throws IOException {
    for (boolean pidOne : new boolean[] {true, false}) {
      Container.Builder builder = builder("perl", "-e", LISTENER);
      Container c = start(pidOne ? builder : builder.withoutNamespace());
      c.awaitText("ready");
      for (int number : PASSED_ON) {
        c.signal(String.valueOf(number));
        c.awaitText("got " + number + "\n");
      }
      c.signal("TERM");
      c.awaitText("got 15\n");
      c.signal("TERM");
      assertEnds(7, c);
      assertEquals(PASSED_ON.length + 3, c.stdout().lines().count(), c::both);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TSTP", "TTIN", "TTOU"})
  void aStopIsPassedOnAndStopsGatunTooUntilItIsContinued(String stop) {
    Container c = start(builder("sh", "-c", "echo ready; exec sleep 1000").withoutNamespace());
    c.awaitText("ready");
    long command = Container.children(c.pid()).getFirst();
    c.signal(stop);
    Container.await("both to stop", () -> state(c.pid()) == 'T' && state(command) == 'T');
    c.signal("CONT");
    Container.await("both to go on", () -> state(c.pid()) == 'S' && state(command) == 'S');
    c.signal("TERM");
    assertEnds(143, c);
  }

  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return '?';
    }
  }

  @Test
  void theWholeGroupGetsSignalsUnlessTheCommandAloneIsToGetThem() {
    String script =
        "sh -c 'trap \"echo inner; exit\" USR1; echo ready; while :; do sleep 0.02; done' &"
            + " trap 'echo outer' USR1; wait $!; wait; exit 4";
    for (boolean alone : new boolean[] {false, true}) {
      Container c =
          start(
              alone
                  ? builder("--single-child", "sh", "-c", script + "").withoutNamespace()
                  : builder("sh", "-c", script).withoutNamespace());
      c.awaitText("ready");
      c.signal("USR1");
      c.awaitText("outer");
      if (alone) {
        assertFalse(c.stdout().contains("inner"), c::both);
        c.signal("KILL");
      } else {
        c.awaitText("inner");
        assertEnds(4, c);
      }
    }
  }

  @Test
  void signalsAreRewrittenOrDroppedAndCodesForgiven() {
    Container c =
        start(
            builder(
                    "--rewrite",
                    "HUP:0",
                    "--rewrite=TERM:RTMIN+3",
                    "--remap-exit",
                    "9",
                    "--",
                    "bash",
                    "-c",
                    "trap 'echo hup' HUP; trap 'echo rt; exit 9' RTMIN+3; echo ready;"
                        + " while :; do sleep 0.05; done")
                .withoutNamespace());
    c.awaitText("ready");
    c.signal("HUP");
    c.signal("TERM");
    assertEnds(0, c);
    assertEquals("ready\nrt\n", c.stdout());
  }

  @Test
  void whatOutlivesTheCommandIsTerminatedAndKilledInTime() {
    Container c =
        start(
            builder(
                    "bash",
                    "-c",
                    "(trap 'sleep 0.2; echo told; exit' TERM; echo 1; while :; do sleep 0.05; done)"
                        + " & (trap '' TERM; echo 1; while :; do sleep 0.05; done) &"
                        + " sleep 0.5; exit 6")
                .env("GATUN_KILL_TIMEOUT", "1"));
    assertEnds(6, c);
    assertTrue(c.stdout().contains("told"), c::both);
    assertTrue(c.stderr().contains("did not stop in time: killing it"), c::both);
  }

  @Test
  void noBytePassesThroughGatunAndDescriptorsArgumentsAndEnvironmentAreTheCommands()
      throws IOException {
    Path input = Files.writeString(directory.resolve("input"), "from a file\n");
    String odd = new String(new char[] {'a', 'b'}) + "\u00e9\n'";
    Container c =
        start(
            builder()
                .command(
                    "bash",
                    "-c",
                    "exec 5<" + input + "; exec -a x \"$@\" </dev/null",
                    "bash",
                    Container.launcher().toString(),
                    "perl",
                    "-e",
                    "print join(',', @ARGV), qq(\\n); opendir my $d, '/proc/self/fd';"
                        + " print join(' ', sort grep { /\\d/ && -e \"/proc/self/fd/$_\" } readdir"
                        + " $d), qq(\\n); open my $f, '<&=5'; print <$f>;"
                        + " print join(' ', sort grep { /GATUN|JAVA/ } keys %ENV), qq(\\n)",
                    "",
                    odd)
                .env("JAVA_TOOL_OPTIONS", "-Dx")
                .withoutNamespace());
    assertEnds(0, c);
    List<String> lines = c.stdout().lines().toList();
    assertEquals("," + odd, lines.get(0) + "\n" + lines.get(1), c::both);
    assertEquals(
        // 3 is what perl reads the directory by.
        new TreeSet<>(List.of("0", "1", "2", "3", "5")),
        new TreeSet<>(Arrays.asList(lines.get(2).split(" "))),
        c::both);
    assertEquals("from a file", lines.get(3), c::both);
    assertEquals("GATUN_LAYOUT JAVA_TOOL_OPTIONS", lines.get(4), c::both);
  }

  @Test
  void outputGoesThroughGatunWhenThatIsAskedFor() {
    Container c = run("--log", "sh", "-c", "echo '{\"a\":1}'; echo text >&2; exit 2");
    assertEnds(2, c);
    assertTrue(c.stdout().startsWith("{\"a\":1,\"service\":\"sh\",\"stage\":\"run\""), c::both);
    assertTrue(c.stderr().contains("sh/run: text"), c::both);
  }

  @Test
  void servicesStartBeforeTheCommandAndItsEndIsTheContainers() {
    Container c =
        start(
            new Container.Builder(directory)
                .service("web", "trap 'echo bye >&2; exit' TERM; : > started; sleep 1000 & wait")
                .command(
                    Container.launcher().toString(),
                    "bash",
                    "-c",
                    "until [ -e \"$DINIT_DIR/web/started\" ]; do sleep 0.01; done; exit 44"));
    assertEnds(44, c);
    assertTrue(c.stderr().contains("web/run: bye"), c::both);
  }

  @Test
  void gatunGetsTheSignalItAskedForWhenItsParentEnds() {
    Container c =
        start(
            builder()
                .command(
                    "bash",
                    "-c",
                    Container.launcher()
                        + " --parent-death-signal SIGUSR1 bash -c \"trap 'echo orphaned; exit'"
                        + " USR1; echo ready; while :; do sleep 0.05; done\" & read -r _; kill -9"
                        + " $$")
                .withoutNamespace());
    c.awaitText("ready");
    Container.run("kill", "-9", String.valueOf(c.pid()));
    c.awaitText("orphaned");
  }

  @Test
  void linksThatAreNamedAsOtherInitsReadTheirOptions() throws IOException {
    for (String name : List.of("tini", "dumb-init", "catatonit")) {
      Files.createSymbolicLink(directory.resolve(name), Container.launcher());
    }
    assertEnds(9, link("tini", "-g", "-s", "-vv", "sh", "--", "-c", "exit 9"));
    assertEnds(0, link("tini", "-e", "143", "-e1", "--", "sh", "-c", "kill $$"));
    assertEnds(3, link("dumb-init", "--single", "-r", "15:2", "-vc", "sh", "-c", "exit 3"));
    assertEnds(4, link("catatonit", "-g", "--", "sh", "-c", "exit 4"));
    for (String name : List.of("tini", "dumb-init", "catatonit")) {
      Container nothing = link(name);
      assertEnds(1, nothing);
      assertTrue(nothing.stderr().contains("none is named"), nothing::both);
      Container wrong = link(name, "-z", "true");
      assertEnds(1, wrong);
      assertTrue(wrong.stderr().contains("-z"), wrong::both);
      Container help = link(name, "-h");
      assertEnds(0, help);
      assertTrue(help.stdout().contains("usage: " + name), help::both);
    }
  }

  @Test
  void underTheNameOfDumbInitGatunStaysInTheRootAndIsStoppedByWhatItRewrites() throws IOException {
    Files.createSymbolicLink(directory.resolve("dumb-init"), Container.launcher());
    String waits = "trap 'echo usr1' USR1; pwd; while :; do sleep 0.05; done";
    String command = "cd " + directory + "; exec ./dumb-init -r TSTP:USR1 sh -c \"" + waits + "\"";
    Container c = start(builder().command("bash", "-c", command).withoutNamespace());
    c.awaitText(directory + "\n");
    Path gatun = Path.of("/proc/" + c.pid());
    String link = gatun.resolve("cwd").toString();
    Container.await("it to leave", () -> Container.run("readlink", link).equals("/\n"));
    c.signal("TSTP");
    c.awaitText("usr1");
    Container.await("it to stop", () -> Runit.text(gatun.resolve("status")).contains("State:\tT"));
    c.signal("CONT");
    c.signal("TERM");
    assertEnds(143, c);
  }

  private Container link(String name, String... words) {
    String[] command = new String[words.length + 1];
    command[0] = directory.resolve(name).toString();
    System.arraycopy(words, 0, command, 1, words.length);
    return start(builder().command(command).withoutNamespace());
  }
}
