package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Ring 1: the real loop, machine and output plane live through made-up containers. What is checked
 * stands in {@link Invariants} (after every decision) and {@link Simulation} (at the end).
 */
class SimulationTest {
  private static long runs;
  private static long nanos;

  @Property(
      tries = 8000,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_container_loses_nothing_and_ends_with_the_right_code_whatever_happens(@ForAll long seed) {
    long start = System.nanoTime();
    Simulation simulation = Simulation.run(WorkloadMaker.make(seed), false);
    nanos += System.nanoTime() - start;
    runs++;
    assertEquals(List.of(), simulation.faults(), () -> replay(seed, ""));
  }

  @Property(
      tries = 150,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_seed_makes_the_same_run_again(@ForAll long seed) {
    String first = Simulation.run(WorkloadMaker.make(seed), true).transcript.toString();
    String second = Simulation.run(WorkloadMaker.make(seed), true).transcript.toString();
    assertEquals(first, second, () -> replay(seed, ""));
  }

  @AfterContainer
  static void tellTheSpeed() {
    System.out.printf(
        Locale.ROOT, "%d simulated containers, %.0f a second%n", runs, runs / (nanos / 1e9));
  }

  static String replay(long seed, String options) {
    return "replay it with: scripts/simulate --seed " + seed + options + " --trace\n";
  }
}
