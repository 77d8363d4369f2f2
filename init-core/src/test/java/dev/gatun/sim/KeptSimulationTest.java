package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.Recorder;
import dev.gatun.journal.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real loop and machine live through made-up containers that keep services: what is checked
 * stands in {@link KeptInvariants}. A seed that fails is run again with {@code KeptMaker.make}.
 */
class KeptSimulationTest {
  private static final int SEEDS = 4000;
  private static final int RECORDED_SEEDS = 150;

  @TempDir Path directory;

  @Test
  void kept_services_obey_and_the_container_ends_with_the_right_code() {
    List<String> faults = new ArrayList<>();
    long decisions = 0;
    for (long seed = 1; seed <= SEEDS && faults.isEmpty(); seed++) {
      KeptRun run = KeptRun.of(KeptMaker.make(seed), false);
      decisions += run.invariants.decisions();
      if (!run.faults().isEmpty()) {
        KeptRun again = KeptRun.of(KeptMaker.make(seed), true);
        faults.add("seed " + seed + ": " + again.faults() + "\n" + again.transcript);
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(decisions > 10L * SEEDS, decisions + " decisions");
  }

  @Test
  void a_seed_makes_the_same_run_again() {
    for (long seed = 1; seed <= RECORDED_SEEDS; seed++) {
      assertEquals(
          KeptRun.of(KeptMaker.make(seed), true).transcript.toString(),
          KeptRun.of(KeptMaker.make(seed), true).transcript.toString());
    }
  }

  @Test
  void journals_replay_without_a_difference_whole_and_in_parts()
      throws IOException, JournalException {
    for (long seed = 1; seed <= RECORDED_SEEDS; seed++) {
      MemoryJournal file = new MemoryJournal(new Chance(seed), false);
      long maxBytes = seed % 2 == 0 ? RecordedRun.AMPLE_BYTES : 60_000;
      KeptRun.of(
          KeptMaker.make(seed),
          kernel -> new Recorder(kernel, file, maxBytes, "1.2.3", (level, text) -> {}));
      Replay.Result result = Replay.of(file.saveIn(directory));
      assertEquals(Optional.empty(), result.difference(), "seed " + seed);
    }
  }
}
