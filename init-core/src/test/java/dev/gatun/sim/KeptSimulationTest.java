package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.Recorder;
import dev.gatun.journal.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ring 1 for kept services and courses: what is checked stands in {@link KeptInvariants} (after
 * every decision) and {@link KeptRun} (at the end).
 */
class KeptSimulationTest {
  private static final int RECORDED_SEEDS = 200;

  @TempDir Path directory;

  @Provide
  Arbitrary<Case> containers() {
    return Smaller.cases(Kind.KEPT, false);
  }

  @Property(
      tries = 1500,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void kept_services_obey_and_the_container_ends_with_the_right_code(
      @ForAll("containers") Case container) {
    container.assertRight();
  }

  @Property(
      tries = 150,
      edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void a_seed_makes_the_same_run_again(@ForAll("containers") Case container) {
    container.assertSameAgain();
  }

  @Test
  void journals_replay_without_a_difference_whole_and_in_parts()
      throws IOException, JournalException {
    for (long seed = 1; seed <= RECORDED_SEEDS; seed++) {
      MemoryJournal file = new MemoryJournal(new Chance(seed), false);
      long maxBytes = seed % 2 == 0 ? RecordedRun.AMPLE_BYTES : 60_000;
      KeptRun.of(
          Case.of(Kind.KEPT, seed, seed % 4 >= 2),
          kernel -> new Recorder(kernel, file, maxBytes, "1.2.3", (level, text) -> {}));
      Replay.Result result = Replay.of(file.saveIn(directory));
      assertEquals(Optional.empty(), result.difference(), "seed " + seed);
    }
  }
}
