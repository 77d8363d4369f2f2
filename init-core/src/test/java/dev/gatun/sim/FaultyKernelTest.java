package dev.gatun.sim;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** Ring 2: the same containers on a kernel whose calls fail by plan. */
class FaultyKernelTest {

  @Provide
  Arbitrary<Case> containers() {
    return Smaller.cases(true);
  }
}
