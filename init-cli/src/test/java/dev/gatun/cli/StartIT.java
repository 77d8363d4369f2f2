package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first service does not wait for what it does not need: every class costs time. */
class StartIT {
  /** The last class of ours that the first spawn loads. */
  private static final String SPAWN = "dev.gatun.ffm.posix_spawn_file_actions_t";

  /** More means that something new is loaded before the first service is started. */
  private static final int MAX_CLASSES_OF_OURS = 154;

  /** The JDK's too, whose number is another in each JDK: this is for JDK 25, with some room. */
  private static final int MAX_CLASSES = 1295;

  /** The same until the end, when the service has said a line, and Gatun two. */
  private static final int MAX_CLASSES_OF_OURS_IN_A_LIFE = 214;

  private static final int MAX_CLASSES_IN_A_LIFE = 1360;

  /** What the JVM makes at run time is the dearest; most of it a cache can hold. */
  private static final int MAX_MADE_AT_RUN_TIME = 91;

  private static final int MAX_MADE_AT_RUN_TIME_WITH_A_CACHE = 10;

  /** The numbers that are another in each JDK. */
  private static final int COUNTED_ON_JDK = 25;

  @TempDir Path directory;

  /** The classes that a container loads whose service writes a line and ends, in order. */
  private List<String> loaded(Path launcher, String options, String... main) throws IOException {
    Path log = directory.resolve("classes");
    List<String> command = new ArrayList<>(List.of("env", "--block-signal"));
    command.addAll(List.of("_JAVA_SR_SIGNUM=16", "java", "@" + launcher.resolveSibling(options)));
    command.add("-Xlog:class+load:file=" + log + "::filecount=0");
    command.addAll(List.of(main));
    command.add(launcher.toString());
    try (Container c =
        new Container.Builder(directory)
            .service("a", "echo no JSON; exit 7")
            .command(command.toArray(new String[0]))
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("not JSON stdout: no JSON"), c::both);
      assertTrue(c.stderr().contains("exit 3: service a exited with 7"), c::both);
    }
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      int source = line.indexOf(" source: ");
      String name = line.substring(line.indexOf("] ") + 1, source < 0 ? line.length() : source);
      names.add(name.substring(name.lastIndexOf(']') + 1).trim());
    }
    return names;
  }

  private static List<String> ofOurs(List<String> names) {
    return names.stream().filter(name -> name.startsWith("dev.gatun.")).toList();
  }

  /** Hidden classes, which have an address in their names; none of them is from an archive. */
  private static List<String> madeAtRunTime(List<String> names) {
    return names.stream().filter(name -> name.contains("/0x0000")).toList();
  }

  private static void assertAtMost(int most, List<String> names) {
    assertTrue(names.size() <= most, () -> names.size() + " and not " + most + ": " + names);
  }

  private static void assumeCounted() {
    Assumptions.assumeTrue(
        Runtime.version().feature() == COUNTED_ON_JDK,
        "skipped: the limits are for JDK " + COUNTED_ON_JDK);
  }

  @Test
  void aLineAndAnEndLoadLittleMore() throws IOException {
    assumeCounted();
    List<String> loaded = loaded(Container.launcher(), "jvm.options", "-jar");
    assertAtMost(MAX_CLASSES_OF_OURS_IN_A_LIFE, ofOurs(loaded));
    assertAtMost(MAX_CLASSES_IN_A_LIFE, loaded);
    assertAtMost(MAX_MADE_AT_RUN_TIME, madeAtRunTime(loaded));
  }

  @Test
  void withACacheHardlyAnyClassIsMadeAtRunTime() throws IOException {
    assumeCounted();
    Path copy = directory.resolve("gatun");
    Container.run("cp", "-rp", System.getProperty("gatun.dist"), copy.toString());
    Path launcher = copy.resolve("gatun");
    try (Container c =
        new Container.Builder(directory.resolve("optimize"))
            .command(launcher.toString(), "optimize")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
    List<String> loaded = loaded(launcher, "gatun.options", Launched.class.getName());
    assertAtMost(MAX_MADE_AT_RUN_TIME_WITH_A_CACHE, madeAtRunTime(loaded));
  }

  @Test
  void littleIsLoadedBeforeTheFirstSpawn() throws IOException {
    List<String> loaded = loaded(Container.launcher(), "jvm.options", "-jar");
    assertTrue(loaded.contains(SPAWN), loaded::toString);
    List<String> before = loaded.subList(0, loaded.indexOf(SPAWN));
    assertAtMost(MAX_CLASSES_OF_OURS, ofOurs(before));
    assertAtMost(MAX_CLASSES, before);
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
}
