import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Lines from generators through Gatun, through the C reference and through logging programs, in
 * turn, round by round; every figure is a median, and ratios are of the same round.
 */
final class Throughput {
  /** What is measured. The generator's kind decides what the reference and the peers get. */
  record Case(String name, String kind, int size, int services, Map<String, String> environment) {
    /** Whether the lines are text that a regular expression makes objects of. */
    boolean converts() {
      return kind.equals("access");
    }

    /** Converting takes a hundred times as long as passing on. */
    double part() {
      return converts() ? 0.01 : 1;
    }
  }

  /** As {@code examples/web} has it, and regex2json takes it. */
  private static final String ACCESS =
      "^(?P<client>\\S+) \\S+ (?P<user>\\S+) \\[(?P<time>[^\\]]+)\\] "
          + "\"(?P<method>[A-Z]+) (?P<path>\\S+)"
          + "(?: (?P<protocol>[^\"]+))?\" (?P<status>\\d{3}) (?P<bytes>\\d+|-)"
          + "(?: \"(?P<referer>[^\"]*)\" \"(?P<agent>[^\"]*)\")?";

  record Result(double linesPerSecond, double cpuSecondsPerMillion, double residentMiB) {}

  private static final String REFERENCE = "C reference";

  private static final List<Case> CASES =
      List.of(
          new Case("JSON, 100 B, 1 service", "json", 100, 1, Map.of()),
          new Case("JSON, 100 B, 8 services", "json", 100, 8, Map.of()),
          new Case("text, 100 B, 1 service", "text", 100, 1, Map.of("DINIT_JSON_STDOUT", "0")),
          new Case("text, 100 B, 8 services", "text", 100, 8, Map.of("DINIT_JSON_STDOUT", "0")),
          new Case("JSON, 1 KiB, 1 service", "json", 1024, 1, Map.of()),
          new Case(
              "unchecked JSON, 100 B, 1 service", "json", 100, 1, Map.of("GATUN_JSON", "trust")),
          new Case("access log to JSON, 130 B, 1 service", "access", 130, 1, Map.of()));

  private static final Map<String, String> PEERS = new LinkedHashMap<>();

  static {
    PEERS.put("cat (no stamps)", "cat");
    PEERS.put("s6-log", "s6-log t 1");
    PEERS.put("svlogd", "svlogd -tt $log >/dev/null");
    PEERS.put("multilog", "multilog t s16777215 n20 $log");
  }

  private final Lab lab;
  private final int rounds;
  private final double millions;

  Throughput(Lab lab, int rounds, double millions) {
    this.lab = lab;
    this.rounds = rounds;
    this.millions = millions;
  }

  /** Long enough that starting and compiling do not matter much. */
  void run() throws Exception {
    double busy = Lab.busy();
    StringBuilder table = new StringBuilder();
    for (Case c : CASES) {
      measure(c, table);
    }
    Page.put(lab.page, "throughput", page(busy, table));
    Chart.write(lab.svg(), lab.page);
  }

  /** The first million lines after the start: what is compiled, linked and faulted in counts. */
  void runCold() throws Exception {
    double busy = Lab.busy();
    StringBuilder table = new StringBuilder();
    measure(CASES.get(0), table);
    measure(CASES.get(2), table);
    Page.put(
        lab.page,
        "cold",
        """
        %s %d rounds of one million lines each.

        %s%s
        """
            .formatted(Lab.conditions(busy), rounds, HEAD, table));
  }

  private static final String HEAD =
      """
      | lines | through | M lines/s | spread | ratio | CPU s per M lines | peak RSS, MiB |
      | --- | --- | --- | --- | --- | --- | --- |
      """;

  private void measure(Case c, StringBuilder table) throws Exception {
    Map<String, List<Result>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      add(results, REFERENCE, reference(c));
      for (String name : lab.launchers.keySet()) {
        if (!name.equals("dinit") || canDinit(c)) {
          add(results, name, gatun(c, name));
        }
      }
      if (c.converts() && lab.regex2json != null) {
        add(results, "regex2json", peer(c, lab.regex2json + " '" + ACCESS + "'"));
      }
      if (c.services() == 1 && c.kind().equals("text")) {
        for (Map.Entry<String, String> peer : PEERS.entrySet()) {
          if (Lab.isInstalled(peer.getValue().split(" ")[0])) {
            add(results, peer.getKey(), peer(c, peer.getValue()));
          }
        }
      }
    }
    StringBuilder rows = new StringBuilder();
    results.forEach((name, figures) -> rows.append(row(c, name, figures, results.get(REFERENCE))));
    System.out.print(rows);
    table.append(rows);
  }

  /** It has no strict mode, and leaves converting to a log program. */
  private boolean canDinit(Case c) {
    return c.converts() ? lab.regex2json != null : !c.environment().containsKey("GATUN_JSON");
  }

  private static String row(Case c, String name, List<Result> figures, List<Result> base) {
    double[] speed = column(figures, Result::linesPerSecond);
    double cpu = Lab.median(column(figures, Result::cpuSecondsPerMillion));
    double memory = Lab.median(column(figures, Result::residentMiB));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s–%s | %s | %s | %s |%n",
        c.name(),
        name,
        figure(Lab.median(speed) / 1e6),
        figure(Lab.quantile(speed, 0) / 1e6),
        figure(Lab.quantile(speed, 1) / 1e6),
        figure(Lab.median(ratios(figures, base))),
        cpu < 0 ? "" : String.format(Locale.ROOT, "%.3f", cpu),
        memory < 0 ? "" : String.format(Locale.ROOT, "%.0f", memory));
  }

  /** Converting makes small ones. */
  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
  }

  private static double[] ratios(List<Result> figures, List<Result> base) {
    double[] ratios = new double[figures.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figures.get(i).linesPerSecond() / base.get(i).linesPerSecond();
    }
    return ratios;
  }

  private static double[] column(List<Result> results, ToDoubleFunction<Result> figure) {
    return results.stream().mapToDouble(figure).toArray();
  }

  private static void add(Map<String, List<Result>> results, String name, Result result) {
    results.computeIfAbsent(name, n -> new ArrayList<>()).add(result);
  }

  private long lines(Case c) {
    return (long) (millions * 1_000_000 * c.part()) * 100 / c.size() / c.services() * c.services();
  }

  private String generator(Case c, Path directory, int stay) {
    return "%s %d %d %s %d %s %s"
        .formatted(
            lab.tool("lines"),
            lines(c) / c.services(),
            c.size(),
            c.kind(),
            stay,
            directory.resolve("go"),
            directory.resolve("ready"));
  }

  private Result reference(Case c) throws Exception {
    return pipelines(
        c, lab.tool("reference") + (c.kind().equals("json") ? " json s0" : " plain s0"));
  }

  private Result peer(Case c, String command) throws Exception {
    String timed = "TIMEFORMAT='%3U %3S'; { time " + command + " 2>/dev/null; } 2>>$times";
    return pipelines(c, command.contains("$log") ? timed + "; exec cat /dev/null" : timed);
  }

  /**
   * One pipeline a service, all into the same drain; of a program that writes files, its end
   * counts.
   */
  private Result pipelines(Case c, String filter) throws Exception {
    Path directory = Lab.directory();
    Path times = directory.resolve("times");
    StringBuilder script = new StringBuilder("exec 9>&1; ");
    for (int i = 0; i < c.services(); i++) {
      script.append("{ log=").append(directory).append("/log").append(i).append("; mkdir $log; ");
      script.append("times=").append(times).append("; ");
      script.append(generator(c, directory, 0)).append(" | { ").append(filter);
      script.append("; } >&9; } & ");
    }
    script.append("wait");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script.toString());
    Path cpuFile = directory.resolve("cpu");
    builder.environment().put("CPU_FILE", cpuFile.toString());
    long expected = filter.contains("$log") ? Long.MAX_VALUE : lines(c);
    List<Process> processes = ProcessBuilder.startPipeline(List.of(builder, drain(expected)));
    double seconds = time(c, directory, processes.getLast());
    processes.getFirst().waitFor();
    double cpu = -1;
    if (Files.exists(cpuFile)) {
      long micros = Files.readAllLines(cpuFile).stream().mapToLong(Long::parseLong).sum();
      cpu = (double) micros / lines(c);
    } else if (Files.exists(times)) {
      double spent = 0;
      for (String time : Files.readString(times).strip().split("\\s+")) {
        spent += Double.parseDouble(time);
      }
      cpu = spent / lines(c) * 1e6;
    }
    Lab.delete(directory);
    return new Result(lines(c) / seconds, cpu, -1);
  }

  private ProcessBuilder drain(long lines) {
    return new ProcessBuilder(lab.tool("drain"), String.valueOf(lines));
  }

  private Result gatun(Case c, String name) throws Exception {
    Path directory = Lab.directory();
    for (int i = 0; i < c.services(); i++) {
      Lab.service(directory, "s" + i, generator(c, directory, 1));
    }
    if (c.converts()) {
      convert(directory, name);
    }
    ProcessBuilder builder = Lab.gatun(lab.launchers.get(name), directory, c.environment());
    List<Process> processes = ProcessBuilder.startPipeline(List.of(builder, drain(lines(c))));
    Process gatun = processes.getFirst();
    Lab.awaitReady(directory, c.services());
    double before = Lab.cpuSeconds(gatun.pid());
    double seconds = time(c, directory, processes.getLast());
    double cpu = Lab.cpuSeconds(gatun.pid()) - before;
    double memory = Lab.peakMiB(gatun.pid());
    gatun.destroy();
    gatun.waitFor();
    Lab.delete(directory);
    return new Result(lines(c) / seconds, cpu / lines(c) * 1e6, memory);
  }

  /** Gatun converts by itself, and dinit has a program for it. */
  private void convert(Path directory, String name) throws Exception {
    if (name.equals("dinit")) {
      Lab.service(directory, "s0/log", lab.regex2json + " '" + ACCESS + "'");
    } else {
      Path log = Files.createDirectories(directory.resolve("services/s0/log"));
      Files.writeString(log.resolve("pattern"), ACCESS + "\n");
    }
  }

  /** Seconds from letting the generators go until every line has come out. */
  private static double time(Case c, Path directory, Process drain) throws Exception {
    Lab.awaitReady(directory, c.services());
    long start = System.nanoTime();
    try (RandomAccessFile _ = Lab.release(directory)) {
      if (!drain.waitFor(10, TimeUnit.MINUTES)) {
        throw new IllegalStateException("lines are missing: " + c.name());
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private String page(double busy, StringBuilder table) throws Exception {
    return """
    %s %d rounds in which all take turns, %.0f MB of lines each. The ratio is the
    median of the ratios to the C reference (`benchmarks/reference.c`) of the same round; the
    reference is one process a service. The CPU time of Gatun includes compiling.

    ![Speed as a part of the C reference's](benchmarks.svg)

    %s%s
    """
        .formatted(Lab.conditions(busy), rounds, millions * 100, HEAD, table);
  }
}
