package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From exec to the first class of Gatun: which JVM, in which circumstances, and what it says. */
class WayInIT {
  @TempDir Path directory;

  /** Launchers name the directory that they are in, and their line is short. */
  private Path home;

  private Path launcher;

  @BeforeEach
  void copy() throws IOException {
    home = Files.createDirectory(Path.of("/tmp/g" + ProcessHandle.current().pid()));
    Container.run("cp", "-rp", System.getProperty("gatun.dist") + "/.", home.toString());
    launcher = home.resolve("gatun");
  }

  @AfterEach
  void remove() {
    Container.run("rm", "-r", home.toString());
  }

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private Container run(String... words) {
    return container().withoutNamespace().command(words).start();
  }

  private static void assertEnds(int code, Container container) {
    assertEquals(code, container.exitCode(), container::both);
  }

  private void optimize(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of(launcher.toString(), "optimize"));
    try (Container c = run(command.toArray(String[]::new))) {
      assertEnds(0, c);
    }
  }

  private Container shell(String script) {
    return container()
        .command("bash", "-c", script.replace("LAUNCHER", launcher.toString()))
        .start();
  }

  private static String newJava() {
    return Container.javaHome() + "/bin/java";
  }

  @ParameterizedTest
  @ValueSource(strings = {"GATUN_JAVA", "JAVA_HOME"})
  void optimizeNamesTheJvmThatIsAskedForThoughAnOlderOneIsFirstOnThePath(String variable)
      throws IOException {
    Path old = LauncherIT.anOldJava();
    assumeTrue(old != null, "skipped: no JDK older than 22 under /usr/lib/jvm");
    String path = "PATH=" + old.getParent() + ":/usr/bin:/bin";
    String value = variable.equals("JAVA_HOME") ? Container.javaHome() : newJava();
    try (Container c = run("env", path, variable + "=" + value, launcher.toString(), "true")) {
      assertEnds(1, c);
      String advice = "GATUN_JAVA=" + newJava() + " gatun optimize";
      assertTrue(c.stderr().contains(advice), c::both);
    }
    optimize("env", path, variable + "=" + value);
    try (Container c = run("env", path, launcher.toString(), "echo", "started")) {
      assertEnds(0, c);
      assertEquals("started\n", c.stdout());
    }
  }

  @Test
  void aJvmThatIsNamedAndTooOldItselfIsRefusedOnce() throws IOException {
    Path old = LauncherIT.anOldJava();
    assumeTrue(old != null, "skipped: no JDK older than 22 under /usr/lib/jvm");
    String path = "PATH=" + old.getParent() + ":/usr/bin:/bin";
    try (Container c = run("env", path, "GATUN_JAVA=" + old, launcher.toString(), "optimize")) {
      assertEnds(1, c);
      assertEquals(1, c.stderr().lines().count(), c::both);
      assertTrue(c.stderr().contains(" is too old"), c::both);
    }
  }

  @Test
  void withNoJvmOnThePathAnOptimizedLauncherStarts() {
    optimize(newJava(), "-jar");
    try (Container c = run("env", "PATH=/nowhere", launcher.toString(), "/bin/echo", "started")) {
      assertEnds(0, c);
      assertEquals("started\n", c.stdout());
    }
  }

  @Test
  void aJvmWhosePathTheLineCannotHoldIsTheFirstOnThePathAndOptimizeSaysSo() {
    Path deep = Path.of(home + "d".repeat(30));
    Container.run("cp", "-rp", home.toString(), deep.toString());
    try (Container c = run(deep.resolve("gatun").toString(), "optimize");
        Container started = optimizedIn(deep, c)) {
      assertEquals("started\n", started.stdout());
    } finally {
      Container.run("rm", "-r", deep.toString());
    }
  }

  private Container optimizedIn(Path other, Container optimize) {
    assertEnds(0, optimize);
    String advice = "no room for " + newJava() + ", so let that be first on the PATH";
    assertTrue(optimize.stdout().contains(advice), optimize::both);
    Container started = run(other.resolve("gatun").toString(), "echo", "started");
    assertEnds(0, started);
    return started;
  }

  @Test
  void theHelpOfCommandsIsNoError() {
    for (String command : List.of("check", "optimize")) {
      for (String option : List.of("--help", "-h")) {
        try (Container c = run(launcher.toString(), command, option)) {
          assertEnds(0, c);
          assertTrue(c.stdout().startsWith("usage: gatun " + command), c::both);
          assertEquals("", c.stderr());
        }
      }
    }
  }

  /** Names, sizes and times. */
  private static Map<String, String> listed(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void anOptimizeThatIsRefusedSaysWhyAndLeavesEverythingAsItWas() throws IOException {
    Files.delete(home.resolve("jvm.options"));
    Map<String, String> before = listed(home);
    try (Container c = run(launcher.toString(), "optimize")) {
      assertEnds(1, c);
      assertTrue(c.stderr().contains("cannot read " + home + "/jvm.options: copy the"), c::both);
    }
    assertEquals(before, listed(home));
    Files.writeString(home.resolve("jvm.options"), "-XX:NoSuchOption\n");
    before = listed(home);
    try (Container c = run(launcher.toString(), "optimize")) {
      assertEnds(1, c);
      assertTrue(c.stderr().contains("Unrecognized VM option 'NoSuchOption'"), c::both);
    }
    assertEquals(before, listed(home));
  }

  @Test
  void aSecondOptimizeThatIsRefusedLeavesWhatTheFirstHasMade() throws IOException {
    optimize();
    String shipped = Files.readString(home.resolve("jvm.options"));
    Files.writeString(home.resolve("jvm.options"), shipped + "-Xshare:off\n");
    Map<String, String> before = listed(home);
    try (Container c = run(launcher.toString(), "optimize")) {
      assertEnds(1, c);
      assertTrue(c.stderr().contains("cannot optimize: cannot make "), c::both);
    }
    assertEquals(before, listed(home));
    try (Container c = run(launcher.toString(), "echo", "started")) {
      assertEnds(0, c);
      assertEquals("", c.stderr());
    }
  }

  @Test
  void optimizeOnAFullDiskSaysSoAndLeavesNothing() throws IOException {
    // There is room for the launcher, what it was before, and what it becomes; not for a cache.
    long launcher = Files.size(home.resolve("gatun"));
    optimizeRefuses(String.valueOf(3 * launcher + 2_000_000));
    // There is no room for a second launcher.
    optimizeRefuses(String.valueOf(launcher + 2_000_000));
  }

  private void optimizeRefuses(String size) {
    Container.assumeNamespaces();
    String script =
        "set -e; mount -t tmpfs -o size=$SIZE none DIR/jre; cp -rp DIR/[!j]* DIR/jvm* DIR/jre;"
            + " ls DIR/jre > DIR/before; ! DIR/jre/gatun optimize; ls DIR/jre > DIR/after;"
            + " cmp DIR/before DIR/after; mount -o remount,ro DIR/jre; ! DIR/jre/gatun optimize";
    try (Container c =
        container()
            .command(
                "unshare",
                "-m",
                "bash",
                "-c",
                ("mkdir -p DIR/jre; " + script).replace("DIR", "" + home).replace("$SIZE", size))
            .start()) {
      assertEnds(0, c);
      assertTrue(c.stderr().contains(" MB are free in " + home + "/jre)"), c::both);
      assertTrue(c.stderr().contains(": Read-only file system"), c::both);
    }
  }

  @Test
  void aCacheThatIsDamagedInTheMiddleIsNotUsedWhereTheJvmIsToldToLookAtAllOfIt()
      throws IOException {
    String shipped = Files.readString(home.resolve("jvm.options"));
    Files.writeString(home.resolve("jvm.options"), shipped + "-XX:+VerifySharedSpaces\n");
    optimize();
    Path aot = home.resolve("gatun.aot");
    Path cache = Files.exists(aot) ? aot : home.resolve("gatun.jsa");
    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      byte[] damage = new byte[4096];
      Arrays.fill(damage, (byte) 0x5a);
      file.seek(file.length() / 2);
      file.write(damage);
    }
    try (Container c = run(launcher.toString(), "echo", "started")) {
      assertEnds(0, c);
      assertEquals("started\n", c.stdout());
      assertTrue(c.stderr().contains("hecksum verification failed"), c::both);
    }
  }

  @Test
  void whatTheJvmHasToSayWhenItCannotStartGoesToStandardError() {
    optimize();
    try (Container c = shell("mkdir x; cd x; rmdir ../x; exec LAUNCHER true")) {
      assertEnds(1, c);
      assertEquals("", c.stdout());
      assertTrue(c.stderr().contains("Could not determine current working directory"), c::both);
    }
    try (Container c = shell("export GATUN_JAVA_OPTS='-Xmx1k'; exec LAUNCHER true")) {
      assertEnds(1, c);
      assertEquals("", c.stdout());
      assertTrue(c.stderr().contains("larger value than the maximum heap size"), c::both);
    }
  }

  @Test
  void aGibibyteOfAddressSpaceIsEnough() {
    optimize();
    try (Container c = shell("ulimit -v 1048576; exec LAUNCHER echo started")) {
      assertEnds(0, c);
      assertEquals("started\n", c.stdout());
    }
  }

  /**
   * HotSpot handles these itself, and takes one that somebody has sent for a fault of its own;
   * where Java code runs just then, for an exception of that code, which ends the container in
   * order.
   */
  @ParameterizedTest
  @ValueSource(strings = {"SEGV", "BUS", "ILL", "FPE"})
  void aFaultThatIsSentEndsPidOneAndItIsSaidWhereFromButNoFileIsLeft(String signal)
      throws IOException {
    optimize();
    Map<String, String> reports = reports();
    Path here = Files.createDirectory(directory.resolve("here"));
    String script = "cd " + here + "; exec LAUNCHER sh -c 'kill -" + signal + " 1; sleep 1000'";
    try (Container c = shell(script)) {
      assertTrue(c.exitCode() != 0, c::both);
      boolean asException = c.stderr().contains("exit 1: internal error: java.lang.");
      boolean asFault = c.stderr().contains("SIG" + signal) && c.stderr().contains("sent by kill");
      assertTrue(asException || asFault, c::both);
    }
    assertEquals(Map.of(), listed(here));
    assertEquals(reports, reports());
  }

  /** The reports of crashes, which HotSpot also puts there. */
  private static Map<String, String> reports() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var all = Files.newDirectoryStream(Path.of("/tmp"), "hs_err*")) {
      for (Path file : all) {
        files.put(file.toString(), Files.getLastModifiedTime(file).toString());
      }
    }
    return files;
  }
}
