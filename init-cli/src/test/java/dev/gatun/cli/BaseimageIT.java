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

/** The layout of baseimage-docker: an environment in files, and programs around the services. */
class BaseimageIT {
  private static final String OBEYS =
      "trap 'echo told; exit 0' TERM; echo up; while :; do sleep 0.02; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return Runit.container(directory)
        .env("RUNIT_DIR", "")
        .env("GATUN_LAYOUT", "baseimage")
        .env("GATUN_BASEIMAGE_DIR", directory.resolve("etc").toString());
  }

  /** Gatun as a link calls it. */
  private Container.Builder myInit(String... arguments) throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("my_init"), Container.launcher());
    String[] words = new String[arguments.length + 1];
    words[0] = link.toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return container().env("GATUN_LAYOUT", "").command(words);
  }

  private static List<String> said(Container c) {
    return c.stdout().lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  @Test
  void whatIsRunFirstMaySetTheEnvironmentOfAllThatFollows() throws IOException {
    String files = directory.resolve("etc/container_environment").toString();
    try (Container c =
        container()
            .env("GIVEN", "given")
            .file("../etc/container_environment/FILE", "of a file\n")
            .file("../etc/container_environment/GIVEN", "of a file\n")
            .script(
                "../etc/my_init.d/10-sets",
                "echo $FILE, $GIVEN; cd %s; echo set >FILE; printf new >NEW; rm GIVEN"
                    .formatted(files))
            .script("../etc/my_init.d/20-sees", "echo $FILE, $NEW, ${GIVEN-none}")
            .script("../etc/rc.local", "echo local >%s/NEW".formatted(files))
            .service("a", "echo $FILE, $NEW, ${GIVEN-none}, ${HOME-homeless}; exec sleep 1000")
            .start()) {
      c.awaitText("a/run: ");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(
          List.of(
              "10-sets/first: of a file, given",
              "20-sees/first: set, new, none",
              "a/run: set, local, none, homeless"),
          said(c),
          c::both);
    }
    String shell = Files.readString(directory.resolve("etc/container_environment.sh"));
    assertTrue(shell.contains("\nexport NEW=local\n"), shell);
    String json = Files.readString(directory.resolve("etc/container_environment.json"));
    assertTrue(json.contains("\"FILE\": \"set\""), json);
  }

  @Test
  void whatWasDecidedFollowsFromTheJournal() {
    String journal = directory.resolve("journal").toString();
    try (Container c =
        container()
            .env("GATUN_JOURNAL", journal)
            .script("../etc/my_init.d/10", "exit 0")
            .script("../etc/my_init.pre_shutdown.d/20", "exit 6")
            .script("../etc/my_init.post_shutdown.d/30", "exit 7")
            .service("a", OBEYS)
            .start()) {
      c.awaitText("a/run: up");
      c.signal("TERM");
      assertEquals(6, c.exitCode(), c::both);
    }
    try (Container replay =
        container().command(Container.launcher().toString(), "replay", journal).start()) {
      assertEquals(0, replay.exitCode(), replay::both);
      assertTrue(replay.stdout().contains(", no difference"), replay::both);
    }
  }

  @Test
  void servicesStillRunUntilWhatComesBeforeTheirStopHasEnded() {
    try (Container c =
        container()
            .script("../etc/my_init.pre_shutdown.d/10", "sv status a | cut -d: -f1,2; sleep 0.2")
            .script("../etc/my_init.pre_shutdown.d/20", "exit 6")
            .script("../etc/my_init.post_shutdown.d/30", "echo last")
            .service("a", OBEYS)
            .start()) {
      c.awaitText("a/run: up");
      c.signal("TERM");
      assertEquals(6, c.exitCode(), c::both);
      assertEquals(
          List.of("a/run: up", "10/last: run: a", "a/run: told", "30/last: last"),
          said(c),
          c::both);
    }
  }

  @Test
  void aProgramThatFailsStopsTheStart() {
    try (Container c =
        container()
            .script("../etc/my_init.d/10", "exit 7")
            .script("../etc/my_init.pre_shutdown.d/10", "echo never")
            .script("../etc/rc.local", "echo never")
            .service("a", "echo never; exec sleep 1000")
            .start()) {
      assertEquals(7, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("10/first exited with 7"), c::both);
      assertEquals("", c.stdout(), c::both);
    }
  }

  @Test
  void theCommandOfMyInitRunsBesideTheServicesAndItsCodeIsTheContainers() throws IOException {
    Path made = directory.resolve("made");
    String waits =
        "cat "
            + made
            + "; until sv status a | grep -q ^run; do sleep 0.02; done; echo $FILE; exit 9";
    try (Container c =
        myInit("--quiet", "--", "sh", "-c", waits)
            .file("../etc/container_environment/FILE", "of a file")
            .script("../etc/my_init.d/10", "sleep 0.1; echo made >" + made)
            .script("../etc/my_init.post_shutdown.d/30", "echo last")
            .service("a", "trap 'echo told; exit 0' TERM; while :; do sleep 0.02; done")
            .start()) {
      assertEquals(9, c.exitCode(), c::both);
      String all = c.stdout();
      assertTrue(all.contains("a/run: told"), c::both);
      assertTrue(all.startsWith("made\n"), c::both);
      assertTrue(all.indexOf("of a file\n") < all.indexOf("30/last: last"), c::both);
    }
  }

  @Test
  void myInitMayLeaveOutAllButTheCommand() throws IOException {
    try (Container c =
        myInit("--skip-startup-files", "--skip-runit", "--", "echo", "alone")
            .script("../etc/my_init.d/10", "echo never")
            .script("../etc/my_init.post_shutdown.d/30", "echo never")
            .service("a", "echo never; exec sleep 1000")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("alone\n", c.stdout(), c::both);
    }
  }

  @Test
  void myInitWithoutACommandRunsTheServices() throws IOException {
    try (Container c = myInit().env("DINIT_LOG_LEVEL", "info").service("a", OBEYS).start()) {
      c.awaitText("a/run: up");
      assertTrue(c.stderr().contains("the layout is baseimage: Gatun is called my_init"), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertFalse(c.stderr().contains("warning"), c::both);
    }
  }
}
