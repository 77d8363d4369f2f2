package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that one puts into an image. */
class LauncherIT {
  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private Container run(String... command) {
    return container().withoutNamespace().command(command).start();
  }

  /** A copy of the directory, as COPY in a Dockerfile makes it. */
  private Path copy(String name) {
    Path target = directory.resolve(name);
    Container.run("cp", "-rp", System.getProperty("gatun.dist"), target.toString());
    return target.resolve("gatun");
  }

  @Test
  void helpAndVersionAreShort() {
    try (Container help = run(Container.launcher().toString(), "--help")) {
      assertEquals(0, help.exitCode(), help::both);
      assertTrue(help.stdout().contains("DINIT_REPARENTING_POLICY"), help::both);
      assertTrue(help.stdout().lines().allMatch(l -> l.length() <= 100), help::both);
    }
    try (Container version = run(Container.launcher().toString(), "--version")) {
      assertEquals(0, version.exitCode(), version::both);
      assertTrue(version.stdout().matches("gatun \\d+\\.\\d+\\.\\d+\\S*\n"), version::both);
    }
  }

  @Test
  void anUnknownArgumentIsRefused() {
    try (Container c = run(Container.launcher().toString(), "--frobnicate")) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot use the argument --frobnicate"), c::both);
    }
  }

  @Test
  void aCopyElsewhereWorks() {
    Path launcher = copy("elsewhere");
    try (Container c =
        container().service("a", "echo '{}'; exit 0").command(launcher.toString()).start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
      assertEquals(1, c.stderr().lines().count(), c::both);
    }
  }

  @Test
  void plainJavaJarWorksAndHearsSignals() {
    String[] command = {"java", "-jar", Container.launcher().toString()};
    String run = "trap 'exit 0' TERM USR2; echo '{}'; while :; do sleep 0.05; done";
    try (Container c = container().service("a", run).command(command).start()) {
      c.awaitText("stage");
      c.signal("HUP");
      c.signal("USR2");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals("", c.stderr());
    }
  }

  @Test
  void anOptimizedLauncherNamesItsOptionsAndWorks() throws Exception {
    Path launcher = copy("optimized");
    for (int i = 0; i < 2; i++) {
      try (Container c = run(launcher.toString(), "optimize")) {
        assertEquals(0, c.exitCode(), c::both);
      }
    }
    String line;
    try (var lines = Files.lines(launcher, StandardCharsets.ISO_8859_1)) {
      line = lines.findFirst().orElseThrow();
    }
    assertTrue(line.endsWith(" java @" + launcher.resolveSibling("jvm.options") + " -jar"), line);
    assertTrue(line.length() <= 255, line);
    try (Container c =
        container().service("a", "echo '{}'; exit 0").command(launcher.toString()).start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(1, c.stderr().lines().count(), c::both);
    }
  }

  @Test
  void aDirectoryThatCannotBeNamedIsRefused() {
    Path launcher = copy("with blank");
    try (Container c = run(launcher.toString(), "optimize")) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("without blanks"), c::both);
    }
  }
}
