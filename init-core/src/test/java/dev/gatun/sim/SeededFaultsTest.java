package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation is worth what it finds: faults that are put into the machine on purpose. */
class SeededFaultsTest {
  /** A fault is found within a second or two; a busy machine may take longer. */
  private static final double SECONDS = 60;

  @Test
  void the_simulation_finds_every_fault_that_is_put_into_the_machine() throws Exception {
    assertEquals(0, new FindFaults(Path.of(".."), SECONDS).run(List.of()));
  }
}
