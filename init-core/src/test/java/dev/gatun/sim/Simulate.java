package dev.gatun.sim;

import java.util.ArrayList;
import java.util.List;

/** The command behind {@code scripts/simulate}. */
public final class Simulate {
  private static final int MAX_SHOWN = 10;

  private Simulate() {}

  /** Exits with 1 when a seed shows a fault. */
  public static void main(String[] arguments) {
    long seed = 1;
    long count = 1;
    boolean trace = false;
    boolean faulty = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seed" -> seed = Long.parseLong(arguments[++i]);
        case "--count" -> count = Long.parseLong(arguments[++i]);
        case "--trace" -> trace = true;
        case "--faulty" -> faulty = true;
        default -> {
          System.err.println("cannot simulate: unknown argument '" + arguments[i] + "'");
          System.exit(2);
        }
      }
    }
    System.exit(run(seed, count, trace, faulty) ? 0 : 1);
  }

  private static boolean run(long first, long count, boolean trace, boolean faulty) {
    long startNanos = System.nanoTime();
    long decisions = 0;
    List<Long> bad = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      Simulation simulation = simulate(seed, trace, faulty);
      decisions += simulation.decisions();
      System.out.print(simulation.transcript);
      if (!simulation.faults().isEmpty()) {
        bad.add(seed);
        if (bad.size() <= MAX_SHOWN) {
          System.out.println("seed " + seed + ":");
          simulation.faults().forEach(fault -> System.out.println(" - " + shortened(fault)));
        }
      }
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf(
        "%d seeds from %d, %d decisions, %.1f s, %.0f seeds a second; %d with faults%n",
        count, first, decisions, seconds, count / seconds, bad.size());
    return bad.isEmpty();
  }

  private static Simulation simulate(long seed, boolean trace, boolean faulty) {
    return faulty ? FaultyRuns.run(seed, trace) : Simulation.run(WorkloadMaker.make(seed), trace);
  }

  private static String shortened(String text) {
    return text.length() > 600 ? text.substring(0, 600) + "..." : text;
  }
}
