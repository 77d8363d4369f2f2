package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GATUN_KILL_TIMEOUT}: the end comes, whoever does not want it. */
class KillTimeoutIT {
  private static final String DEAF = "trap '' TERM; echo '{}'; while :; do sleep 0.05; done";

  @TempDir Path directory;

  private Container.Builder container(int seconds) {
    return new Container.Builder(directory).env("GATUN_KILL_TIMEOUT", String.valueOf(seconds));
  }

  /** Ends the container with TERM and says how long that took. */
  private static Duration stop(Container c) {
    c.awaitText("stage");
    Instant begin = Instant.now();
    c.signal("TERM");
    assertEquals(0, c.exitCode(), c::both);
    return Duration.between(begin, Instant.now());
  }

  private static Instant saidAt(Container c, String text) {
    String line = c.stderr().lines().filter(l -> l.contains(text)).findFirst().orElseThrow();
    return Instant.parse(line.substring(0, line.indexOf(' ')));
  }

  private static void assertKills(Container c, String who) {
    assertTrue(c.stderr().contains(who + " did not stop in time: killing it"), c::both);
  }

  @Test
  void aStoppedAndDeafServiceIsKilled() {
    String stopsAgain = "trap '' TERM; echo '{}'; while :; do kill -STOP $$; done";
    try (Container c = container(1).service("a", stopsAgain).start()) {
      stop(c);
      assertKills(c, "a/run");
    }
  }

  /** It is left behind deaf, and would have 30 seconds. */
  @Test
  void soIsWhatAServiceLeavesBehind() {
    String leaves = "(setsid bash -c \"trap '' TERM; while :; do sleep 0.05; done\" &); ";
    String run = leaves + "trap 'exit 0' TERM; echo '{}'; while :; do sleep 0.05; done";
    Container.Builder builder = container(1).env("DINIT_REPARENTING_POLICY", "ignore");
    try (Container c = builder.service("a", run).start()) {
      stop(c);
      String told = "terminating reparented process";
      String killed = "did not stop in time: killing it";
      assertTrue(c.stderr().contains(killed), c::both);
      Duration given = Duration.between(saidAt(c, told), saidAt(c, killed));
      assertTrue(given.toSeconds() < 25, c::both);
    }
  }

  @ParameterizedTest(name = "TERM and then {0}")
  @ValueSource(strings = {"TERM", "INT", "QUIT"})
  void aSecondSignalNeitherHastensNorDelaysTheEnd(String second) {
    try (Container c = container(2).service("a", DEAF).env("DINIT_LOG_LEVEL", "info").start()) {
      c.awaitText("stage");
      Instant begin = Instant.now();
      c.signal("TERM");
      for (int i = 0; i < 3; i++) {
        Container.sleep(Duration.ofMillis(500));
        c.signal(second);
      }
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(1, c.stderr().split("exit 0: received signal TERM", -1).length - 1, c::both);
      assertTrue(Duration.between(begin, Instant.now()).toMillis() >= 2000, c::both);
      // By Gatun's own clock: this process may have to wait for its turn.
      Duration took =
          Duration.between(
              saidAt(c, "exit 0: received signal TERM"), saidAt(c, "did not stop in time"));
      assertTrue(took.toMillis() < 3400, () -> took + c.both());
    }
  }

  @Test
  void aStopScriptThatHangsIsKilledWithItsService() {
    try (Container c =
        container(1).service("a", DEAF).script("a/terminate", "exec sleep 1000").start()) {
      stop(c);
      assertKills(c, "a/run");
      assertKills(c, "a/term");
    }
  }

  @Test
  void aStopScriptThatOutlivesItsServiceIsKilled() {
    try (Container c =
        container(1)
            .service("a", "trap 'exit 0' TERM; echo '{}'; while :; do sleep 0.05; done")
            .script("a/terminate", "kill $DINIT_PID; exec sleep 1000")
            .start()) {
      stop(c);
      assertKills(c, "a/term");
      assertFalse(c.stderr().contains("a/run did not"), c::both);
    }
  }

  @Test
  void aLogProgramThatNeverEndsIsKilledAfterItsService() {
    try (Container c =
        container(1)
            .service("a", "trap 'exit 0' TERM; echo line; while :; do sleep 0.05; done")
            .script("a/log/run", "read l; echo '{}'; exec sleep 1000")
            .start()) {
      stop(c);
      assertKills(c, "a/log");
      assertFalse(c.stderr().contains("a/run did not"), c::both);
    }
  }

  @Test
  void aLogProgramIsSparedWhileItsServiceNeedsIt() {
    String slow = "trap 'sleep 0.5; echo last; exit 0' TERM; echo l; while :; do sleep 0.05; done";
    try (Container c =
        container(2)
            .service("a", slow)
            .script("a/log/run", "while read l; do echo \"{\\\"l\\\":\\\"$l\\\"}\"; done")
            .start()) {
      stop(c);
      assertTrue(c.stdout().contains("{\"l\":\"last\""), c::both);
      assertEquals("", c.stderr());
    }
  }

  @Test
  void zeroSecondsKillAtOnce() {
    try (Container c = container(0).service("a", DEAF).start()) {
      assertTrue(stop(c).toMillis() < 1500, c::both);
      assertKills(c, "a/run");
    }
  }

  @Test
  void withoutItNothingIsKilled() {
    String slow = "trap 'sleep 2; exit 0' TERM; echo '{}'; while :; do sleep 0.05; done";
    try (Container c = new Container.Builder(directory).service("a", slow).start()) {
      assertTrue(stop(c).toMillis() >= 1900, c::both);
      assertEquals("", c.stderr());
    }
  }
}
