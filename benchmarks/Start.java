import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a small init costs, beside a Java program that only says hello and beside the peers that are
 * installed: how long a service waits for its start, what an idle container takes, and how long it
 * takes to end it. All take turns.
 */
final class Start {
  private static final String FLAGS = "Java Hello World, the launcher's flags";
  private static final String OPTIONS = "Java Hello World, jvm.options";
  private static final int STARTS_A_ROUND = 6;
  private static final int SETTLE_MILLIS = 3000;
  private static final int IDLE_SECONDS = 10;
  private static final int ORPHANS = 10_000;
  private static final int TERM = 15;
  private static final int HUP = 1;
  private static final int KILL = 9;
  private static final Map<String, String> STAY = Map.of("STAY", "1");

  private final Lab lab;
  private final int rounds;
  private final List<Container.Init> inits = new ArrayList<>();

  Start(Lab lab, int rounds) throws Exception {
    this.lab = lab;
    this.rounds = rounds;
    lab.launchers.forEach(
        (name, launcher) ->
            inits.add(new Container.Init(name, List.of(launcher.toString()), TERM)));
    peer("tini", TERM, "--", Container.SERVICE);
    peer("dumb-init", TERM, Container.SERVICE);
    peer("catatonit", TERM, "--", Container.SERVICE);
    peer("s6-svscan", TERM, Container.SERVICES);
    peer("runsvdir", HUP, Container.SERVICES);
  }

  private void peer(String program, int stop, String... arguments) throws Exception {
    if (Lab.isInstalled(program)) {
      List<String> command = new ArrayList<>(List.of(program));
      command.addAll(List.of(arguments));
      inits.add(new Container.Init(program, command, stop));
    }
  }

  /** The time until the first service begins. */
  void runStarts() throws Exception {
    double busy = Lab.busy();
    List<Container.Init> all = new ArrayList<>(hellos());
    all.addAll(inits);
    Map<String, List<double[]>> figures = new LinkedHashMap<>();
    for (int i = 0; i < rounds * STARTS_A_ROUND; i++) {
      for (Container.Init init : all) {
        add(figures, init.name(), start(init));
      }
    }
    StringBuilder table = new StringBuilder();
    figures.forEach(
        (name, own) -> {
          double[] millis = column(own, 0);
          row(
              table,
              "| %s | %.2f | %.2f–%.2f | %.2f | %.2f | %.1f | %.2f |",
              name,
              Lab.median(millis),
              Lab.quantile(millis, 0.1),
              Lab.quantile(millis, 0.9),
              ratio(own, figures.get(FLAGS), 0),
              ratio(own, figures.get(OPTIONS), 0),
              Lab.median(column(own, 1)),
              ratio(own, figures.get(FLAGS), 1));
        });
    put(
        "start",
        """
        %s %d starts of each. The time is from the exec of the init until the
        first instructions of its first service, a static C program that notes the clock, writes a line
        and ends; of Hello World it is that until its end. The spread is from the 10th to the 90th percentile, the
        ratios are medians of the ratios of the same turn. The CPU time is the container's until its end.

        | | ms | spread | to Hello World, the launcher's flags | to Hello World, jvm.options | CPU, ms | CPU, to Hello World |
        | --- | --- | --- | --- | --- | --- | --- |
        %s
        """
            .formatted(Lab.conditions(busy), rounds * STARTS_A_ROUND, table));
  }

  /** A hello in Java with the flags of the launcher's first line, and with those of the file. */
  private List<Container.Init> hellos() throws Exception {
    Path source = lab.build.resolve("Hello.java");
    Files.writeString(
        source,
        "class Hello { public static void main(String[] a) { System.out.println(\"Hello\"); } }");
    Lab.call("javac", "-d", lab.build.toString(), source.toString());
    Path launcher = lab.launchers.get("Gatun");
    String line = new String(Files.readAllBytes(launcher), 0, 1000, "ISO-8859-1").split("\n")[0];
    String flags = line.substring(line.indexOf(" java ") + 6, line.lastIndexOf(" -jar"));
    return List.of(
        hello(FLAGS, List.of(flags.split(" "))),
        hello(OPTIONS, List.of("@" + launcher.resolveSibling("jvm.options"))));
  }

  private Container.Init hello(String name, List<String> flags) {
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(flags);
    command.addAll(List.of("-cp", lab.build.toString(), "Hello"));
    return new Container.Init(name, command, 0);
  }

  /** Milliseconds until the service began, or Hello World ended, and of CPU time. */
  private double[] start(Container.Init init) throws Exception {
    Container container = new Container(lab, init, 1, Map.of("SAY", "1"));
    long began;
    Container.End end;
    if (init.command().contains("Hello")) {
      end = container.stop(0);
      began = end.ended();
    } else if (init.restarts()) {
      began = container.firstStamp();
      end = container.stop(init.stop());
    } else {
      end = container.stop(0);
      began = container.firstStamp();
    }
    container.delete();
    return new double[] {(began - end.started()) / 1e6, end.cpuMicros() / 1e3};
  }

  /** What containers take in which nothing happens, all of them at the same time. */
  void runIdle() throws Exception {
    double busy = Lab.busy();
    Map<String, List<double[]>> figures = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(rounds, 3); i++) {
      idle(figures);
    }
    StringBuilder table = new StringBuilder();
    figures.forEach(
        (name, own) ->
            row(
                table,
                "| %s | %.2f | %.2f | %.2f | %.1f |",
                name,
                Lab.median(column(own, 0)),
                Lab.median(column(own, 1)),
                Lab.median(column(own, 2)),
                Lab.median(column(own, 3))));
    put(
        "idle",
        """
        %s Medians of %d times %d seconds in which the services sleep, %d seconds after
        the start. RSS and `Pss_Anon` are from `smaps_rollup`; s6 and runit have a supervisor beside the
        first process for each service, which the last column of memory counts too. Wake-ups are
        voluntary context switches of all threads of the first process.

        | | services | RSS, MiB | Pss_Anon, MiB | with supervisors | wake-ups in %d s |
        | --- | --- | --- | --- | --- | --- |
        %s
        """
            .formatted(
                Lab.conditions(busy),
                Math.min(rounds, 3),
                IDLE_SECONDS,
                SETTLE_MILLIS / 1000,
                IDLE_SECONDS,
                table));
  }

  private void idle(Map<String, List<double[]>> figures) throws Exception {
    Map<String, Container> containers = new LinkedHashMap<>();
    for (Container.Init init : inits) {
      for (int services : init.supervises() ? new int[] {1, 10} : new int[] {1}) {
        Container container = new Container(lab, init, services, STAY);
        containers.put(init.name() + " | " + services, container);
        container.awaitStamps(services);
      }
    }
    Thread.sleep(SETTLE_MILLIS);
    Map<String, Long> sleeps = new LinkedHashMap<>();
    for (Map.Entry<String, Container> container : containers.entrySet()) {
      sleeps.put(container.getKey(), Container.sleeps(container.getValue().pid));
    }
    Thread.sleep(IDLE_SECONDS * 1000);
    for (Map.Entry<String, Container> entry : containers.entrySet()) {
      Container container = entry.getValue();
      long slept = Container.sleeps(container.pid) - sleeps.get(entry.getKey());
      double all = 0;
      for (long pid : container.supervisors()) {
        all += Container.memoryMiB(pid, "Pss_Anon");
      }
      double own = Container.memoryMiB(container.pid, "Pss_Anon");
      double resident = Container.memoryMiB(container.pid, "Rss");
      add(figures, entry.getKey(), resident, own, all, slept);
      container.stop(KILL);
      container.delete();
    }
  }

  /** How long it takes to end services that obey at once, and what orphans cost. */
  void runStops() throws Exception {
    double busy = Lab.busy();
    Map<String, List<double[]>> figures = new LinkedHashMap<>();
    for (int i = 0; i < rounds; i++) {
      for (Container.Init init : inits) {
        for (int services : init.supervises() ? new int[] {1, 10, 100} : new int[] {1}) {
          String row = init.name() + " | " + services;
          add(figures, row, stop(init, services, Map.of("STAY", "1", "SAY", "1")));
          if (init.name().startsWith("Gatun")) {
            add(figures, row + " silent", stop(init, services, STAY));
          }
        }
      }
    }
    StringBuilder stops = new StringBuilder();
    figures.forEach((name, own) -> spread(stops, name, column(own, 0)));
    put(
        "stop",
        """
        %s %d times each. From the TERM (of runsvdir, HUP) to the first process
        until that has ended, when all services are up, have written a line, and end by TERM at once;
        silent ones have written nothing. runsvdir tells its supervisors and ends without waiting, so
        that the kernel kills what is left.

        | | services | ms | spread |
        | --- | --- | --- | --- |
        %s
        """
            .formatted(Lab.conditions(busy), rounds, stops));
  }

  private double stop(Container.Init init, int services, Map<String, String> environment)
      throws Exception {
    Container container = new Container(lab, init, services, environment);
    container.awaitStamps(services);
    Thread.sleep(300);
    Container.End end = container.stop(init.stop());
    container.delete();
    return (end.ended() - end.told()) / 1e6;
  }

  /** What the first process spends on many orphans. */
  void runOrphans() throws Exception {
    double busy = Lab.busy();
    Map<String, List<double[]>> figures = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(rounds, 3); i++) {
      for (Container.Init init : inits) {
        add(figures, init.name(), orphans(init));
      }
    }
    StringBuilder table = new StringBuilder();
    figures.forEach((name, own) -> spread(table, name, column(own, 0)));
    put(
        "orphans",
        """
        %s %d times each. The CPU time of the first process from the start of its
        service until it has reaped %d orphans, which the service leaves one after the other.

        | | CPU, s | spread |
        | --- | --- | --- |
        %s
        """
            .formatted(Lab.conditions(busy), Math.min(rounds, 3), ORPHANS, table));
  }

  private double orphans(Container.Init init) throws Exception {
    Container container = new Container(lab, init, 1, Map.of("STAY", "1", "ORPHANS", "" + ORPHANS));
    container.awaitStamps(1);
    double before = Lab.cpuSeconds(container.pid);
    container.awaitStamps(2);
    for (int i = 0; container.children() > 1; i++) {
      if (i == 3000) {
        throw new IllegalStateException(init.name() + " does not reap");
      }
      Thread.sleep(10);
    }
    double seconds = Lab.cpuSeconds(container.pid) - before;
    container.stop(KILL);
    container.delete();
    return seconds;
  }

  private static void add(Map<String, List<double[]>> figures, String name, double... values) {
    figures.computeIfAbsent(name, n -> new ArrayList<>()).add(values);
  }

  private static double[] column(List<double[]> figures, int at) {
    return figures.stream().mapToDouble(f -> f[at]).toArray();
  }

  private static double ratio(List<double[]> own, List<double[]> base, int at) {
    double[] ratios = new double[own.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = own.get(i)[at] / base.get(i)[at];
    }
    return Lab.median(ratios);
  }

  private static void spread(StringBuilder table, String name, double[] figures) {
    row(
        table,
        "| %s | %.2f | %.2f–%.2f |",
        name,
        Lab.median(figures),
        Lab.quantile(figures, 0),
        Lab.quantile(figures, 1));
  }

  private static void row(StringBuilder table, String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private void put(String part, String text) throws IOException {
    System.out.println(text);
    Page.put(lab.page, part, text);
  }
}
