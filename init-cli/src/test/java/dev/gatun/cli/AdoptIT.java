package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reparented processes that count as services: DINIT_REPARENTING_POLICY=adopt. */
class AdoptIT {
  private static final String WAITS = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  /** What orphan.c can be doing while it is adopted; each takes three seconds. */
  private static final List<String> OCCUPATIONS =
      List.of(
          ("nanosleep absolute poll ppoll select epoll futex sigtimedwait read wait sigsuspend"
                  + " alarms busy threads")
              .split(" "));

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory).env("DINIT_REPARENTING_POLICY", "adopt");
  }

  /** Starts a shell script as a daemon that is called {@code name}. */
  private static String daemon(String name, String script) {
    return "(setsid bash -c 'exec -a \"$0\" bash -c \"$1\"' " + name + " '" + script + "' &); ";
  }

  /** The program of orphan.c, compiled. */
  private Path orphan() {
    return CProgram.compile("orphan", directory);
  }

  private static void assumeTool(String... words) {
    Assumptions.assumeTrue(
        Container.run("bash", "-c", "command -v " + words[0]).startsWith("/"),
        "skipped: there is no " + words[0]);
  }

  /** The pid in the container of the process that was adopted under that name. */
  private static String adopted(Container c, String name) {
    c.awaitText("(" + name + ")");
    String words = "adopting reparented process (\\d+) \\(" + name + "\\)";
    Matcher matcher = Pattern.compile(words).matcher(c.stderr());
    assertTrue(matcher.find(), c::both);
    return matcher.group(1);
  }

  private static List<String> openFiles(long pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void laterLinesOfADaemonAreMarkedWithItsNameAndPid() {
    String loop = "while :; do echo {\\\"pid\\\":$$}; echo to stderr >&2; sleep 0.1; done";
    try (Container c = container().service("a", daemon("greeter", loop) + WAITS).start()) {
      String pid = adopted(c, "greeter");
      c.awaitText("{\"pid\":" + pid + ",\"service\":\"greeter\",\"stage\":\"" + pid + "\"");
      c.awaitText(" greeter/" + pid + ": to stderr\n");
      assertTrue(c.stdout().contains("\"service\":\"a\",\"stage\":\"run\""), c::both);
      assertTrue(c.stderr().contains(", of service a\n"), c::both);
      assertFalse(c.stderr().contains("cannot"), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void noLineIsLostOrDoubledWhenAProcessIsAdopted() {
    String loop = "for i in {1..3000}; do echo {\\\"i\\\":$i}; sleep 0.001; done; sleep 1000";
    try (Container c = container().service("a", daemon("counter", loop) + WAITS).start()) {
      c.awaitText("{\"i\":3000,");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      String[] lines = c.stdout().split("\n");
      assertEquals(3000, lines.length);
      for (int i = 0; i < lines.length; i++) {
        assertTrue(lines[i].startsWith("{\"i\":" + (i + 1) + ","), lines[i]);
      }
      assertTrue(lines[2999].contains("\"service\":\"counter\""), lines[2999]);
    }
  }

  @Test
  void whatItsChildrenWriteIsMarkedLikeItsOwn() {
    String loop =
        "(while :; do echo {\\\"old\\\":1}; echo old >&2; sleep 0.1; done) &"
            + " sleep 2; (echo {\\\"new\\\":1}) & wait";
    try (Container c = container().service("a", daemon("parent", loop) + WAITS).start()) {
      String pid = adopted(c, "parent");
      String mark = ",\"service\":\"parent\",\"stage\":\"" + pid + "\"";
      c.awaitText("{\"old\":1" + mark).awaitText("{\"new\":1" + mark);
      c.awaitText(" parent/" + pid + ": old\n");
    }
  }

  @ParameterizedTest(name = "{0} ends the container with {1}")
  @CsvSource({"exit 0, 0, exited with 0", "exit 7, 3, exited with 7", "kill -9 $$, 3, was killed"})
  void theContainerEndsWithAnAdoptedProcess(String end, int code, String how) {
    String script = "sleep 2; " + end;
    try (Container c = container().service("a", daemon("worker", script) + WAITS).start()) {
      String pid = adopted(c, "worker");
      assertEquals(code, c.exitCode(), c::both);
      String verdict = "warning: exit " + code + ": adopted process worker (" + pid + ") " + how;
      assertTrue(c.stderr().contains(verdict), c::both);
    }
  }

  @Test
  void anAdoptedProcessGetsTermWhenTheContainerEnds() {
    String loop = "trap \"echo told >&2; exit 5\" TERM; while :; do sleep 0.1; done";
    try (Container c = container().service("a", daemon("loyal", loop) + WAITS).start()) {
      String pid = adopted(c, "loyal");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains(" loyal/" + pid + ": told\n"), c::both);
    }
  }

  @Test
  void anAdoptedProcessThatIgnoresTermIsKilledInTime() {
    String loop = "trap \"\" TERM; while :; do sleep 0.1; done";
    try (Container c =
        container()
            .service("a", daemon("deaf", loop) + WAITS)
            .env("DINIT_KILL_TIMEOUT", "1")
            .start()) {
      adopted(c, "deaf");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("did not stop in time: killing it"), c::both);
    }
  }

  /** The program says how long its call took, what it answered, and what is not as it was. */
  @Test
  void whateverAProcessWasDoingGoesOnUndisturbed() {
    assumeTool("cc");
    Path program = orphan();
    StringBuilder starts = new StringBuilder();
    for (String occupation : OCCUPATIONS) {
      starts.append("(setsid ").append(program).append(' ').append(occupation).append(" &); ");
    }
    try (Container c = container().service("a", starts + WAITS).start()) {
      for (String occupation : OCCUPATIONS) {
        c.awaitText("{\"" + occupation + "\":");
        String line =
            c.stdout().lines().filter(l -> l.contains("\"" + occupation + "\"")).findAny().get();
        String unharmed =
            ",\"result\":0,\"errno\":0,\"same\":1,\"blocked\":1,\"service\":\"orphan\"";
        assertTrue(line.contains(unharmed), line);
        long millis = Long.parseLong(line.replaceAll("[^:]*:(\\d+),.*", "$1"));
        assertTrue(millis >= 2999 && millis < 10_000, line);
      }
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertFalse(c.stderr().contains("cannot"), c::both);
    }
  }

  @Test
  void aJavaProgramWithItsManyThreadsGoesOn() throws Exception {
    Path source = directory.resolve("Many.java");
    Files.writeString(
        source,
        """
        class Many {
          public static void main(String[] none) throws Exception {
            for (int i = 0; i < 1000; i++) {
              System.gc();
              System.out.println("{\\"i\\":" + i + "}");
              Thread.sleep(100);
            }
          }
        }
        """);
    String java = Container.javaHome() + "/bin/java -Xmx32m -XX:TieredStopAtLevel=1 ";
    try (Container c =
        container().service("a", "(setsid " + java + source + " &); " + WAITS).start()) {
      String pid = adopted(c, "java");
      c.awaitText(",\"service\":\"java\",\"stage\":\"" + pid);
      int first = c.stdout().split("\n").length;
      Container.await("more lines", () -> c.stdout().split("\n").length > first + 5);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      String[] lines = c.stdout().split("\n");
      for (int i = 0; i < lines.length; i++) {
        assertTrue(lines[i].startsWith("{\"i\":" + i + ","), c::both);
      }
    }
  }

  @Test
  void aProcessWhoseFirstThreadHasEndedIsRedirectedAll() {
    assumeTool("cc");
    String start = "(setsid " + orphan() + " headless &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      String pid = adopted(c, "orphan");
      c.awaitText("{\"speaks\":" + pid + ",\"service\":\"orphan\",\"stage\":\"" + pid);
    }
  }

  @Test
  void aStoppedProcessStaysStoppedAndIsRedirected() {
    String script = "kill -STOP $$; echo {\\\"went\\\":1}; sleep 1000";
    String watch =
        "sleep 2.5; p=$(pgrep -xf \"stopper .*\" | head -1);"
            + " grep State /proc/$p/status >&2; kill -CONT $p; ";
    try (Container c =
        container().service("a", daemon("stopper", script) + watch + WAITS).start()) {
      String pid = adopted(c, "stopper");
      c.awaitText("State:\tT (stopped)");
      c.awaitText("{\"went\":1,\"service\":\"stopper\",\"stage\":\"" + pid + "\"");
    }
  }

  @Test
  void descendantsThatDieAndExecuteOthersInTheMiddleHurtNobody() {
    assumeTool("cc");
    String one = "(setsid " + orphan() + " churn &); ";
    String start = one + one;
    String watch =
        "sleep 5; grep -l \"TracerPid:.[1-9]\" /proc/[0-9]*/status >&2;"
            + " grep -l \"State:.[tT]\" /proc/[0-9]*/status >&2; echo looked >&2; ";
    try (Container c = container().service("a", start + watch + WAITS).start()) {
      c.awaitText("a/run: looked");
      assertFalse(c.stderr().contains("/status\n"), c::both);
      assertTrue(c.stdout().contains("\"churn\":"), c::both);
      assertTrue(c.isAlive());
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void aProcessThatCannotBeStoppedInTimeIsSupervisedAndLetGoLater() {
    assumeTool("cc");
    String start = "(setsid " + orphan() + " vfork 9 &); ";
    String watch = "sleep 11; cat /proc/$(pgrep -xf \".*orphan vfork 9\")/status >&2; ";
    try (Container c = container().service("a", start + watch + WAITS).start()) {
      c.awaitText("it did not stop in time: supervising it all the same");
      c.awaitText("{\"vfork\":");
      c.awaitText("TracerPid:\t0");
      assertTrue(c.stderr().contains("State:\tS"), c::both);
    }
  }

  @Test
  void aProcessThatCannotBeStoppedAtFirstIsRedirectedLater() {
    assumeTool("cc");
    String start = "(setsid " + orphan() + " vfork 3 &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      String pid = adopted(c, "orphan");
      c.awaitText("{\"speaks\":" + pid + ",\"service\":\"orphan\",\"stage\":\"" + pid);
      assertFalse(c.stderr().contains("cannot"), c::both);
    }
  }

  @Test
  void aProcessWithASeccompFilterOfItsOwnIsNotMadeToTripOverIt() {
    assumeTool("cc");
    String start = "(setsid " + orphan() + " restricted &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      c.awaitText("seccomp restricts it: supervising it all the same");
      c.awaitText("{\"restricted\":");
      assertTrue(c.isAlive());
    }
  }

  @Test
  void aProcessThatIsTracedAlreadyIsSupervisedAllTheSame() {
    assumeTool("strace");
    String start = "(setsid strace -D -o /dev/null sleep 1000 &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      c.awaitText("is being traced by process");
      assertTrue(c.isAlive());
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void anotherUsersProcessIsSupervisedWithAWarningWhereGatunMayNotTraceIt() {
    assumeTool("setpriv");
    String loop = "sleep 3; exit 7";
    String start = "setpriv --reuid 1001 --regid 1001 --clear-groups bash -c '" + loop + "'";
    try (Container c =
        container()
            .service("a", "(setsid " + start + " &); " + WAITS)
            .command(
                "setpriv",
                "--bounding-set",
                "-sys_ptrace",
                "--inh-caps",
                "-sys_ptrace",
                Container.launcher().toString())
            .start()) {
      c.awaitText("ptrace: Operation not permitted: supervising it all the same");
      assertEquals(3, c.exitCode(), c::both);
      assertEquals(1, c.stderr().split("Operation not permitted").length - 1, c::both);
    }
  }

  @Test
  void withoutAnyCapabilityAsAnotherUserItWorksAllTheSame() throws Exception {
    assumeTool("setpriv");
    String loop = "while :; do echo {\\\"pid\\\":$$}; sleep 0.1; done";
    Container.Builder builder = container().service("a", daemon("plain", loop) + WAITS);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    String launcher = Container.launcher().toString();
    Assumptions.assumeTrue(
        Container.run("setpriv", "--reuid", "1001", "--clear-groups", "head", "-c2", launcher)
            .equals("#!"),
        "skipped: another user may not read " + launcher);
    builder.command(
        "setpriv",
        "--reuid",
        "1001",
        "--regid",
        "1001",
        "--clear-groups",
        "--bounding-set",
        "-all",
        "--inh-caps",
        "-all",
        "--no-new-privs",
        launcher);
    try (Container c = builder.start()) {
      String pid = adopted(c, "plain");
      c.awaitText("{\"pid\":" + pid + ",\"service\":\"plain\",\"stage\":\"" + pid + "\"");
      assertFalse(c.stderr().contains("cannot"), c::both);
    }
  }

  @Test
  void threeHundredAdoptedInARowLeaveNoDescriptorOpen() {
    String go = directory.resolve("go").toString();
    String close = directory.resolve("close").toString();
    String closer =
        "while [[ ! -e " + close + " ]]; do sleep 1; done; exec >&- 2>&-; exec sleep 1000";
    String script =
        "while [[ ! -e "
            + go
            + " ]]; do sleep 0.1; done; echo begun >&2; for i in {1..300}; do "
            + daemon("closer", closer)
            + "done; ";
    // The first message opens the logging library, so there is one before the first count.
    try (Container c =
        container().service("a", script + WAITS).env("DINIT_LOG_LEVEL", "debug").start()) {
      long pid = c.pid();
      // With its first scan Gatun opens what it looks for orphans in, and keeps it.
      Container.sleep(Duration.ofMillis(4000));
      List<String> before = openFiles(pid);
      touch(go);
      Container.await(
          "300 to be adopted", () -> c.stderr().split("adopting reparented").length > 300);
      Container.await("600 pipes", () -> openFiles(pid).size() >= before.size() + 600);
      touch(close);
      Container.await("the pipes' end", () -> openFiles(pid).equals(before));
      assertFalse(c.stderr().contains("cannot"), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  private static void touch(String file) {
    try {
      Files.createFile(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
