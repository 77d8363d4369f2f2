package dev.gatun.sim;

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
    return Smaller.cases(Kind.SERVICES, true);
  }

  @Provide
  Arbitrary<Case> commands() {
    return Smaller.cases(Kind.COMMAND, true);
  }

  @Provide
  Arbitrary<Case> kept() {
    return Smaller.cases(Kind.KEPT, true);
  }

  @Property(
      tries = 4000,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_failing_kernel_costs_no_byte_no_exit_status_and_never_hangs(
      @ForAll("containers") Case container) {
    container.assertRight();
  }

  @Property(
      tries = 400,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void nor_does_it_where_a_command_gets_the_signals(@ForAll("commands") Case container) {
    container.assertRight();
  }

  @Property(
      tries = 1000,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void kept_services_obey_on_it_too(@ForAll("kept") Case container) {
    container.assertRight();
  }
}
