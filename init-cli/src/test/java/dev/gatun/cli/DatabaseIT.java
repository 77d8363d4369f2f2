package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real database is given the time to write its data when the container is told to stop. */
class DatabaseIT {
  @TempDir Path directory;

  /** Writes its data at an orderly end only. */
  private Container.Builder withDatabase(Container.Builder builder) throws IOException {
    if (!Files.isExecutable(Path.of("/usr/bin/redis-server"))) {
      Assumptions.abort("skipped: the database is not there (Debian: redis-server)");
    }
    Path data = Files.createDirectories(directory.resolve("data"));
    return builder
        .env("DATA", data.toString())
        .service(
            "redis",
            "exec redis-server --port 0 --unixsocket $DATA/socket --dir $DATA --save 3600 1"
                + " --appendonly no 2>&1");
  }

  private String redis(String... command) {
    String[] words = new String[command.length + 3];
    words[0] = "redis-cli";
    words[1] = "-s";
    words[2] = directory.resolve("data/socket").toString();
    System.arraycopy(command, 0, words, 3, command.length);
    return Container.run(words).strip();
  }

  private void awaitDatabase() {
    Container.await("the database", () -> redis("ping").equals("PONG"));
  }

  @Test
  void gatunLetsItWriteItsData() throws IOException {
    try (Container c = withDatabase(Runit.container(directory)).start()) {
      awaitDatabase();
      assertEquals("OK", redis("set", "lock", "gatun"));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("Redis is now ready to exit"), c::both);
    }
    try (Container again = withDatabase(Runit.container(directory)).start()) {
      awaitDatabase();
      assertEquals("gatun", redis("get", "lock"));
      again.signal("TERM");
      assertEquals(0, again.exitCode(), again::both);
    }
  }

  /** What this layout is there for: runsvdir as PID 1 is gone at once, and everything with it. */
  @Test
  void runsvdirDoesNot() throws IOException {
    try (Container c = withDatabase(Runit.runsvdir(directory)).start()) {
      awaitDatabase();
      assertEquals("OK", redis("set", "lock", "gatun"));
      c.signal("TERM");
      c.exitCode();
      assertFalse(c.stdout().contains("ready to exit"), c::both);
    }
    assertFalse(Files.exists(directory.resolve("data/dump.rdb")));
  }
}
