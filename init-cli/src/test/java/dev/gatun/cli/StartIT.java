package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first service does not wait for what it does not need: every class costs time. */
class StartIT {
  /** The last class of ours that the first spawn loads. */
  private static final String SPAWN = "dev.gatun.ffm.posix_spawn_file_actions_t";

  /** More means that something new is loaded before the first service is started. */
  private static final int MAX_CLASSES_OF_OURS = 117;

  /** The JDK's too, whose number is another in each JDK: this is for JDK 25, with some room. */
  private static final int MAX_CLASSES = 1260;

  @TempDir Path directory;

  @Test
  void littleIsLoadedBeforeTheFirstSpawn() throws IOException {
    Path log = directory.resolve("classes");
    try (Container c =
        new Container.Builder(directory)
            .service("a", "exit 0")
            .command(
                "env",
                "--block-signal",
                "_JAVA_SR_SIGNUM=16",
                "java",
                "@" + Container.launcher().resolveSibling("jvm.options"),
                "-Xlog:class+load:file=" + log + "::filecount=0",
                "-jar",
                Container.launcher().toString())
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
    List<String> before = classesBeforeTheFirstSpawn(log);
    List<String> ours = before.stream().filter(name -> name.startsWith("dev.gatun.")).toList();
    assertTrue(ours.size() <= MAX_CLASSES_OF_OURS, () -> ours.size() + " of ours: " + ours);
    assertTrue(before.size() <= MAX_CLASSES, before::toString);
    for (String name : before) {
      boolean library =
          name.startsWith("org.tinylog.")
              || name.startsWith("tools.jackson.")
              || name.startsWith("com.google.re2j.")
              || name.startsWith("dev.gatun.pattern.");
      boolean madeAtRunTime = name.startsWith("dev.gatun.") && name.contains("$$");
      assertTrue(!library && !madeAtRunTime, name);
    }
  }

  private static List<String> classesBeforeTheFirstSpawn(Path log) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      int source = line.indexOf(" source: ");
      String name = line.substring(line.indexOf("] ") + 1, source < 0 ? line.length() : source);
      name = name.substring(name.lastIndexOf(']') + 1).trim();
      names.add(name);
      if (name.equals(SPAWN)) {
        return names;
      }
    }
    throw new AssertionError(SPAWN + " was not loaded: " + names);
  }
}
