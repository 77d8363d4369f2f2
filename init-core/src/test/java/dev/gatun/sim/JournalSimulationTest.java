package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.replay.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journals of simulated containers replay without a difference: of healthy and of failing
 * kernels, in parts, and with gaps.
 */
class JournalSimulationTest {
  private static final int SEEDS = 300;

  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  private void run(long seed, boolean faulty, MemoryJournal file, long maxBytes) {
    RecordedRun.of(
        WorkloadMaker.make(seed),
        kernel -> faulty ? new FaultyKernel(kernel, new Faults(seed)) : kernel,
        file,
        maxBytes,
        (level, text) -> warnings.add(text));
  }

  private Replay.Result replayed(long seed, MemoryJournal file)
      throws IOException, JournalException {
    Replay.Result result = Replay.of(file.saveIn(directory));
    assertEquals(Optional.empty(), result.difference(), "seed " + seed);
    return result;
  }

  private static void assertWhole(Replay.Result result, long seed) {
    assertTrue(result.summary().endsWith(", no difference"), seed + ": " + result.summary());
  }

  @Test
  void a_journal_replays_without_a_difference() throws IOException, JournalException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      MemoryJournal file = new MemoryJournal(new Chance(seed), false);
      run(seed, seed % 2 == 0, file, RecordedRun.AMPLE_BYTES);
      assertWhole(replayed(seed, file), seed);
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void it_stays_small_in_two_parts_that_fit_each_other() throws IOException, JournalException {
    final int maxBytes = 24_000;
    int rotations = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      MemoryJournal file = new MemoryJournal(new Chance(seed), false);
      run(seed, seed % 2 == 0, file, maxBytes);
      assertWhole(replayed(seed, file), seed);
      assertTrue(file.largestPart <= maxBytes / 2, seed + ": " + file.largestPart + " bytes");
      rotations += file.rotations;
    }
    assertTrue(rotations >= SEEDS / 20, rotations + " rotations");
    assertEquals(List.of(), warnings);
  }

  @Test
  void a_file_that_takes_nothing_for_a_while_costs_no_more_than_a_gap()
      throws IOException, JournalException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      MemoryJournal file = new MemoryJournal(new Chance(seed), true);
      run(seed, seed % 2 == 0, file, seed % 3 == 0 ? 14_000 : RecordedRun.AMPLE_BYTES);
      replayed(seed, file);
    }
    assertTrue(
        warnings.stream().allMatch(text -> text.contains("it goes on when there is room")),
        warnings::toString);
  }
}
