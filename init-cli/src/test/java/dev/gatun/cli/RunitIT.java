package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runit layout: its stages, its service directory, and its clients. */
class RunitIT {
  private static final String OBEYS =
      "trap 'echo told; exit 0' TERM; echo up; while :; do sleep 0.02; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return Runit.container(directory);
  }

  private Path services() {
    return directory.resolve("services");
  }

  private static String code(Container container) {
    return container.exitCode() + "";
  }

  @Test
  void stagesStandAroundTheServices() {
    try (Container c =
        container()
            .script("../runit/1", "echo first; sleep 0.2")
            .script("../runit/2", "echo prepared\nexec env - PATH=$PATH \\\nrunsvdir -P $SVDIR\n")
            .script("../runit/3", "echo last")
            .service("a", OBEYS)
            .start()) {
      c.awaitText("a/run: up");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
      List<String> said =
          c.stdout().lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
      assertEquals(
          List.of(
              "1/first: first", "2/first: prepared", "a/run: up", "a/run: told", "3/last: last"),
          said,
          c::both);
    }
  }

  @Test
  void aFirstStageThatSaysSoSkipsTheServices() {
    try (Container c =
        container()
            .script("../runit/1", "exit 100")
            .script("../runit/3", "echo last; exit 0")
            .service("a", "echo never")
            .start()) {
      assertEquals("100", code(c), c::both);
      assertTrue(c.stdout().contains("3/last: last"), c::both);
      assertFalse(c.stdout().contains("never"), c::both);
    }
  }

  @Test
  void aLastStageThatFailsGivesItsCode() {
    try (Container c = container().script("../runit/3", "exit 5").service("a", OBEYS).start()) {
      c.awaitText("a/run: up");
      c.signal("TERM");
      assertEquals("5", code(c), c::both);
    }
  }

  @Test
  void whatTheFirstStagesMakeIsThere() {
    try (Container c =
        container()
            .script("made/run", "echo made; exec sleep 1000")
            .script("../runit/1", "mv $SVDIR/../waiting $SVDIR/late")
            .script("../waiting/run", "echo late; exec sleep 1000")
            .script("../waiting/log/run", "exec sed -u 's/^/through the log: /'")
            .start()) {
      c.awaitText("made/run: made").awaitText("late/run: through the log: late");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void theEndOfANamedServiceEndsTheContainerWithItsCode() {
    try (Container c =
        container()
            .env("GATUN_EXIT_ON", "b,job")
            .service("a", "exit 3")
            .service("job", "sleep 0.3; kill -KILL $$")
            .start()) {
      assertEquals("137", code(c), c::both);
      assertTrue(c.stderr().contains("it names b, and there is no such service"), c::both);
    }
  }

  @Test
  void aServiceThatArrivesLaterIsStartedAndOneThatGoesIsStopped() throws IOException {
    try (Container c = container().service("a", OBEYS).start()) {
      c.awaitText("a/run: up");
      Path elsewhere = directory.resolve("sv");
      container().script("../sv/b/run", OBEYS).script("../sv/b/finish", "echo finished $*");
      Path link = Files.createSymbolicLink(services().resolve("b"), elsewhere.resolve("b"));
      c.awaitText("b/run: up");
      assertEquals(
          new Runit.Answer("run: b: (pid N) Ns\n", 0), Runit.sv(services(), "status", "b"));
      Files.delete(link);
      c.awaitText("b/run: told").awaitText("b/finish: finished 0 0");
      Files.createSymbolicLink(link, elsewhere.resolve("b"));
      Runit.awaitStat(services(), "b", "run");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void scriptsThatAreMadeLaterAreRunAndNothingIsStartedInVain() throws IOException {
    Path journal = directory.resolve("journal");
    try (Container c =
        container().env("GATUN_JOURNAL", journal.toString()).service("a", OBEYS).start()) {
      c.awaitText("a/run: up");
      container()
          .script("a/finish", "echo finished $*")
          .script("a/control/t", "echo asked; exit 1");
      assertEquals(0, Runit.sv(services(), "-w", "30", "down", "a").code());
      c.awaitText("a/control: asked").awaitText("a/finish: finished 0 0");
      Files.delete(services().resolve("a/finish"));
      Files.delete(services().resolve("a/control/t"));
      assertEquals(0, Runit.sv(services(), "-w", "30", "restart", "a").code());
      assertEquals(0, Runit.sv(services(), "-w", "30", "down", "a").code());
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
      assertEquals(2, c.stdout().split("asked|finished", -1).length - 1, c::both);
    }
    String told = Files.readString(journal);
    assertTrue(told.contains("hooksChanged"), told);
    assertFalse(told.contains("programMissing"), told);
  }

  @Test
  void aServiceThatIsMadeSlowlyIsStartedWhenItIsComplete() throws IOException {
    try (Container c = container().service("first", OBEYS).start()) {
      c.awaitText("first/run: up");
      Path service = Files.createDirectories(services().resolve("slow"));
      Container.sleep(java.time.Duration.ofMillis(100));
      Path run = Files.writeString(service.resolve("run"), "#!/bin/bash\n" + OBEYS + "\n");
      Container.sleep(java.time.Duration.ofMillis(100));
      assertTrue(run.toFile().setExecutable(true));
      c.awaitText("slow/run: up");
      assertFalse(c.stderr().contains("warning"), c::both);
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  /** On the machine's own places, in a mount namespace: runsvchdir knows no others. */
  @Test
  void runsvchdirSwitchesToOtherServices() {
    Path runit = directory.resolve("runit");
    String switches = "trap 'echo told; exit 0' TERM; runsvchdir other >/dev/null; echo up;";
    try (Container c =
        container()
            .env("GATUN_LAYOUT", "")
            .env("RUNIT_DIR", "")
            .env("SVDIR", "")
            .env("DINIT_LOG_LEVEL", "info")
            .script("../runit/2", "exec runsvdir -P /etc/runit/runsvdir/current")
            .link("../runit/runsvdir/current", "default")
            .script("../runit/runsvdir/default/a/run", switches + " while :; do sleep 0.02; done")
            .script("../runit/runsvdir/other/b/run", OBEYS)
            .command(
                "sh", "-c", "mount --bind " + runit + " /etc/runit && exec " + Container.launcher())
            .start()) {
      c.awaitText("a/run: told").awaitText("b/run: up");
      assertTrue(c.stderr().contains("the layout is runit: there is /etc/runit/2"), c::both);
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void rawOutputIsPassedOnAsItIs() {
    try (Container c =
        container()
            .env("GATUN_LOG", "raw")
            .service("a", "printf 'no end of line'; echo error >&2; exec sleep 1000")
            .start()) {
      c.awaitText("no end of line").awaitText("error");
      assertEquals("no end of line", c.stdout());
      assertEquals("error\n", c.stderr());
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void aServiceThatCannotBeWrittenIsSeenElsewhere() {
    String mounts =
        "mount -t tmpfs tmpfs /run && mount --bind $SVDIR/web $SVDIR/web"
            + " && mount -o remount,ro,bind $SVDIR/web && exec ";
    try (Container c =
        container()
            .service("web", OBEYS)
            .service(
                "probe",
                "until SVDIR=/run/gatun sv status web | grep ^run; do sleep 0.05; done; exec cat")
            .command("sh", "-c", mounts + Container.launcher())
            .start()) {
      c.awaitText("probe/run: run: web: (pid ");
      assertTrue(
          c.stderr()
              .contains(
                  "web/supervise: Read-only file system: sv cannot see it there, but with"
                      + " SVDIR=/run/gatun in /run/gatun/web/supervise"),
          c::both);
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void aCommandRunsBesideTheServicesAndItsCodeIsTheContainers() {
    String restarted = "until [ -e again ]; do sleep 0.02; done; echo seen; exit 5";
    try (Container c =
        container()
            .script("../runit/1", "echo first")
            .script("../runit/3", "echo last")
            .service("a", "[ ! -e once ] || { touch ../../again; exec sleep 1000; }; touch once")
            .command("sh", "-c", "cd $SVDIR/.. && exec " + command("sh -c '" + restarted + "'"))
            .start()) {
      assertEquals("5", code(c), c::both);
      assertTrue(c.stdout().contains("seen\n"), c::both);
      assertTrue(c.stdout().contains("3/last: last"), c::both);
    }
  }

  private static String command(String command) {
    return Container.launcher() + " -- " + command;
  }

  @Test
  void aCommandBesideTheServicesGetsTheSignals() {
    String obeys = "trap 'echo told; exit 4' TERM; echo ready; while :; do sleep 0.02; done";
    try (Container c =
        container()
            .service("a", OBEYS)
            .command(Container.launcher().toString(), "--", "sh", "-c", obeys)
            .start()) {
      c.awaitText("ready").awaitText("a/run: up");
      c.signal("TERM");
      assertEquals("4", code(c), c::both);
      assertTrue(c.stdout().contains("a/run: told"), c::both);
    }
  }

  @Test
  void aSignalToEndWhileTheFirstStageRunsIsForTheContainer() {
    try (Container c =
        container()
            .script("../runit/1", "echo first; exec sleep 1000")
            .command(Container.launcher().toString(), "--", "echo", "never")
            .start()) {
      c.awaitText("first: first");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
      assertFalse(c.stdout().contains("never"), c::both);
    }
  }

  @Test
  void whatAnotherSupervisorHasIsLeftToIt() {
    try (Container first = container().service("a", OBEYS).start()) {
      first.awaitText("a/run: up");
      try (Container second = container().start()) {
        second.awaitText("another supervisor has locked");
        assertFalse(second.stdout().contains("up"), second::both);
        second.signal("TERM");
        assertEquals("0", code(second), second::both);
      }
      assertEquals(
          new Runit.Answer("run: a: (pid N) Ns\n", 0), Runit.sv(services(), "status", "a"));
      first.signal("TERM");
      assertEquals("0", code(first), first::both);
    }
  }
}
