package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Ring 2: the same containers on a kernel whose calls fail by plan. */
class FaultyKernelTest {

  @Property(
      tries = 4000,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_failing_kernel_costs_no_byte_no_exit_status_and_never_hangs(@ForAll long seed) {
    Simulation simulation = FaultyRuns.run(seed, false);
    assertEquals(List.of(), simulation.faults(), () -> SimulationTest.replay(seed, " --faulty"));
  }
}
