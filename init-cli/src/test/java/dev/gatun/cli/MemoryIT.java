package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an idle container costs, see docs/memory.md. */
class MemoryIT {
  private static final int MEASURED_ON_JDK = 25;

  @TempDir Path directory;

  @Test
  void tenIdleServicesCostLessThan20MbOfTheirOwnAnd50InAll() throws Exception {
    Assumptions.assumeTrue(
        Runtime.version().feature() >= MEASURED_ON_JDK,
        "skipped: the limits are for JDK " + MEASURED_ON_JDK + " and newer");
    Path copy = directory.resolve("gatun");
    Container.run("cp", "-rp", System.getProperty("gatun.dist"), copy.toString());
    Path launcher = copy.resolve("gatun");
    try (Container c =
        new Container.Builder(directory).command(launcher.toString(), "optimize").start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
    Container.Builder container =
        new Container.Builder(directory.resolve("run")).command(launcher.toString());
    for (int i = 0; i < 10; i++) {
      container.service("s" + i, "echo '{}'; exec sleep 1000");
    }
    try (Container c = container.start()) {
      c.awaitOutput("ten lines", () -> c.stdout().lines().count() == 10);
      Container.sleep(Duration.ofSeconds(2));
      String rollup = Files.readString(Path.of("/proc/" + c.pid() + "/smaps_rollup"));
      assertTrue(bytes(rollup, "Pss_Anon:") < 20_000_000, rollup);
      // With some room for other builds of the same JDK.
      assertTrue(bytes(rollup, "Rss:") < 50_000_000, rollup);
    }
  }

  private static long bytes(String rollup, String name) {
    String line = rollup.lines().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
