import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the benchmarks have in common: the programs, Gatun as it is shipped and optimized, figures.
 */
final class Lab {
  /**
   * What runs the services of DINIT_DIR, by name: Gatun as it lies in the build and as {@code gatun
   * optimize} leaves it in an image, and dinit where there is one.
   */
  final Map<String, Path> launchers = new LinkedHashMap<>();

  /** The logging program of dinit's images, or null. */
  final String regex2json;

  final Path build;
  final Path page;
  private final Path root;

  Lab(Path root, Path build) throws Exception {
    this.root = root;
    this.build = build;
    this.page = root.resolve("docs/benchmarks.md");
    Path shipped = root.resolve("init-cli/target/gatun");
    launchers.put("Gatun", shipped.resolve("gatun"));
    launchers.put("Gatun, optimized", optimized(shipped));
    String dinit = given("DINIT");
    if (dinit != null) {
      launchers.put("dinit", Path.of(dinit));
    }
    regex2json = given("REGEX2JSON");
  }

  /** A program that only the environment can name, as no distribution has it. */
  private static String given(String variable) {
    String program = System.getenv(variable);
    if (program == null || program.isEmpty()) {
      return null;
    }
    if (!Files.isExecutable(Path.of(program))) {
      throw new IllegalArgumentException(
          "cannot run " + program + ": " + variable + " has to name a program that was built");
    }
    return Path.of(program).toAbsolutePath().toString();
  }

  private Path optimized(Path shipped) throws Exception {
    Path copy = build.resolve("optimized");
    call("rm", "-rf", copy.toString());
    call("cp", "-r", shipped.toString(), copy.toString());
    call(copy.resolve("gatun").toString(), "optimize");
    return copy.resolve("gatun");
  }

  static void call(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException("cannot " + String.join(" ", command) + ": " + said);
    }
  }

  static boolean isInstalled(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program + " >/dev/null").start().waitFor()
        == 0;
  }

  String tool(String name) {
    return build.resolve(name).toString();
  }

  Path svg() {
    return root.resolve("docs/benchmarks.svg");
  }

  /** An empty directory with the FIFO that lets generators go. */
  static Path directory() throws Exception {
    Path directory = Files.createTempDirectory("gatun-bench");
    call("mkfifo", directory.resolve("go").toString());
    return directory;
  }

  static void delete(Path directory) throws Exception {
    call("rm", "-rf", directory.toString());
  }

  static void service(Path directory, String name, String command) throws IOException {
    Path run = Files.createDirectories(directory.resolve("services").resolve(name)).resolve("run");
    Files.writeString(run, "#!/bin/sh\nexec " + command + "\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Gatun on the services in a directory; its messages go to a file there. */
  static ProcessBuilder gatun(Path launcher, Path directory, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.environment().putAll(environment);
    builder.environment().put("DINIT_DIR", directory.resolve("services").toString());
    builder.redirectError(directory.resolve("stderr").toFile());
    return builder;
  }

  static void awaitReady(Path directory, int generators) throws Exception {
    for (int i = 0; i < 3000; i++) {
      String[] names = directory.toFile().list((d, name) -> name.startsWith("ready."));
      if (names != null && names.length == generators) {
        Thread.sleep(200);
        return;
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("the generators do not start");
  }

  /** Lets the generators go, which wait for a writer. */
  static RandomAccessFile release(Path directory) throws IOException {
    return new RandomAccessFile(directory.resolve("go").toFile(), "rw");
  }

  /** User and system time of a process, in seconds. */
  static double cpuSeconds(long pid) throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/" + pid + "/stat")).split("\\) ")[1].split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  static double peakMiB(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024.0;
    }
  }

  static double median(double[] figures) {
    return quantile(figures, 0.5);
  }

  static double quantile(double[] figures, double part) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (part == 0.5 && sorted.length % 2 == 0) {
      return (sorted[middle - 1] + sorted[middle]) / 2;
    }
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }

  /** Where and when, and how busy the machine was otherwise. */
  static String conditions(double busyBefore) throws IOException {
    return "On %s with %d processors, %s. In the second before, others took %.0f %% of the machine."
        .formatted(
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            LocalDate.now(),
            busyBefore * 100);
  }

  /** The part of all processors' time that is in use during a second, or stolen. */
  static double busy() throws Exception {
    long[] before = ticks();
    Thread.sleep(1000);
    long[] after = ticks();
    long idle = after[3] + after[4] - before[3] - before[4];
    return 1 - (double) idle / (Arrays.stream(after).sum() - Arrays.stream(before).sum());
  }

  private static long[] ticks() throws IOException {
    String first = Files.readString(Path.of("/proc/stat")).split("\n")[0];
    return Arrays.stream(first.split("\\s+")).skip(1).limit(8).mapToLong(Long::parseLong).toArray();
  }
}
