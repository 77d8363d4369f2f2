package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.ffm.Libc;
import dev.gatun.reaper.KnownCodes;
import dev.gatun.reaper.OrphanReaper;
import dev.gatun.reaper.ReaperPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's reaper in Java programs that are PID 1 of a pid namespace, without Gatun. */
class ReaperIT {
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  @TempDir Path directory;

  private String orphans;

  @BeforeEach
  void compile() {
    orphans = CProgram.compile("orphans", directory).toString();
  }

  private static String classPath() {
    TreeSet<String> places = new TreeSet<>();
    for (Class<?> type : List.of(OrphanReaper.class, Libc.class, ReaperPrograms.class)) {
      places.add(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
    return String.join(":", places);
  }

  /** The words of a command that runs a program of the tests. */
  private List<String> java(Path home, List<String> options, Class<?> program, String... words) {
    List<String> command =
        new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-XX:-UsePerfData"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), program.getName()));
    command.addAll(List.of(words));
    return command;
  }

  private List<String> java(List<String> options, Class<?> program, String... words) {
    return java(Path.of(Container.javaHome()), options, program, words);
  }

  private Container start(List<String> before, List<String> command) {
    List<String> words = new ArrayList<>(before);
    words.addAll(command);
    return new Container.Builder(directory).command(words.toArray(String[]::new)).start();
  }

  private Container start(String program, String... more) {
    List<String> words = new ArrayList<>(List.of(program, orphans));
    words.addAll(List.of(more));
    return start(
        List.of(),
        java(List.of(NATIVE_ACCESS), ReaperPrograms.class, words.toArray(String[]::new)));
  }

  private void assertAllRight(int count, List<String> before, List<String> command) {
    try (Container c = start(before, command)) {
      assertEquals(0, c.exitCode(), c::both);
      String expected = "wrong: 0, reaped: " + count + ", left: 0\n";
      assertEquals(expected, c.stdout(), c::both);
    }
  }

  private static void assertDone(Container c) {
    assertEquals(0, c.exitCode(), c::both);
    assertTrue(c.stdout().endsWith("done\n"), c::both);
  }

  @Test
  void noneOfTenThousandExitCodesIsWrong() {
    assertAllRight(
        10_000, List.of(), java(List.of(NATIVE_ACCESS), KnownCodes.class, "10000", orphans));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-Djdk.lang.Process.launchMechanism=FORK",
        "-Djdk.lang.Process.launchMechanism=VFORK",
        "-Djdk.lang.Process.launchMechanism=POSIX_SPAWN"
      })
  void whateverTheJvmDoes(String option) {
    assertAllRight(
        300, List.of(), java(List.of(NATIVE_ACCESS, option), KnownCodes.class, "300", orphans));
  }

  /** All JDKs of the machine that are new enough; there may be no other than the tests' own. */
  static List<Path> jdks() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(Container.javaHome())));
    for (Path root : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/java"))) {
      if (Files.isDirectory(root)) {
        try (var all = Files.list(root)) {
          all.filter(home -> release(home) >= 22).forEach(homes::add);
        }
      }
    }
    return homes.stream().map(ReaperIT::real).distinct().toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int release(Path home) {
    try (var lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.matches("JAVA_VERSION=\"\\d+.*"))
          .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void onEachJdk(Path home) {
    assertAllRight(
        300, List.of(), java(home, List.of(NATIVE_ACCESS), KnownCodes.class, "300", orphans));
  }

  @Test
  void belowTini() {
    Path tini = Path.of("/usr/bin/tini");
    assumeTrue(Files.isExecutable(tini), "skipped: needs tini");
    assertAllRight(
        300,
        List.of(tini.toString(), "--"),
        java(List.of(NATIVE_ACCESS), KnownCodes.class, "300", orphans, "subreaper"));
  }

  @Test
  void withAProcThatCannotBeWritten() {
    assertAllRight(
        100,
        List.of("sh", "-c", "mount -o remount,bind,ro /proc && exec \"$@\"", "sh"),
        java(List.of(NATIVE_ACCESS), KnownCodes.class, "100", orphans));
  }

  @Test
  void withAProcThatHidesOthersProcesses() throws IOException {
    Container.assumeOthersMayRead();
    Files.setPosixFilePermissions(
        directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    String script =
        "mount -o remount,hidepid=2 /proc && exec setpriv --reuid 1001 --clear-groups \"$@\"";
    assertAllRight(
        100,
        List.of("sh", "-c", script, "sh"),
        java(List.of(NATIVE_ACCESS), KnownCodes.class, "100", orphans));
  }

  /** The JVM finds its libraries without /proc if it is told where they are. */
  @ParameterizedTest
  @ValueSource(strings = {"mount -t tmpfs none /proc", "umount -l /proc"})
  void withoutItsOwnProcItIsRefused(String script) {
    String library = Container.javaHome() + "/lib";
    String path = "export LD_LIBRARY_PATH=" + library + ":" + library + "/server";
    List<String> before = List.of("sh", "-c", script + " && " + path + " && exec \"$@\"", "sh");
    List<String> program = java(List.of(NATIVE_ACCESS), ReaperPrograms.class, "refused", orphans);
    try (Container c = start(before, program)) {
      assertDone(c);
      assertTrue(c.stdout().contains("cannot reap orphans: /proc does not show"), c::both);
      assertTrue(c.stdout().contains("mount -t proc proc /proc"), c::both);
    }
  }

  @Test
  void withoutNativeAccessTheJvmsOwnExceptionTells() {
    List<String> options = List.of("--enable-native-access=java.sql");
    if (Runtime.version().feature() >= 24) {
      options = List.of("--illegal-native-access=deny");
    }
    try (Container c = start(List.of(), java(options, ReaperPrograms.class, "refused", orphans))) {
      assertDone(c);
      long times =
          c.stdout().lines().filter(l -> l.startsWith("java.lang.IllegalCallerException")).count();
      assertEquals(2, times, c::both);
    }
  }

  @Test
  void onesWhoAreToldHearOfEachOrphan() {
    try (Container c = start("told")) {
      assertDone(c);
      assertTrue(c.stderr().contains("for the log"), c::both);
      assertTrue(c.stderr().contains("nobody could be told"), c::both);
    }
  }

  @Test
  void whatIsClaimedIsLeft() {
    try (Container c = start("claimed")) {
      assertDone(c);
    }
  }

  @Test
  void tenThousandOrphansAtOnce() {
    try (Container c = start("many")) {
      assertDone(c);
    }
  }

  @Test
  void aStoppedJvmTakesNoStatusFromItself() throws IOException {
    Path file = Files.createFile(directory.resolve("wait"));
    try (Container c = start("stopped", file.toString())) {
      c.awaitText("started");
      c.signal("STOP");
      Files.delete(file);
      Container.await("two zombies", () -> Container.zombies(c.pid()) == 2);
      Container.run("sleep", "5");
      c.signal("CONT");
      assertDone(c);
    }
  }

  @Test
  void noSignalIsTouchedAndNothingElseOfGatunIsLoaded() {
    List<String> options = List.of(NATIVE_ACCESS, "-Xlog:class+load");
    try (Container c =
        start(List.of(), java(options, ReaperPrograms.class, "untouched", orphans))) {
      assertDone(c);
      List<String> foreign =
          c.stdout()
              .lines()
              .filter(line -> line.matches(".* (dev\\.gatun|tools|com\\.google)\\..*"))
              .filter(line -> !line.matches(".* dev\\.gatun\\.(reaper|ffm)\\..*"))
              .toList();
      assertEquals(List.of(), foreign);
    }
  }
}
