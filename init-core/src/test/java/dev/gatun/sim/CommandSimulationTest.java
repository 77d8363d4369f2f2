package dev.gatun.sim;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ring 1 for a command beside services, or alone: its signals, its end, its exit code. */
class CommandSimulationTest {

  @Provide
  Arbitrary<Case> containers() {
    return Smaller.cases(Kind.COMMAND, false);
  }

  @Property(
      tries = 600,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_container_with_a_command_ends_with_its_code_and_loses_nothing(
      @ForAll("containers") Case container) {
    container.assertRight();
  }
}
