import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lines from generators through Gatun, through the C reference and through logging programs, in
 * turn, round by round; every figure is a median, and ratios are of the same round. Run by
 * scripts/bench.
 */
final class Bench {
  /** What is measured. The generator's kind decides what the reference and the peers get. */
  record Case(String name, String kind, int size, int services, Map<String, String> environment) {}

  record Result(double linesPerSecond, double cpuSecondsPerMillion, double residentMiB) {}

  private static final List<Case> CASES =
      List.of(
          new Case("JSON, 100 B, 1 service", "json", 100, 1, Map.of()),
          new Case("JSON, 100 B, 8 services", "json", 100, 8, Map.of()),
          new Case("text, 100 B, 1 service", "text", 100, 1, Map.of("DINIT_JSON_STDOUT", "0")),
          new Case("text, 100 B, 8 services", "text", 100, 8, Map.of("DINIT_JSON_STDOUT", "0")),
          new Case("JSON, 1 KiB, 1 service", "json", 1024, 1, Map.of()),
          new Case(
              "strict JSON, 100 B, 1 service", "json", 100, 1, Map.of("GATUN_JSON", "strict")));

  private static final Map<String, String> PEERS = new LinkedHashMap<>();

  static {
    PEERS.put("s6-log", "s6-log t 1");
    PEERS.put("svlogd", "svlogd -tt $log >/dev/null");
    PEERS.put("multilog", "multilog t s16777215 n20 $log");
  }

  private final Path build;
  private final Path launcher;
  private final long millions;

  private Bench(Path root, Path build, long millions) {
    this.build = build;
    this.launcher = root.resolve("init-cli/target/gatun/gatun");
    this.millions = millions;
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    Bench bench = new Bench(root, Path.of(arguments[1]), Long.parseLong(arguments[3]));
    int rounds = Integer.parseInt(arguments[2]);
    StringBuilder table = new StringBuilder();
    List<String> names = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (Case c : CASES) {
      bench.measure(c, rounds, table, names, ratios);
    }
    Files.writeString(root.resolve("docs/benchmarks.md"), page(rounds, bench.millions, table));
    Files.writeString(root.resolve("docs/benchmarks.svg"), chart(names, ratios));
  }

  private void measure(
      Case c, int rounds, StringBuilder table, List<String> names, List<Double> ratios)
      throws Exception {
    Map<String, List<Result>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      add(results, "C reference", reference(c));
      add(results, "Gatun", gatun(c));
      if (c.services() == 1 && c.kind().equals("text")) {
        for (Map.Entry<String, String> peer : PEERS.entrySet()) {
          if (isInstalled(peer.getValue().split(" ")[0])) {
            add(results, peer.getKey(), peer(c, peer.getValue()));
          }
        }
      }
    }
    List<Result> base = results.get("C reference");
    for (Map.Entry<String, List<Result>> entry : results.entrySet()) {
      double[] speed = column(entry.getValue(), Result::linesPerSecond);
      double[] ratio = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        ratio[i] = entry.getValue().get(i).linesPerSecond() / base.get(i).linesPerSecond();
      }
      Arrays.sort(ratio);
      double cpu = median(column(entry.getValue(), Result::cpuSecondsPerMillion));
      double memory = median(column(entry.getValue(), Result::residentMiB));
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.2f | %.2f–%.2f | %.2f | %s | %s |%n",
              c.name(),
              entry.getKey(),
              median(speed) / 1e6,
              speed[0] / 1e6,
              speed[rounds - 1] / 1e6,
              median(ratio),
              cpu < 0 ? "" : String.format(Locale.ROOT, "%.3f", cpu),
              memory < 0 ? "" : String.format(Locale.ROOT, "%.0f", memory)));
      if (entry.getKey().equals("Gatun")) {
        names.add(c.name());
        ratios.add(median(ratio));
      }
    }
    System.out.print(table.substring(table.lastIndexOf("| " + c.name() + " | C reference")));
  }

  private static void add(Map<String, List<Result>> results, String name, Result result) {
    results.computeIfAbsent(name, n -> new ArrayList<>()).add(result);
  }

  private static boolean isInstalled(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program + " >/dev/null").start().waitFor()
        == 0;
  }

  private long lines(Case c) {
    return millions * 1_000_000 * 100 / c.size() / c.services() * c.services();
  }

  private String generator(Case c, Path directory, int stay) {
    return "%s %d %d %s %d %s %s"
        .formatted(
            build.resolve("lines"),
            lines(c) / c.services(),
            c.size(),
            c.kind(),
            stay,
            directory.resolve("go"),
            directory.resolve("ready"));
  }

  private Result reference(Case c) throws Exception {
    return pipelines(
        c, build.resolve("reference") + " " + c.kind().replace("text", "plain") + " a");
  }

  private Result peer(Case c, String command) throws Exception {
    return pipelines(c, command.startsWith("s6-log") ? command : command + "; exec cat /dev/null");
  }

  /**
   * One pipeline a service, all into the same drain; of a program that writes files, its end
   * counts.
   */
  private Result pipelines(Case c, String filter) throws Exception {
    Path directory = directory();
    StringBuilder script = new StringBuilder("exec 9>&1; ");
    for (int i = 0; i < c.services(); i++) {
      script.append("{ log=").append(directory).append("/log").append(i).append("; mkdir $log; ");
      script
          .append(generator(c, directory, 0))
          .append(" | { ")
          .append(filter)
          .append("; } >&9; } & ");
    }
    script.append("wait");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script.toString());
    builder.environment().put("CPU_FILE", directory.resolve("cpu").toString());
    boolean toFiles = filter.contains("$log");
    long lines = toFiles ? Long.MAX_VALUE : lines(c);
    List<Process> processes = ProcessBuilder.startPipeline(List.of(builder, drain(lines)));
    double seconds = release(c, directory, processes.getLast());
    processes.getFirst().waitFor();
    double cpu = -1;
    if (Files.exists(directory.resolve("cpu"))) {
      cpu = Files.readAllLines(directory.resolve("cpu")).stream().mapToLong(Long::parseLong).sum();
      cpu = cpu / lines(c);
    }
    delete(directory);
    return new Result(lines(c) / seconds, cpu, -1);
  }

  private ProcessBuilder drain(long lines) {
    return new ProcessBuilder(build.resolve("drain").toString(), String.valueOf(lines));
  }

  private Result gatun(Case c) throws Exception {
    Path directory = directory();
    Path services = Files.createDirectory(directory.resolve("services"));
    for (int i = 0; i < c.services(); i++) {
      Path run = Files.createDirectory(services.resolve("s" + i)).resolve("run");
      Files.writeString(run, "#!/bin/sh\nexec " + generator(c, directory, 1) + "\n");
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.environment().putAll(c.environment());
    builder.environment().put("DINIT_DIR", services.toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    List<Process> processes = ProcessBuilder.startPipeline(List.of(builder, drain(lines(c))));
    Process gatun = processes.getFirst();
    awaitReady(c, directory);
    double before = cpuSeconds(gatun.pid());
    double seconds = release(c, directory, processes.getLast());
    double cpu = cpuSeconds(gatun.pid()) - before;
    double memory = residentMiB(gatun.pid());
    gatun.destroy();
    gatun.waitFor();
    delete(directory);
    return new Result(lines(c) / seconds, cpu / lines(c) * 1e6, memory);
  }

  private static double cpuSeconds(long pid) throws IOException {
    String[] fields =
        Files.readString(Path.of("/proc/" + pid + "/stat")).split("\\) ")[1].split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  private static double residentMiB(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }

  /** Lets the generators go, and waits until every line has come out. */
  private static double release(Case c, Path directory, Process drain) throws Exception {
    awaitReady(c, directory);
    long start = System.nanoTime();
    try (RandomAccessFile go = new RandomAccessFile(directory.resolve("go").toFile(), "rw")) {
      if (!drain.waitFor(10, TimeUnit.MINUTES)) {
        throw new IllegalStateException("lines are missing: " + c.name());
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void awaitReady(Case c, Path directory) throws Exception {
    for (int i = 0; i < 2000; i++) {
      String[] names = directory.toFile().list((d, name) -> name.startsWith("ready."));
      if (names != null && names.length == c.services()) {
        Thread.sleep(200);
        return;
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("the generators do not start: " + c.name());
  }

  private static Path directory() throws Exception {
    Path directory = Files.createTempDirectory("gatun-bench");
    new ProcessBuilder("mkfifo", directory.resolve("go").toString()).start().waitFor();
    return directory;
  }

  private static void delete(Path directory) throws Exception {
    new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
  }

  private static double[] column(
      List<Result> results, java.util.function.ToDoubleFunction<Result> figure) {
    return results.stream().mapToDouble(figure).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String page(int rounds, long millions, StringBuilder table) throws IOException {
    String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    return """
    # Benchmarks of the output plane

    Made by `scripts/bench`: %d rounds in which all take turns, %d MB of lines each, on %s with %d
    processors, %s. The load average at the end was %s: above the number of processors, others took
    part of the machine, and only the ratios mean something. The ratio is the median of the ratios
    to the C reference (`benchmarks/reference.c`) of the same round. Gatun runs with the options of
    its launcher; its CPU time includes compiling.

    ![Speed as a part of the C reference's](benchmarks.svg)

    | lines | through | M lines/s | spread | ratio | CPU s per M lines | peak RSS, MiB |
    | --- | --- | --- | --- | --- | --- | --- |
    %s\
    """
        .formatted(
            rounds,
            millions * 100,
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            LocalDate.now(),
            load,
            table);
  }

  /** Bars, and a line where the C reference is. */
  private static String chart(List<String> names, List<Double> ratios) {
    int height = 60 + names.size() * 34;
    double scale = 380 / Math.max(1.05, ratios.stream().mapToDouble(r -> r).max().orElse(1));
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 %d" font-family="sans-serif" font-size="13">
        <rect width="680" height="%d" rx="8" fill="#fbfbf9"/>
        <text x="20" y="28" font-size="15" fill="#222">Gatun's speed as a part of the C reference's</text>
        """
            .formatted(height, height));
    for (int i = 0; i < names.size(); i++) {
      int y = 46 + i * 34;
      double width = ratios.get(i) * scale;
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <text x="220" y="%d" text-anchor="end" fill="#444">%s</text>
              <rect x="230" y="%d" width="%.1f" height="20" rx="3" fill="#2a7f8e"/>
              <text x="%.1f" y="%d" fill="#222">%.2f</text>
              """,
              y + 15,
              names.get(i),
              y,
              width,
              230 + width + 6,
              y + 15,
              ratios.get(i)));
    }
    double one = 230 + scale;
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"40\" x2=\"%.1f\" y2=\"%d\" stroke=\"#b4532a\""
                + " stroke-dasharray=\"4 3\"/>%n</svg>%n",
            one,
            one,
            height - 14));
    return svg.toString();
  }
}
