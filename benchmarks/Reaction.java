import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a flood of one service does to the others: how long lines of seven quiet services take from
 * the clock before their write(2) to the reader of standard output, how long an orphan stays a
 * zombie, and how soon services are told of a TERM.
 */
final class Reaction {
  private static final int QUIET = 7;
  private static final int SECONDS = 8;
  private static final int TERM_RUNS = 20;
  private static final int ORPHAN_MILLIS = 20;

  private final Lab lab;
  private final int rounds;

  Reaction(Lab lab, int rounds) {
    this.lab = lab;
    this.rounds = rounds;
  }

  void run() throws Exception {
    double busy = Lab.busy();
    StringBuilder table = new StringBuilder();
    for (String name : lab.launchers.keySet()) {
      Path launcher = lab.launchers.get(name);
      Path directory = Lab.directory();
      double[] lines = linesDuringFlood(launcher, directory);
      row(table, name, "a quiet service's line on stdout", lines);
      row(table, name, "an orphan's end, reaped", figures(directory.resolve("zombies")));
      Lab.delete(directory);
      double[] terms = new double[TERM_RUNS];
      for (int i = 0; i < TERM_RUNS; i++) {
        terms[i] = term(launcher);
      }
      row(table, name, "TERM, passed on to a service", terms);
    }
    row(table, "the C reference, a process each", "a quiet service's line on stdout", reference());
    System.out.print(table);
    Page.put(
        lab.page,
        "reaction",
        """
        %s One service writes as fast as it can while seven write a line with
        the time every 10 ms; the figures are from before a line's write(2) to after the reader's
        read(2), in %d seconds. An orphan ends every %d ms. TERM is sent once in each of %d runs.

        | | from, to | number | p50, ms | p99, ms | longest, ms |
        | --- | --- | --- | --- | --- | --- |
        %s
        """
            .formatted(Lab.conditions(busy), SECONDS * rounds, ORPHAN_MILLIS, TERM_RUNS, table));
  }

  private static void row(StringBuilder table, String who, String what, double[] nanos) {
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %d | %.2f | %.2f | %.2f |%n",
            who,
            what,
            nanos.length,
            Lab.median(nanos) / 1e6,
            Lab.quantile(nanos, 0.99) / 1e6,
            Lab.quantile(nanos, 1) / 1e6));
  }

  private static double[] figures(Path file) throws Exception {
    return Files.readAllLines(file).stream().mapToDouble(Double::parseDouble).toArray();
  }

  private String flood(Path directory) {
    return "%s %d 100 json 1 %s %s"
        .formatted(
            lab.tool("lines"), Long.MAX_VALUE, directory.resolve("go"), directory.resolve("ready"));
  }

  private ProcessBuilder reader(int seconds, Path into) {
    return new ProcessBuilder(lab.tool("reaction"), "read", String.valueOf(seconds))
        .redirectOutput(into.toFile());
  }

  private void services(Path directory) throws Exception {
    Lab.service(directory, "flood", flood(directory));
    for (int i = 0; i < QUIET; i++) {
      Lab.service(directory, "quiet" + i, lab.tool("reaction") + " ticks 10");
    }
  }

  private double[] linesDuringFlood(Path launcher, Path directory) throws Exception {
    services(directory);
    int orphans = SECONDS * rounds * 1000 / ORPHAN_MILLIS;
    Lab.service(
        directory,
        "orphans",
        lab.tool("reaction")
            + " orphans %d %d %s".formatted(ORPHAN_MILLIS, orphans, directory.resolve("zombies")));
    Path latencies = directory.resolve("latencies");
    List<Process> processes =
        ProcessBuilder.startPipeline(
            List.of(
                Lab.gatun(launcher, directory, Map.of()), reader(SECONDS * rounds + 1, latencies)));
    flooded(directory, processes.getLast());
    processes.getFirst().destroy();
    processes.getFirst().waitFor();
    return figures(latencies);
  }

  private static void flooded(Path directory, Process reader) throws Exception {
    Lab.awaitReady(directory, 1);
    try (RandomAccessFile _ = Lab.release(directory)) {
      if (!reader.waitFor(10, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the reader does not end");
      }
    }
  }

  private double term(Path launcher) throws Exception {
    Path directory = Lab.directory();
    Lab.service(directory, "flood", flood(directory));
    Path told = directory.resolve("told");
    Lab.service(directory, "told", lab.tool("reaction") + " term " + told);
    ProcessBuilder drain = new ProcessBuilder(lab.tool("drain"), String.valueOf(Long.MAX_VALUE));
    List<Process> processes =
        ProcessBuilder.startPipeline(List.of(Lab.gatun(launcher, directory, Map.of()), drain));
    Process gatun = processes.getFirst();
    Lab.awaitReady(directory, 1);
    Process kill;
    try (RandomAccessFile _ = Lab.release(directory)) {
      Thread.sleep(300);
      kill = new ProcessBuilder(lab.tool("reaction"), "kill", String.valueOf(gatun.pid())).start();
      gatun.waitFor();
    }
    String sent = new String(kill.getInputStream().readAllBytes()).strip();
    double nanos = figures(told)[0] - Double.parseDouble(sent);
    Lab.delete(directory);
    return nanos;
  }

  private double[] reference() throws Exception {
    Path directory = Lab.directory();
    StringBuilder script = new StringBuilder("exec 9>&1; ");
    String filter = " | " + lab.tool("reference") + " json s0 >&9 & ";
    script.append(flood(directory)).append(filter);
    for (int i = 0; i < QUIET; i++) {
      script.append(lab.tool("reaction")).append(" ticks 10").append(filter);
    }
    script.append("wait");
    Path latencies = directory.resolve("latencies");
    List<Process> processes =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder("bash", "-c", script.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD),
                reader(SECONDS * rounds + 1, latencies)));
    flooded(directory, processes.getLast());
    processes.getFirst().descendants().forEach(ProcessHandle::destroy);
    processes.getFirst().waitFor();
    double[] figures = figures(latencies);
    Lab.delete(directory);
    return figures;
  }
}
