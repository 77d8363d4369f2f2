package dev.gatun.sim;

import org.junit.jupiter.api.Test;

/**
 * The first seeds, in a fraction of a second: what {@code scripts/mutate} can afford for every
 * change it makes. The suite has {@link SimulationTest} and {@link FaultyKernelTest} instead.
 */
class SampleOfSeeds {
  private static final int SEEDS = 60;

  @Test
  void the_first_containers_lose_nothing_and_end_with_the_right_code() {
    judge(Kind.SERVICES, false);
  }

  @Test
  void nor_do_they_on_a_kernel_that_fails() {
    judge(Kind.SERVICES, true);
  }

  @Test
  void kept_services_and_commands_are_right_as_well() {
    judge(Kind.KEPT, false);
    judge(Kind.COMMAND, false);
  }

  private static void judge(Kind kind, boolean faulty) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Case.of(kind, seed, faulty).assertRight();
    }
  }
}
