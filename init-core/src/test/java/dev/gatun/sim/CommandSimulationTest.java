package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Ring 1 for a command beside services: its signals, its end, its exit code. */
class CommandSimulationTest {

  @Property(
      tries = 600,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_container_with_a_command_ends_with_its_code_and_loses_nothing(@ForAll long seed) {
    Simulation run = Simulation.run(CommandWorkload.make(seed), false);
    assertEquals(List.of(), run.faults(), () -> "seed " + seed);
  }
}
