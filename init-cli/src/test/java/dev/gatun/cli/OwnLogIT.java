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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Gatun itself has to say, and what saying it loads. */
class OwnLogIT {
  private static final String FORM =
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z gatun: (debug|info|warning|error): .+";
  private static final String WAITS = "trap 'exit 0' TERM; echo '{}'; while :; do sleep 0.05; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  /** The classes that were loaded, in order. */
  private List<String> loaded(Container.Builder builder, boolean stop) throws IOException {
    Path log = directory.resolve("classes");
    builder.command(
        onlyDinit(
            "env",
            "--block-signal",
            "java",
            "-Xrs",
            "-Xlog:class+load:file=" + log + ":none",
            "-jar",
            Container.launcher().toString()));
    try (Container c = builder.start()) {
      if (stop) {
        c.awaitText("stage");
        c.signal("TERM");
      }
      c.exitCode();
    }
    return Files.readAllLines(log);
  }

  /** Under info Gatun says why it takes a layout where this machine has files of another one. */
  private static String[] onlyDinit(String... command) {
    String hide =
        "for d in /etc/runit /etc/init; do [ ! -d $d ] || mount -t tmpfs none $d || exit; done;";
    List<String> words = new ArrayList<>(List.of("sh", "-c", hide + " exec \"$@\"", "sh"));
    words.addAll(List.of(command));
    return words.toArray(new String[0]);
  }

  private static int first(List<String> loaded, String prefix) {
    for (int i = 0; i < loaded.size(); i++) {
      if (loaded.get(i).startsWith(prefix)) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void theLoggingLibraryIsLoadedAfterTheFirstSpawn() throws IOException {
    List<String> loaded =
        loaded(container().service("a", "exit 0").env("DINIT_LOG_LEVEL", "debug"), false);
    int spawned = first(loaded, "dev.gatun.machine.Event$ProcessSpawned ");
    int library = first(loaded, "org.tinylog.");
    assertTrue(spawned > 0, "a service was started");
    assertTrue(library > spawned, spawned + " before " + library);
  }

  @ParameterizedTest(name = "under {0}, a service that does `{1}` loads nothing")
  @CsvSource({"none,exit 7", "error,exit 7", "warn,", "warn,exit 7", "info,exit 7", "info,"})
  void theLoggingLibraryIsNotLoadedForTheEndNorForWhatIsNotSaid(String level, String run)
      throws IOException {
    Container.Builder builder =
        container().service("a", run == null ? WAITS : run).env("DINIT_LOG_LEVEL", level);
    assertEquals(-1, first(loaded(builder, run == null), "org.tinylog."));
  }

  @ParameterizedTest(name = "under {0} {1} messages are said")
  @CsvSource({"none,0", "error,0", "warn,1", "info,2", "debug,3"})
  void theLevelDecidesWhatIsSaid(String level, int messages) {
    try (Container c =
        container()
            .service("a", "exit 7")
            .env("DINIT_LOG_LEVEL", level)
            .command(onlyDinit(Container.launcher().toString()))
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertEquals(messages, c.stderr().lines().count(), c::both);
      assertTrue(c.stderr().lines().allMatch(l -> l.matches(FORM)), c::both);
    }
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({"DINIT_DIR,/no/such", "DINIT_KILL_TIMEOUT,soon"})
  void underNoneEvenABadValueIsNotSaid(String name, String value) {
    try (Container c =
        container()
            .service("a", "echo started >&2")
            .env("DINIT_LOG_LEVEL", "none")
            .env(name, value)
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertEquals("", c.stderr());
    }
  }

  @Test
  void bracesAndPercentSignsInAMessageAreOnlyText() {
    try (Container c = container().service("{} %s {0}", "exit 7").start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("exit 3: service {} %s {0} exited with 7"), c::both);
    }
  }

  @Test
  void withoutTheLibraryMessagesAreSaidAllTheSame() {
    Path copy = directory.resolve("bare");
    Container.run("cp", "-rp", System.getProperty("gatun.dist"), copy.toString());
    Container.run("rm", "-r", copy.resolve("lib").toString());
    try (Container c =
        container()
            .service("a", "exit 7")
            .env("DINIT_LOG_LEVEL", "debug")
            .command(copy.resolve("gatun").toString())
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("debug: a/run has started"), c::both);
      assertTrue(c.stderr().contains("cannot use the logging library tinylog"), c::both);
      assertTrue(c.stderr().contains("warning: exit 3: service a exited with 7"), c::both);
    }
  }

  @Test
  void theLibraryDoesNotLeaveZombies() {
    String orphans = "for i in {1..200}; do ( ( sleep 0.0$((RANDOM % 100)) ) & ) ; done; ";
    try (Container c =
        container().service("a", orphans + WAITS).env("DINIT_LOG_LEVEL", "debug").start()) {
      c.awaitText("stage");
      long pid = c.pid();
      Container.await(
          "the zombies' end",
          () ->
              Container.children(pid).stream()
                  .noneMatch(
                      p -> Container.run("cat", "/proc/" + p + "/status").contains("State:\tZ")));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }
}
