package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

/** What people get wrong, and what the surroundings refuse: said, and ended in order. */
class BadInputIT {
  private static final String OBEYS =
      "trap 'echo {\\\"told\\\":1}; exit 0' TERM; echo '{\"up\":1}'; while :; do sleep 0.05; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private static void assertSays(Container c, String text) {
    assertTrue(c.stderr().contains(text), () -> "missing: " + text + "\n" + c.both());
  }

  /** Runs a script in the directory of the services. */
  private void prepare(String script) {
    String services = directory.resolve("services").toString();
    String said =
        Container.run("bash", "-c", "mkdir -p " + services + " && cd " + services + "; " + script);
    assertEquals("", said);
  }

  private static final String UNSTARTABLE =
      """
      missing|true|No such file or directory: there is no such file
      not executable|printf '#!/bin/sh\\n' > F|Permission denied: it is not executable: run chmod +x
      directory|mkdir F|Permission denied: it is a directory, not a program
      dangling link|ln -s /no/where F|No such file or directory: it is a link to /no/where, which
      bad interpreter|printf '#!/no/sh\\n' > F; chmod +x F|names the interpreter /no/sh, which does not
      CRLF|printf '#!/bin/sh\\r\\n' > F; chmod +x F|names the interpreter /bin/sh\\r, which does not
      empty|: > F; chmod +x F|Exec format error: it is empty
      no interpreter|echo echo > F; chmod +x F|Exec format error: it is no program, and its first line
      byte order mark|printf '\\xef\\xbb\\xbf#!/bin/sh\\n' > F; chmod +x F|it begins with a byte order mark
      named pipe|mkfifo -m 777 F|it is neither a file nor a link to one
      """;

  @ParameterizedTest(name = "run: {0}")
  @CsvSource(textBlock = UNSTARTABLE, delimiter = '|')
  void anUnstartableServiceIsExplained(String kind, String make, String expected) {
    Container.Builder builder = container().service("good", OBEYS);
    prepare("mkdir bad; " + make.replace("F", "bad/run"));
    try (Container c = builder.start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "error: cannot start bad/run: " + directory.resolve("services/bad/run"));
      assertSays(c, expected);
      assertSays(c, "warning: exit 1: bad/run could not be started");
    }
  }

  @ParameterizedTest(name = "log/run: {0}")
  @CsvSource(textBlock = UNSTARTABLE, delimiter = '|')
  void anUnstartableLogProgramIsExplained(String kind, String make, String expected) {
    Assumptions.assumeFalse(kind.equals("missing"), "a log directory without run is none");
    Container.Builder builder = container().service("good", OBEYS).service("bad", OBEYS);
    prepare("mkdir bad/log; " + make.replace("F", "bad/log/run"));
    try (Container c = builder.start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "error: cannot start bad/log: ");
      assertSays(c, expected);
    }
  }

  @ParameterizedTest(name = "terminate: {0}")
  @CsvSource(textBlock = UNSTARTABLE, delimiter = '|')
  void anUnstartableStopScriptIsExplainedAndTermIsSent(String kind, String make, String expected) {
    Assumptions.assumeFalse(kind.equals("missing"), "nothing is wrong with having none");
    Container.Builder builder = container().service("bad", OBEYS);
    prepare(make.replace("F", "bad/terminate"));
    try (Container c = builder.start()) {
      c.awaitText("\"up\"");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertSays(c, "error: cannot start bad/term: ");
      assertSays(c, expected);
      assertTrue(c.stdout().contains("told"), c::both);
    }
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "DINIT_REPARENTING_POLICY,TERMINATE",
    "DINIT_LOG_LEVEL,warning",
    "DINIT_KILL_TIMEOUT,-1",
    "DINIT_KILL_TIMEOUT,1.5",
    "DINIT_KILL_TIMEOUT,99999999999999999999",
    "GATUN_KILL_TIMEOUT,10s",
    "GATUN_KILL_TIMEOUT,' '"
  })
  void aBadValueStartsNothing(String name, String value) {
    try (Container c = container().service("a", "echo started >&2").env(name, value).start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "error: cannot use " + name + "=" + value + ": set it to ");
      assertFalse(c.stderr().contains("started"), c::both);
    }
  }

  @ParameterizedTest(name = "the service directory {0}")
  @CsvSource({
    "/no/such,'No such file or directory: create it, or set DINIT_DIR'",
    "/etc/passwd,'Not a directory: create it, or set DINIT_DIR'"
  })
  void anUnusableServiceDirectoryIsAnError(String path, String expected) {
    try (Container c = container().env("DINIT_DIR", path).start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "cannot read the service directory " + path + ": " + expected);
    }
  }

  @Test
  void filesAndHiddenDirectoriesAreNoServices() {
    prepare("touch README; mkdir .git; ln -s /no/where gone");
    try (Container c = container().start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertSays(c, "warning: exit 0: there are no services to run");
    }
  }

  @ParameterizedTest(name = "mkdir {0}")
  @ValueSource(
      strings = {
        "$'\\xff\\xfe'",
        "'two words'",
        "$'new\\nline'",
        "'q\"uo\\te'",
        "$'\\u00e4'",
        "'{}'"
      })
  void oddNamesGiveValidJsonInOneLine(String name) throws IOException {
    prepare("mkdir NAME; touch NAME/run; chmod +x NAME/run".replace("NAME", name));
    String script = "printf '#!/bin/sh\\necho \"{}\"; echo x >&2; exit 7\\n' > NAME/run";
    prepare(script.replace("NAME", name));
    try (Container c = container().start()) {
      assertEquals(3, c.exitCode(), c::both);
      Map<String, Object> line = JSON.std.mapFrom(c.stdout());
      assertEquals(List.of("service", "stage", "logged"), new ArrayList<>(line.keySet()));
      String service = line.get("service").toString();
      assertEquals(1, c.stdout().lines().count(), c::both);
      assertEquals(2, c.stderr().lines().count(), c::both);
      assertSays(c, " " + service + "/run: x");
      assertSays(c, "exit 3: service " + service + " exited with 7");
    }
  }

  private void manyServices(int count) {
    String script = "#!/bin/sh\\nexec sleep 1000\\n";
    prepare(
        "for i in $(seq "
            + count
            + "); do mkdir s$i; printf '"
            + script
            + "' > s$i/run; chmod +x s$i/run; done");
  }

  @Test
  void aThousandServicesAreStartedAndStopped() {
    manyServices(1000);
    try (Container c = container().env("DINIT_REPARENTING_POLICY", "ignore").start()) {
      long pid = c.pid();
      Container.await("all services", () -> Container.children(pid).size() == 1000);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("", c.stderr());
    }
  }

  @Test
  void tooFewDescriptorsAreSaidAndTheRestEndsInOrder() {
    manyServices(600);
    try (Container c =
        container()
            .command("prlimit", "--nofile=1500:1500", Container.launcher().toString())
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "Too many open files: Gatun needs three descriptors for each service: raise");
      assertEquals(2, c.stderr().split("Too many open files").length - 1, c::both);
      assertTrue(c.stderr().matches("(?s).*cannot start \\d+ more programs: Too many.*"), c::both);
    }
  }

  @Test
  void tooFewProcessesAreSaidAndTheRestEndsInOrder() {
    Assumptions.assumeTrue(readableByAll(), "skipped: another user cannot get at the program");
    manyServices(60);
    Container.run("chmod", "-R", "a+rX", directory.toString());
    try (Container c =
        container()
            .command(
                "setpriv",
                "--reuid=54321",
                "--regid=54321",
                "--clear-groups",
                "prlimit",
                "--nproc=45:45",
                Container.launcher().toString())
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "Resource temporarily unavailable: the limit of processes is reached: raise");
    }
  }

  /** Whether the program may be executed by a user who owns nothing. */
  private boolean readableByAll() {
    String probe = "setpriv --reuid=54321 --regid=54321 --clear-groups test -x ";
    return Container.run(
            "bash",
            "-c",
            probe + Container.launcher() + " && " + probe + directory.getParent() + " && echo yes")
        .equals("yes\n");
  }

  /** The loop's thread makes threads of the JVM, too, before it starts services. */
  @Test
  void noMemoryForAProcessIsSaidAndTheRestEndsInOrder() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/strace")), "skipped: needs strace (Debian: strace)");
    manyServices(60);
    String calls = "clone,clone3,vfork";
    try (Container c =
        container()
            .command(
                "strace",
                "-f",
                "-o",
                "/dev/null",
                "-etrace=" + calls,
                "-einject=" + calls + ":error=ENOMEM:when=40+",
                Container.launcher().toString())
            .withoutNamespace()
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertSays(c, "Cannot allocate memory: raise the container's limit of memory, or run fewer");
    }
  }

  /** Runs Gatun behind a script of bash that has a mount namespace of its own. */
  private Container.Builder behind(String script) {
    Container.assumeNamespaces();
    String[] command = {
      "unshare",
      "--mount",
      "--propagation=private",
      "bash",
      "-ec",
      script.replace("GATUN", Container.launcher().toString())
    };
    return container().command(command);
  }

  @Test
  void aReadOnlyFileSystemIsFine() {
    String script =
        "mkdir -p /run/gatun-test; mount --rbind / /run/gatun-test; cd /run/gatun-test;"
            + "for m in $(awk '$2 ~ /^\\/run\\/gatun-test/ {print $2}' /proc/mounts); do"
            + " mount -o remount,bind,ro $m 2>/dev/null || :; done;"
            + "! touch /run/gatun-test/tmp/x 2>/dev/null; exec chroot /run/gatun-test GATUN";
    try (Container c =
        behind(script)
            .service("a", "echo '{}'; sleep 0.2; exit 7")
            .script("a/log/run", "exec cat")
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
      assertEquals(1, c.stderr().lines().count(), c::both);
    }
  }

  @Test
  void noDevNullIsFine() {
    try (Container c =
        behind("mount -t tmpfs none /dev; exec GATUN")
            .service("a", "read line; echo '{}'; exit 7")
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
      assertEquals(1, c.stderr().lines().count(), c::both);
    }
  }

  @Test
  void aChildThatBecameAnotherUserIsReportedAndWaitedFor() {
    Assumptions.assumeTrue(readableByAll(), "skipped: another user cannot get at the program");
    Container.Builder builder =
        container()
            .service("good", OBEYS)
            .service("root", "echo '{}'; exec ./setpriv --reuid=0 --clear-groups sleep 2");
    prepare("cp $(command -v setpriv) root; chmod u+s root/setpriv; chmod -R a+rX ..");
    builder.command(
        "setpriv",
        "--reuid=54321",
        "--regid=54321",
        "--clear-groups",
        Container.launcher().toString());
    try (Container c = builder.start()) {
      c.awaitText("root\",\"stage\"").awaitText("\"up\"");
      Container.sleep(java.time.Duration.ofMillis(300));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertSays(c, "cannot send TERM to root/run");
      assertSays(c, "Operation not permitted: it has become another user's");
      assertTrue(c.stdout().contains("told"), c::both);
    }
  }

  private static final String NO_PROC =
      "export LD_LIBRARY_PATH=" + Container.javaHome() + "/lib; mount -t tmpfs none /proc; exec ";

  /** Even the JVM finds its libraries only with some help there. */
  @ParameterizedTest(name = "an orphan that {0}")
  @CsvSource({"obeys,exec", "is deaf,trap '' TERM;"})
  void withoutProcPidOneTerminatesWhateverIsLeft(String kind, String before) {
    String orphan = "(setsid bash -c \"" + before + " sleep 300\" &); ";
    try (Container c =
        behind("exec unshare --pid --fork --kill-child bash -ec '" + NO_PROC + "GATUN'")
            .service("a", orphan + "echo '{}'; sleep 0.3; exit 7")
            .env("DINIT_KILL_TIMEOUT", "1")
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
      assertSays(c, "cannot list reparented processes in /proc: ");
      assertSays(c, "processes are left that cannot be listed: terminating all of them");
      assertEquals(
          kind.equals("is deaf"),
          c.stderr().contains("did not stop in time: killing them"),
          c::both);
    }
  }

  @Test
  void withoutProcAProcessLikeAnyOtherSignalsNobodyAndEnds() {
    try (Container c =
        behind(NO_PROC + "GATUN")
            .withoutNamespace()
            .service("a", "(setsid sleep 30 &); echo '{}'; sleep 0.3; exit 7")
            .env("DINIT_KILL_TIMEOUT", "1")
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertSays(c, "processes are left that cannot be listed: waiting for their end for 1.0 s");
      assertSays(c, "processes that cannot be listed did not stop in time: left alone");
    }
  }
}
