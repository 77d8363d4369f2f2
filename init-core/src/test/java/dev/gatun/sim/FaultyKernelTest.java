package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Ring 2: the same containers on a kernel whose calls fail by plan. */
class FaultyKernelTest {

  @Provide
  Arbitrary<Case> containers() {
    return Smaller.cases(true);
  }

  @Property(
      tries = 4000,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_failing_kernel_costs_no_byte_no_exit_status_and_never_hangs(
      @ForAll("containers") Case container) {
    assertEquals(
        List.of(), container.run(false).faults(), () -> "replay it with: " + container + "\n");
  }
}
