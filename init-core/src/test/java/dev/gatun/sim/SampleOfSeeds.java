package dev.gatun.sim;

import org.junit.jupiter.api.Test;

/**
 * The first seeds, in a fraction of a second: what {@code scripts/dev mutate} can afford for every
 * change it makes. The suite has {@link SimulationTest} and {@link FaultyKernelTest} instead.
 */
class SampleOfSeeds {
  private static final int SEEDS = 120;

  @Test
  void the_first_containers_lose_nothing_and_end_with_the_right_code() {
    judge(false);
  }

  @Test
  void nor_do_they_on_a_kernel_that_fails() {
    judge(true);
  }

  private static void judge(boolean faulty) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Case.of(seed, faulty).assertRight();
    }
  }
}
