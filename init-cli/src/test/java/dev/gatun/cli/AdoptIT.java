package dev.gatun.cli;

import static dev.gatun.cli.Daemons.WAITS;
import static dev.gatun.cli.Daemons.adopted;
import static dev.gatun.cli.Daemons.assumeTool;
import static dev.gatun.cli.Daemons.daemon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reparented processes that count as services: DINIT_REPARENTING_POLICY=adopt. */
class AdoptIT {
  @TempDir Path directory;

  private Container.Builder container() {
    return Daemons.container(directory);
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
    Container.assumeOthersMayRead();
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
  void threeHundredAdoptedInARowLeaveNoDescriptorOpen() throws IOException {
    Path go = directory.resolve("go");
    Path close = directory.resolve("close");
    Container.run("mkfifo", go.toString(), close.toString());
    // They wait in open(2), so that three hundred of them cost nothing.
    String closer = ": <" + close + "; exec >&- 2>&-; exec sleep 1000";
    String script =
        "read <" + go + "; for i in {1..300}; do " + daemon("closer", closer) + "done; ";
    // The first message opens the logging library, so there is one before the first count.
    try (Container c =
        container().service("a", script + WAITS).env("DINIT_LOG_LEVEL", "debug").start()) {
      long pid = c.pid();
      // With its first scan Gatun opens what it looks for orphans in, and keeps it.
      Container.await("the first scan", () -> holdsListOfOrphans(pid));
      List<String> before = openFiles(pid);
      Files.write(go, new byte[0], StandardOpenOption.WRITE);
      Container.await(
          "300 to be adopted", () -> c.stderr().split("adopting reparented").length > 300);
      Container.await("600 pipes", () -> openFiles(pid).size() >= before.size() + 600);
      try (OutputStream _ = Files.newOutputStream(close, StandardOpenOption.WRITE)) {
        Container.await("the pipes' end", () -> openFiles(pid).equals(before));
      }
      assertFalse(c.stderr().contains("cannot"), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  private static boolean holdsListOfOrphans(long pid) {
    for (String file : openFiles(pid)) {
      Path link = Path.of("/proc/" + pid + "/fd/" + file);
      if (Container.run("readlink", link.toString()).strip().endsWith("/children")) {
        return true;
      }
    }
    return false;
  }
}
