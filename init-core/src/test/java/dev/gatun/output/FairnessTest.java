package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A service that floods keeps neither the others' lines nor signals waiting. */
class FairnessTest {
  private static final int LINES = 10;
  private static final int FLOOD_CHUNKS = 400;
  private static final int SIGNALS = 99;

  /** What a turn may at most take up again of streams that were held up. */
  private static final int MAX_BATCHES_A_TURN = 9;

  /** A reader that takes so much a turn. */
  private static final class SlowReader implements LongUnaryOperator {
    private final long bytesATurn;
    private long left;

    SlowReader(long bytesATurn) {
      this.bytesATurn = bytesATurn;
    }

    void nextTurn() {
      left = bytesATurn;
    }

    @Override
    public long applyAsLong(long length) {
      long count = Math.min(length, left);
      left -= count;
      return count == 0 ? -Errno.EAGAIN : count;
    }
  }

  /** More than is read in the turns of a test. */
  private static byte[][] flood(int bytes) {
    byte[] chunk =
        "x".repeat(99).concat("\n").repeat(bytes / 100).getBytes(StandardCharsets.US_ASCII);
    byte[][] chunks = new byte[FLOOD_CHUNKS][];
    Arrays.fill(chunks, chunk);
    return chunks;
  }

  private static String line(int service, int turn) {
    return "s" + service + "/run: line " + turn + "\n";
  }

  private static PlaneBench bench(int quiet, int floodBytes) {
    PlaneBench bench = new PlaneBench(OutputFormat.PLAIN, Verbosity.WARN, 64 * 1024);
    bench.stdout("flood", Stage.RUN, flood(floodBytes));
    for (int i = 0; i < quiet; i++) {
      byte[][] lines = new byte[LINES][];
      for (int turn = 0; turn < LINES; turn++) {
        lines[turn] = PlaneBench.bytes("line " + turn + "\n");
      }
      bench.stdout("s" + i, Stage.RUN, lines);
    }
    return bench;
  }

  @Property(tries = 10)
  void betweenTwoBatchesOfAFloodEveryOtherStreamIsServed(
      @ForAll @IntRange(min = 1, max = 8) int quiet,
      @ForAll @IntRange(min = 100, max = 64 * 1024) int floodBytes) {
    PlaneBench bench = bench(quiet, floodBytes);
    for (int turn = 0; turn < 5; turn++) {
      bench.turn();
      String out = bench.out();
      for (int i = 0; i < quiet; i++) {
        assertTrue(out.contains(line(i, turn)), line(i, turn));
      }
    }
    bench.free();
  }

  /** What waits in the sink goes first; then everybody has a turn, again and again. */
  @Property(tries = 10)
  void aReaderThatLagsBehindGetsTheOthersLinesAllTheSame(
      @ForAll @IntRange(min = 1, max = 8) int quiet,
      @ForAll @IntRange(min = 32 * 1024, max = 512 * 1024) int bytesATurn) {
    SlowReader reader = new SlowReader(bytesATurn);
    PlaneBench bench = bench(quiet, 64 * 1024).answering(1, reader);
    int turnsForASink = (int) (2 * Sink.SOFT_LIMIT_BYTES / bytesATurn) + 1;
    for (int lines = 0; lines < 3; lines++) {
      for (int turn = 0; turn < turnsForASink; turn++) {
        reader.nextTurn();
        bench.turn();
      }
      String out = bench.out();
      for (int i = 0; i < quiet; i++) {
        assertTrue(out.contains(line(i, lines)), line(i, lines));
      }
    }
    bench.free();
  }

  @Property(tries = 10)
  void signalsAreHeardBetweenTheBatchesOfAFlood(
      @ForAll @IntRange(min = 100, max = 64 * 1024) int floodBytes,
      @ForAll @IntRange(min = 1, max = 64 * 1024) int bytesAWrite) {
    int[] heard = new int[1];
    PlaneBench bench =
        bench(1, floodBytes)
            .answering(1, length -> Math.min(length, bytesAWrite))
            .watching(SIGNALS, () -> heard[0]++);
    for (int turn = 1; turn <= 5; turn++) {
      int readsBefore = bench.reads;
      bench.turn();
      assertTrue(heard[0] >= turn, "not heard in turn " + turn);
      assertTrue(bench.reads - readsBefore <= 2 * MAX_BATCHES_A_TURN, "one turn takes too much");
    }
    bench.free();
  }
}
