package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images for generation 2 of s6-overlay: cont-init.d, services.d and cont-finish.d. */
class S6LegacyIT {
  /** As images have it: a crash of one service ends the container in order. */
  private static final String FINISH =
      """
      echo finish $1 $2
      if [ "$1" -eq 256 ]; then s6-svscanctl -t /var/run/s6/services; fi
      """;

  private static final String RUNS = "trap 'exit 0' INT; echo up; exec sleep 1000";

  @TempDir Path directory;

  private Container.Builder container(String... arguments) {
    return S6.container(directory, arguments);
  }

  private static List<String> said(Container c) {
    return c.stdout().lines().map(line -> line.substring(line.indexOf(' ') + 1)).sorted().toList();
  }

  @Test
  void theServicesThatFinishAndEndTheContainerEndWithIt() {
    try (Container c =
        container()
            .service("services.d/a", RUNS)
            .script("services.d/a/finish", FINISH)
            .service("services.d/b", RUNS)
            .script("services.d/b/finish", FINISH)
            .script("cont-finish.d/90", "echo last")
            .start()) {
      c.awaitText("a/run: up").awaitText("b/run: up");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(
          List.of(
              "90/last: last",
              "a/finish: finish 256 15",
              "a/run: up",
              "b/finish: finish 256 15",
              "b/run: up"),
          said(c),
          c::both);
    }
  }

  @Test
  void aServiceThatCrashesHasTheContainerEnd() {
    try (Container c =
        container()
            .service("services.d/a", RUNS)
            .script("services.d/a/finish", FINISH)
            .service("services.d/b", "sleep 0.2; kill -SEGV $$")
            .script("services.d/b/finish", FINISH)
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("b/finish: finish 256 11"), c::both);
      assertTrue(c.stdout().contains("a/finish: finish 256 15"), c::both);
    }
  }

  @Test
  void whatIsRunFirstSetsTheEnvironmentAndMakesServices() {
    String environment = "/var/run/s6/container_environment";
    try (Container c =
        container()
            .env("GIVEN", "given")
            .script("cont-init.d/10", "echo $GIVEN; printf new >" + environment + "/MADE")
            .script(
                "cont-init.d/20",
                "mkdir -p $GATUN_S6_DIR/services.d/made; cd $GATUN_S6_DIR/services.d/made"
                    + "; printf '#!/bin/sh\\necho $GIVEN, $MADE, $1; exec sleep 1000\\n' >run"
                    + "; chmod +x run")
            .start()) {
      c.awaitText("made/run: given, new, made");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void theCodeThatAProgramHasWrittenIsTheContainers() {
    try (Container c =
        container()
            .service("services.d/a", "echo up; exec sleep 1000")
            .script(
                "services.d/a/finish",
                "echo $((128 + $2)) >/run/s6-linux-init-container-results/exitcode")
            .start()) {
      c.awaitText("a/run: up");
      c.signal("QUIT");
      assertEquals(143, c.exitCode(), c::both);
    }
  }

  @Test
  void haltEndsTheContainerFromInside() {
    try (Container c =
        container()
            .service("services.d/a", "echo up; exec sleep 1000")
            .service("services.d/b", "sleep 0.1; exec /run/s6/basedir/bin/halt")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void theCommandRunsBesideTheServicesAndItsCodeIsTheContainers() {
    try (Container c =
        container("--", "sh", "-c", "until s6-svok /run/service/a; do sleep 0.05; done; exit 9")
            .script("cont-init.d/10", "echo first")
            .service("services.d/a", "echo up; exec sleep 1000")
            .start()) {
      assertEquals(9, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("10/first: first"), c::both);
    }
  }

  @Test
  void aScriptThatFailsEndsTheContainerWhereThatIsWanted() {
    try (Container c =
        container()
            .env("S6_BEHAVIOUR_IF_STAGE2_FAILS", "2")
            .script("cont-init.d/10", "exit 42")
            .service("services.d/a", "echo never; exec sleep 1000")
            .start()) {
      assertEquals(42, c.exitCode(), c::both);
      assertFalse(c.stdout().contains("never"), c::both);
    }
  }

  @Test
  void withContenvGivesWhatIsInFilesAndNothingElse() {
    String standIn = Container.launcher().resolveSibling("s6/with-contenv").toString();
    try (Container c =
        container()
            .env("PLAIN", "a 'b' \"c\" $d")
            .env("LINES", "one\n two\n")
            .env("EMPTY", "")
            .script(
                "cont-init.d/10",
                "printf '%s\\n' made >/run/s6/container_environment/MADE; export EXTRA=extra; exec "
                    + standIn
                    + " sh -c 'printf \"<%s>\" \"$PLAIN\" \"$LINES\" \"${EMPTY-unset}\" \"$MADE\""
                    + " \"${EXTRA-unset}\" \"$1\"' sh argument")
            .service("services.d/a", "echo up; exec sleep 1000")
            .start()) {
      c.awaitText("a/run: up");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      String all = c.stdout().replaceAll("(?m)^\\S+ 10/first: ", "");
      assertTrue(all.contains("<a 'b' \"c\" $d><one\n two\n><><made\n><unset><argument>"), c::both);
    }
  }
}
