package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that lose their parent. */
class OrphansIT {
  private static final String WAITS = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  @ParameterizedTest(name = "10,000 orphans leave no zombie under {0}")
  @ValueSource(strings = {"terminate", "ignore"})
  void tenThousandOrphansLeaveNoZombie(String policy) {
    String orphans =
        "for i in {1..100}; do ( for j in {1..100}; do ( : ) & done ) & done; wait; echo '{}'; ";
    try (Container c =
        container().service("a", orphans + WAITS).env("DINIT_REPARENTING_POLICY", policy).start()) {
      c.awaitText("stage");
      long pid = c.pid();
      Container.await("the zombies' end", () -> Container.zombies(pid) == 0);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void aLiveOrphanIsTerminatedWithAWarning() {
    try (Container c =
        container().service("a", "(setsid sleep 301 &); echo '{}'; " + WAITS).start()) {
      c.awaitText("terminating reparented process").awaitText("(sleep): sleep 301");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void theServiceThatAnOrphanCameFromIsNamed() {
    String orphans =
        "(setsid sleep 311 &); (env -i sleep 312 &); (setsid env -i sleep 313 &);"
            + " (GATUN_SERVICE=other setsid sleep 314 &); ";
    try (Container c = container().service("a b", orphans + WAITS).start()) {
      c.awaitText(": sleep 311, of service a b\n").awaitText(": sleep 312, of service a b\n");
      c.awaitText(": sleep 313\n").awaitText(": sleep 314\n");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void anOrphanThatIgnoresTermIsKilledInTime() {
    String deaf = "(setsid bash -c 'trap \"\" TERM; while :; do sleep 0.1; done' &); ";
    try (Container c =
        container().service("a", deaf + WAITS).env("DINIT_KILL_TIMEOUT", "1").start()) {
      c.awaitText("did not stop in time: killing it");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void underIgnoreALiveOrphanIsLeftAloneUntilTheEnd() {
    try (Container c =
        container()
            .service("a", "(setsid sleep 302 &); echo '{}'; " + WAITS)
            .env("DINIT_REPARENTING_POLICY", "ignore")
            .start()) {
      c.awaitText("stage");
      Container.sleep(Duration.ofMillis(1500));
      assertTrue(!c.stderr().contains("terminating reparented"), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("(sleep): sleep 302"), c::both);
    }
  }
}
