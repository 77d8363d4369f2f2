package dev.gatun.sim;

import static dev.gatun.sim.Scenario.SECOND;
import static dev.gatun.sim.Scenario.SLEEP_ON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lives of containers that keep services, and what their journals tell of them. */
class KeptStoriesTest {
  @Test
  void a_pipe_to_a_log_program_that_could_not_be_made_is_made_with_a_later_start() {
    int[] failures = {4};
    Behavior log = Behavior.of("log", new Step.Relay(true, 4096, 0));
    KeptRun run =
        KeptRun.of(
            new KeptScenario()
                .logged("web", Behavior.of("web", SLEEP_ON), log)
                .endingAt(5 * SECOND),
            true,
            true,
            kernel ->
                Overridden.kernel(
                    kernel, "logPipe", call -> failures[0]-- > 0 ? -Errno.EMFILE : null));
    assertEquals(List.of(), run.faults());
    String text = run.transcript().toString();
    assertTrue(text.contains("publish web SERVICE: RUN"), text);
    assertTrue(text.contains("publish web LOG: RUN"), text);
  }
}
