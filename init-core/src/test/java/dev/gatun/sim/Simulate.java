package dev.gatun.sim;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The command behind {@code scripts/dev simulate}. */
public final class Simulate {
  private static final int MAX_SHOWN = 10;
  private static final int MAX_TEXT = 200;
  private static final double NANOS_A_SECOND = 1e9;

  private long first = 1;
  private long count = Long.MAX_VALUE;
  private boolean countGiven;
  private double seconds = Double.MAX_VALUE;
  private String without = "";
  private boolean trace;
  private boolean faulty;
  private boolean twice;
  private long runs;
  private long decisions;
  private long bad;

  private Simulate() {}

  /** Exits with 1 when a seed shows a fault. */
  public static void main(String[] arguments) {
    Simulate simulate = new Simulate();
    simulate.read(arguments);
    System.exit(simulate.run() ? 0 : 1);
  }

  /**
   * The first fault that seeds show, in words; empty when none does.
   *
   * @param seconds how long to look for one
   */
  public static String firstFault(long first, double seconds) {
    long startNanos = System.nanoTime();
    for (long seed = first; (System.nanoTime() - startNanos) / NANOS_A_SECOND < seconds; seed++) {
      Simulation run = Case.of(seed, false).run(false);
      if (!run.faults().isEmpty()) {
        String fault = run.faults().getFirst();
        return "seed " + seed + ": " + shortened(fault.lines().findFirst().orElse(""));
      }
    }
    return "";
  }

  private void read(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seed" -> first = Long.parseLong(arguments[++i]);
        case "--count" -> {
          count = Long.parseLong(arguments[++i]);
          countGiven = true;
        }
        case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
        case "--without" -> without = arguments[++i];
        case "--trace" -> trace = true;
        case "--faulty" -> faulty = true;
        case "--twice" -> twice = true;
        default ->
            throw new IllegalArgumentException(
                "cannot simulate: unknown argument '" + arguments[i] + "'");
      }
    }
    if (!countGiven && seconds == Double.MAX_VALUE) {
      count = 1;
    }
  }

  private boolean run() {
    long startNanos = System.nanoTime();
    long startCpuNanos = cpuNanos();
    boolean goesOn = true;
    for (long seed = first; runs < count && goesOn; seed++) {
      judge(Case.of(seed, without, faulty));
      double passed = (System.nanoTime() - startNanos) / NANOS_A_SECOND;
      goesOn = passed < seconds;
    }
    double wall = (System.nanoTime() - startNanos) / NANOS_A_SECOND;
    double cpu = (cpuNanos() - startCpuNanos) / NANOS_A_SECOND;
    System.out.printf(
        Locale.ROOT,
        "%d seeds from %d%s, %d decisions, %.1f s; %.0f seeds a minute, %.0f a minute of one"
            + " core's time; %d with faults%n",
        runs,
        first,
        twice ? ", each twice" : "",
        decisions,
        wall,
        60 * runs / wall,
        60 * runs / cpu,
        bad);
    return bad == 0;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void judge(Case container) {
    Simulation run = container.run(trace || twice);
    runs++;
    decisions += run.decisions();
    if (trace) {
      System.out.print(run.transcript());
    }
    if (twice && !container.run(true).transcript().isSame(run.transcript())) {
      run.faults().add("the second run has another transcript");
    }
    if (!run.faults().isEmpty() && ++bad <= MAX_SHOWN) {
      System.out.println("seed " + container.seed() + ": " + container);
      run.faults().forEach(fault -> System.out.println(" - " + shortened(fault)));
    }
  }

  private static String shortened(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
  }
}
