package dev.gatun.sim;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Ring 1: the real loop, machine and output plane live through made-up containers, of anything that
 * one may be made of. What is checked stands in the {@link Rules} (after every decision), in {@link
 * Simulation} and in {@link Conduct} (at the end).
 */
class SimulationTest {

  @Provide
  Arbitrary<Case> containers() {
    return Smaller.cases(false);
  }

  @Property(
      tries = 7000,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_container_loses_nothing_and_ends_with_the_right_code_whatever_happens(
      @ForAll("containers") Case container) {
    container.assertRight();
  }

  @Property(
      tries = 1500,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_seed_makes_the_same_run_again(@ForAll("containers") Case container) {
    container.assertSameAgain();
  }
}
