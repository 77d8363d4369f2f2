package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Klein layout: programs that are run once, and then services, each as whom it wants. */
class KleinIT {
  @TempDir Path directory;

  private Container.Builder container() {
    return Runit.container(directory)
        .env("GATUN_LAYOUT", "klein")
        .env("GATUN_INIT_DIR", directory.resolve("init").toString());
  }

  @Test
  void servicesOfTwoUsersStartWhenAllHasBeenSetUp() {
    try (Container c =
        container()
            .script("../init/10-first", "echo set up; sleep 0.1")
            .script("../init/20-second", "echo set up, too")
            .file("../init/README", "not a program")
            .service("logger", "echo I am $(id -un); exec sleep 1000")
            .service("daemon", "exec chpst -u nobody sh -c 'echo I am $(id -un); exec sleep 1000'")
            .start()) {
      c.awaitText("logger/run: I am root").awaitText("daemon/run: I am nobody");
      assertTrue(
          c.stdout().indexOf("10-first/first: set up")
              < c.stdout().indexOf("20-second/first: set up, too"),
          c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void aProgramThatFailsStopsTheStart() {
    try (Container c =
        container()
            .script("../init/10-fails", "exit 7")
            .script("../init/20-next", "echo next")
            .service("a", "echo never; exec sleep 1000")
            .start()) {
      assertEquals(7, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("10-fails/first exited with 7"), c::both);
      assertFalse(c.stdout().contains("ne"), c::both);
    }
  }

  @Test
  void itGoesOnWhereThatIsWanted() {
    try (Container c =
        container()
            .env("GATUN_INIT_FAILURE", "continue")
            .script("../init/10-fails", "exit 7")
            .service("a", "echo up; exec sleep 1000")
            .start()) {
      c.awaitText("a/run: up");
      String error = "error: 10-fails/first exited with 7 (" + directory.resolve("init/10-fails");
      assertTrue(c.stderr().contains(error), c::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }
}
