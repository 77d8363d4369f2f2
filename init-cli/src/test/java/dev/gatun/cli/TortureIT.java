package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of docs/torture.md that no other class is about. */
class TortureIT {
  private static final String WAITS = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  /** Those that end Gatun, KILL and STOP, which nobody hears, and HotSpot's own. */
  private static final Set<Integer> NOT_HARMLESS = Set.of(2, 3, 15, 37, 9, 19, 4, 5, 7, 8, 11);

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private Path torture() {
    return CProgram.compile("torture", directory);
  }

  private static int count(String text, String words) {
    return text.split(words, -1).length - 1;
  }

  @Test
  void termInTheMiddleOfTheSpawnsStopsAllThatHaveBeenStarted() {
    Path marks = directory.resolve("marks");
    Container.Builder builder = container();
    for (int i = 0; i < 300; i++) {
      builder.executable("s" + i + "/run", "#!/bin/sh\necho x >> " + marks + "\nexec sleep 1000\n");
    }
    try (Container c = builder.start()) {
      long pid = c.pid();
      Container.await("the first service", () -> !Container.children(pid).isEmpty());
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("", c.stderr());
    }
  }

  @Test
  void anExhaustedHeapEndsTheContainerWithOneAndTheReason() {
    Container.Builder builder = container();
    for (int i = 0; i < 1000; i++) {
      builder.executable("s" + i + "/run", "#!/bin/sh\nexec sleep 1000\n");
    }
    String java = "_JAVA_SR_SIGNUM=16 java -Xrs -XX:+UseSerialGC -Xmx2m -jar ";
    String[] command = ("env --block-signal " + java + Container.launcher()).split(" ");
    try (Container c = builder.command(command).start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("error: cannot go on: java.lang.OutOfMemoryError"), c::both);
    }
  }

  @Test
  void everyOtherSignalEndsNothing() {
    try (Container c = container().service("a", "echo '{}'; " + WAITS).start()) {
      c.awaitText("stage");
      for (int signal = 1; signal <= 64; signal++) {
        if (!NOT_HARMLESS.contains(signal)) {
          c.signal(String.valueOf(signal));
        }
      }
      Container.sleep(Duration.ofMillis(300));
      assertTrue(c.isAlive(), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("", c.stderr());
    }
  }

  /** The kernel takes a quarter of the stack's limit for both arguments and environment. */
  @Test
  void anEnvironmentAlmostAsLargeAsTheKernelTakesArrivesWhole() throws Exception {
    Path left = directory.resolve("left");
    String[] names = new String[15];
    Container.Builder builder = container();
    for (int i = 0; i < names.length; i++) {
      names[i] = "BIG" + i;
      builder.env(names[i], String.valueOf((char) ('a' + i)).repeat(130_000));
    }
    builder.service("a", "cp /proc/self/environ " + left + "; exit 0");
    try (Container c = builder.start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
    String environment = Files.readString(left, StandardCharsets.ISO_8859_1);
    for (int i = 0; i < names.length; i++) {
      String value = String.valueOf((char) ('a' + i)).repeat(130_000);
      assertTrue(environment.contains(names[i] + "=" + value + "\0"), names[i]);
    }
  }

  @Test
  void aForkBombThatBeginsWithTheEndIsKilled() {
    String bomb = "trap '" + torture() + " bomb 1500; exit 0' TERM; echo '{}'; ";
    try (Container c =
        container()
            .service("a", bomb + "while :; do sleep 0.05; done")
            .env("DINIT_KILL_TIMEOUT", "0")
            .start()) {
      c.awaitText("stage");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(count(c.stderr(), "did not stop in time: killing it") >= 1000, c::both);
    }
  }

  @Test
  void descendantsInOtherGroupsAndSessionsAreToldAndWaitedFor() {
    String slow = "trap \"sleep 1; echo {\\\\\\\"last\\\\\\\":\\\\\\\"$0\\\\\\\"}; exit 0\" TERM; ";
    String script = "bash -c '" + slow + "while :; do sleep 0.05; done' ";
    String start = "set -m; " + script + "group & setsid " + script + "session & echo '{}'; wait";
    try (Container c = container().service("a", start).start()) {
      c.awaitText("stage");
      Container.sleep(Duration.ofMillis(500));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("{\"last\":\"group\""), c::both);
      assertTrue(c.stdout().contains("{\"last\":\"session\""), c::both);
    }
  }

  @ParameterizedTest(name = "under {0}")
  @ValueSource(strings = {"terminate", "adopt"})
  void whereSeccompRefusesTracingAndDescriptorsOfProcessesEverythingElseWorks(String policy) {
    String loop = "while :; do echo {\\\"orphan\\\":1}; sleep 0.1; done";
    String start = "(setsid bash -c '" + loop + "' &); ";
    try (Container c =
        container()
            .service("a", start + "sleep 2.5; exit 7")
            .service("b", "echo '{}'; " + WAITS)
            .service("leaves", "exit 115")
            .env("DINIT_REPARENTING_POLICY", policy)
            .env("DINIT_LOG_LEVEL", "info")
            .command(torture().toString(), "refuse", Container.launcher().toString())
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("service a exited with 7"), c::both);
      assertTrue(c.stderr().contains("service leaves has disabled itself"), c::both);
      boolean refused = c.stderr().contains("): ptrace: Operation not permitted");
      assertEquals(policy.equals("adopt"), refused, c::both);
      assertTrue(c.stdout().contains("{\"orphan\":1,"), c::both);
    }
  }

  @Test
  void linesOfEightWritersToOnePipeAreWholeAndInOrder() {
    StringBuilder writers = new StringBuilder();
    Path program = torture();
    for (int i = 0; i < 8; i++) {
      writers.append(program).append(" write w").append(i).append(" 5000 & ");
    }
    try (Container c = container().service("a", writers + "wait; exit 0").start()) {
      assertEquals(0, c.exitCode(), c::both);
      int[] next = new int[8];
      for (String line : c.stdout().split("\n")) {
        assertTrue(line.matches("\\{\"w\\d\":\\d+,\"service\":\"a\",.*}"), line);
        int writer = line.charAt(3) - '0';
        assertTrue(line.startsWith("{\"w" + writer + "\":" + ++next[writer] + ","), line);
      }
      for (int number : next) {
        assertEquals(5000, number);
      }
    }
  }

  @Test
  void aLineOfAHundredMebibytesArrivesInParts() {
    try (Container c =
        container()
            .service("a", "head -c 100M /dev/zero | tr '\\0' x; exit 0")
            .env("DINIT_JSON_STDOUT", "0")
            .command("bash", "-c", Container.launcher() + " | tr -cd x | wc -c")
            .withoutNamespace()
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(100 * 1024 * 1024, Integer.parseInt(c.stdout().trim()), c::both);
    }
  }

  @Test
  void aLogProgramThatNeverReadsHoldsUpItsServiceOnlyAndIsKilled() {
    try (Container c =
        container()
            .service("a", "echo started >&2; exec yes")
            .script("a/log/run", "exec sleep 1000")
            .service("b", "trap 'echo {\\\"told\\\":1}; exit 0' TERM; while :; do sleep 0.1; done")
            .env("GATUN_KILL_TIMEOUT", "1")
            .start()) {
      c.awaitText("started");
      Container.sleep(Duration.ofMillis(500));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("a/log did not stop in time: killing it"), c::both);
      assertFalse(c.stderr().contains("a/run did not"), c::both);
      assertTrue(c.stdout().contains("{\"told\":1,"), c::both);
    }
  }

  @Test
  void aLogProgramThatEndsAtOnceEndsTheContainer() {
    try (Container c =
        container().service("a", "sleep 1000").script("a/log/run", "exit 0").start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("exit 0: log program of service a exited with 0"), c::both);
    }
  }
}
