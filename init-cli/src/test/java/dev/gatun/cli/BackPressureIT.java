package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gatun does when its output goes nowhere, slowly, or not at all. */
class BackPressureIT {
  private static final String FLOOD = "exec yes '{\"x\":\"" + "y".repeat(90) + "\"}'";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  /** The launcher with its descriptors put elsewhere by a shell. */
  private static String[] redirected(String redirections) {
    return new String[] {"bash", "-c", "exec " + Container.launcher() + " " + redirections};
  }

  /** A pipe that is open for reading too, so that it never breaks, and that nobody reads. */
  private Path fifo() {
    Path fifo = directory.resolve("fifo");
    Container.run("mkfifo", fifo.toString());
    return fifo;
  }

  private static String lines(int count) {
    return "seq -f '{\"n\":%.0f}' " + count;
  }

  @Test
  void whileStdoutIsBlockedServicesAreReapedAndStopped() {
    Path marks = directory.resolve("marks");
    try (Container c =
        container()
            .service("flood", FLOOD)
            .service("quiet", "trap 'echo term >> " + marks + "; exit 0' TERM; sleep 100 & wait")
            .service("leaves", "sleep 0.5; exit 115")
            .env("GATUN_DRAIN_TIMEOUT", "1")
            .env("DINIT_LOG_LEVEL", "info")
            .command(redirected("1<> " + fifo()))
            .start()) {
      c.awaitText("leaves");
      c.signal("TERM");
      Container.await("the trap", () -> Files.exists(marks));
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot write all output"), c::both);
      assertTrue(c.stderr().contains("bytes for standard output"), c::both);
    }
  }

  @Test
  void aReaderThatPausesForLessThanTheTimeoutGetsEverything() {
    try (Container c =
        container()
            .service("a", lines(100_000) + "; exit 0")
            .readerPauses(Duration.ofSeconds(2))
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(100_000, c.stdout().lines().count());
      assertFalse(c.stderr().contains("cannot write all output"), c::stderr);
    }
  }

  @Test
  void aFullDeviceHoldsServicesUpAndIsReported() {
    try (Container c =
        container()
            .service("a", FLOOD)
            .env("GATUN_DRAIN_TIMEOUT", "1")
            .command(redirected("> /dev/full"))
            .start()) {
      c.awaitText("cannot write to standard output: No space left on device");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot write all output"), c::both);
    }
  }

  @Test
  void nothingIsLostThoughTheDiskIsFullForAWhile() throws IOException {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Container.assumeNamespaces();
    String mount = "mount -t tmpfs -o size=256k tmpfs " + disk;
    String files = disk + "/filler " + disk + "/out";
    Path grow = directory.resolve("grow");
    try (Container c =
        container()
            .service("a", lines(5_000) + "; sleep 0.3; exit 0")
            .command(
                "bash",
                "-c",
                mount
                    + "; head -c 200000 /dev/zero > "
                    + disk
                    + "/filler; (until [[ -e "
                    + grow
                    + " ]]; do sleep 0.1; done; mount -o remount,size=16m "
                    + disk
                    + ") & "
                    + Container.launcher()
                    + " > "
                    + disk
                    + "/out; cat "
                    + disk
                    + "/out; umount "
                    + disk)
            .withoutNamespace()
            .start()) {
      c.awaitText("No space left on device: services that write");
      Files.createFile(grow);
      assertEquals(0, c.exitCode(), () -> c.both() + files);
      assertEquals(5_000, c.stdout().lines().filter(l -> l.startsWith("{\"n\":")).count(), c::both);
      assertTrue(c.stderr().contains("can write to standard output again: lost 0 B"), c::both);
    }
  }

  @Test
  void aReaderThatGoesAwayStopsNothing() {
    try (Container c =
        container()
            .service("a", FLOOD)
            .service("b", "sleep 2; exit 0")
            .command(redirected("> >(head -n 1)"))
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot write to standard output: Broken pipe"), c::both);
    }
  }

  @Test
  void linesArriveWhateverStdoutIs() {
    Path file = directory.resolve("file");
    List<String> ways =
        List.of(
            "> " + file + "; cat " + file,
            ">> " + file + ".appended; cat " + file + ".appended",
            "| cat",
            "| cat; true < /dev/null");
    for (String way : ways) {
      try (Container c =
          container()
              .service("a", lines(30_000) + "; exit 0")
              .command("bash", "-c", Container.launcher() + " " + way)
              .withoutNamespace()
              .start()) {
        assertEquals(0, c.exitCode(), c::both);
        assertEquals(30_000, c.stdout().lines().count(), way);
      }
    }
  }

  @Test
  void quietServicesAreHeardDuringAFlood() {
    try (Container c =
        container()
            .service("flood", FLOOD)
            .service(
                "quiet", "for i in 1 2 3 4 5; do echo '{\"quiet\":'$i'}'; sleep 0.05; done; exit 0")
            .command(redirected("| grep --line-buffered quiet"))
            .start()) {
      c.awaitText("\"quiet\":5");
    }
  }

  @Test
  void stopIsHeardDuringAFloodThatHasNoEnd() {
    try (Container c =
        container().service("flood", FLOOD).command(redirected("> /dev/null")).start()) {
      Container.sleep(Duration.ofSeconds(1));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }
}
