package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private Path optimized(String name) {
    Path launcher = copy(name);
    try (Container c = run(launcher.toString(), "optimize")) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("gatun.aot") || c.stdout().contains("gatun.jsa"), c::both);
    }
    return launcher;
  }

  private static Path cacheOf(Path launcher) {
    Path aot = launcher.resolveSibling("gatun.aot");
    return Files.exists(aot) ? aot : launcher.resolveSibling("gatun.jsa");
  }

  private Container runsOneService(Path launcher) {
    return container().service("a", "echo '{}'; exit 0").command(launcher.toString()).start();
  }

  @Test
  void anOptimizedLauncherNamesItsOptionsAndWorks() throws Exception {
    Path launcher = optimized("optimized");
    try (Container again = run(launcher.toString(), "optimize")) {
      assertEquals(0, again.exitCode(), again::both);
    }
    String line;
    try (var lines = Files.lines(launcher, StandardCharsets.ISO_8859_1)) {
      line = lines.findFirst().orElseThrow();
    }
    Path options = launcher.resolveSibling("gatun.options");
    assertTrue(line.endsWith("java @" + options + " dev.gatun.cli.Launched"), line);
    assertTrue(line.length() <= 255, line);
    assertTrue(Files.readString(options).startsWith("# Made by gatun optimize with JDK "));
    try (Container c = runsOneService(launcher)) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
      assertEquals(1, c.stderr().lines().count(), c::both);
    }
  }

  @Test
  void aRuntimeBesideTheLauncherIsItsJvmAfterOptimize() throws Exception {
    // The launcher's line names the directory twice, so that its path has to be short.
    Path directory = Path.of("/tmp/gatun" + ProcessHandle.current().pid());
    Container.run("cp", "-rp", System.getProperty("gatun.dist"), directory.toString());
    try {
      optimizeForTheRuntimeBeside(directory.resolve("gatun"));
    } finally {
      Container.run("rm", "-r", directory.toString());
    }
  }

  private void optimizeForTheRuntimeBeside(Path launcher) throws Exception {
    Path java = launcher.resolveSibling("jre").resolve("bin/java");
    Files.createSymbolicLink(
        launcher.resolveSibling("jre"), Path.of(System.getProperty("java.home")));
    try (Container c = run(java.toString(), "-jar", launcher.toString(), "optimize")) {
      assertEquals(0, c.exitCode(), c::both);
    }
    try (var lines = Files.lines(launcher, StandardCharsets.ISO_8859_1)) {
      String line = lines.findFirst().orElseThrow();
      assertTrue(line.contains(" " + java + " @"), line);
    }
    try (Container c = runsOneService(launcher)) {
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @ParameterizedTest(name = "a cache that is {0} keeps no container from starting")
  @ValueSource(strings = {"missing", "empty", "truncated", "garbage", "unreadable", "stale"})
  void aCacheThatCannotBeUsedIsNotUsed(String fault) throws Exception {
    Path launcher = optimized(fault);
    Path cache = cacheOf(launcher);
    byte[] bytes = Files.readAllBytes(cache);
    switch (fault) {
      case "missing" -> Files.delete(cache);
      case "empty" -> Files.write(cache, new byte[0]);
      case "truncated" -> Files.write(cache, Arrays.copyOf(bytes, bytes.length / 2));
      case "garbage" -> Files.write(cache, new byte[bytes.length]);
      case "unreadable" -> {
        Files.delete(cache);
        Files.createDirectory(cache);
      }
      case "stale" -> Files.setLastModifiedTime(launcher, FileTime.fromMillis(0));
      default -> throw new AssertionError(fault);
    }
    try (Container c = runsOneService(launcher)) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
      assertTrue(c.stderr().contains("exit 0: service a exited with 0"), c::both);
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

  private Path writeProgram(String name, String text) throws IOException {
    Path program = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  @Test
  void aJvmCanBeNamed() throws IOException {
    Path java = writeProgram("my-java", "#!/bin/sh\necho chosen >&2\nexec java \"$@\"\n");
    for (Path launcher : List.of(Container.launcher(), optimized("named"))) {
      try (Container c =
          container()
              .service("a", "echo '{}'; exit 0")
              .env("GATUN_JAVA", java.toString())
              .command(launcher.toString())
              .start()) {
        assertEquals(0, c.exitCode(), c::both);
        assertTrue(c.stdout().contains("\"service\":\"a\""), c::both);
        assertEquals(1, c.stderr().lines().filter("chosen"::equals).count(), c::both);
      }
    }
  }

  @Test
  void aJvmThatIsNamedGetsTheOptionsThatLieBesideTheLauncherThroughALinkToo() throws IOException {
    Path java = writeProgram("my-java", "#!/bin/sh\necho \"$@\" >&2\nexec java \"$@\"\n");
    Path link = Files.createSymbolicLink(directory.resolve("tini"), Container.launcher());
    try (Container c =
        container().env("GATUN_JAVA", java.toString()).command(link.toString(), "true").start()) {
      assertEquals(0, c.exitCode(), c::both);
      Path options = Container.launcher().resolveSibling("jvm.options");
      assertTrue(c.stderr().contains(" @" + options + " "), c::both);
    }
  }

  @Test
  void optimizingThroughALinkLeavesTheLink() throws IOException {
    Path launcher = copy("linked");
    Path link = Files.createSymbolicLink(directory.resolve("gatun"), launcher);
    try (Container c = run(link.toString(), "optimize")) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(Files.isSymbolicLink(link), c::both);
      assertTrue(Files.exists(launcher.resolveSibling("gatun.options")), c::both);
    }
  }

  @Test
  void theCacheIsMadeForTheJvmThatIsNamed() throws IOException {
    Path java = writeProgram("my-java", "#!/bin/sh\necho chosen >&2\nexec java \"$@\"\n");
    Path launcher = copy("for-another");
    Container.Builder optimize = container().withoutNamespace().env("GATUN_JAVA", java.toString());
    try (Container c = optimize.command(launcher.toString(), "optimize").start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().startsWith("chosen\n"), c::both);
    }
  }

  @Test
  void theCacheIsMadeInAnImageOfAnotherLayoutToo() {
    Path launcher = copy("for-runit");
    Container.Builder optimize =
        container().withoutNamespace().env("GATUN_LAYOUT", "runit").env("RUNIT_DIR", "/nowhere");
    try (Container c = optimize.command(launcher.toString(), "optimize").start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(Files.exists(cacheOf(launcher)), c::both);
    }
  }

  @Test
  void aJvmThatIsNotThereIsNamedInTheError() {
    try (Container c =
        container().service("a", "exit 0").env("GATUN_JAVA", "/nowhere/java").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot use GATUN_JAVA=/nowhere/java: "), c::both);
    }
  }

  @Test
  void anOlderJavaHomeIsTheServicesMatter() throws IOException {
    Path home = Files.createDirectories(directory.resolve("jdk-17/bin")).getParent();
    writeProgram("jdk-17/bin/java", "#!/bin/sh\nexit 99\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    try (Container c =
        container()
            .service("a", "echo \"{\\\"home\\\":\\\"$JAVA_HOME\\\"}\"; exit 0")
            .env("JAVA_HOME", home.toString())
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("\"home\":\"" + home + "\""), c::both);
    }
  }

  @Test
  void aNewerJavaHomeIsUsed() throws IOException {
    Path home = Files.createDirectories(directory.resolve("jdk-99/bin")).getParent();
    writeProgram("jdk-99/bin/java", "#!/bin/sh\necho home >&2\nexec java \"$@\"\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"99.0.1\"\n");
    try (Container c =
        container().service("a", "exit 0").env("JAVA_HOME", home.toString()).start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().startsWith("home\n"), c::both);
    }
  }

  @Test
  void optionsCanBeAdded() {
    String options = "-Xmx24m  '-Da=b c' -showversion";
    try (Container c = container().service("a", "exit 0").env("GATUN_JAVA_OPTS", options).start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("Runtime Environment"), c::both);
      assertTrue(c.stderr().contains("exit 0: service a exited with 0"), c::both);
    }
    try (Container c =
        container().service("a", "exit 0").env("GATUN_JAVA_OPTS", "'-Da=b").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot use GATUN_JAVA_OPTS='-Da=b: "), c::both);
    }
  }

  @Test
  void aJvmThatIsTooOldSaysSo() throws IOException {
    Path old = anOldJava();
    assumeTrue(old != null, "skipped: no JDK older than 22 under /usr/lib/jvm");
    try (Container c =
        container()
            .service("a", "exit 0")
            .env("PATH", old.getParent() + ":" + System.getenv("PATH"))
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().startsWith("gatun: error: Java "), c::both);
      assertTrue(c.stderr().contains(" is too old: Gatun needs Java 22 or newer"), c::both);
      assertEquals(1, c.stderr().lines().count(), c::both);
    }
  }

  /** A JDK that is too old, or null. */
  static Path anOldJava() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return null;
    }
    try (var homes = Files.newDirectoryStream(all)) {
      for (Path home : homes) {
        Path release = home.resolve("release");
        Path java = home.resolve("bin/java");
        if (Files.isReadable(release)
            && Files.isExecutable(java)
            && Files.readString(release).matches("(?s).*JAVA_VERSION=\"(1\\.8|11|17|21)\\b.*")) {
          return java;
        }
      }
    }
    return null;
  }
}
