package dev.gatun.output;

import static dev.gatun.output.PlaneBench.TIME;
import static dev.gatun.output.PlaneBench.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.model.Deadline;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens from turn to turn when nobody reads, a disk is full, or nobody is left. */
class OutputTurnsTest {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int LINE = 10_000;

  private final PlaneBench bench = PlaneBench.plain();
  private boolean blocked = true;
  private int writes;

  @AfterEach
  void free() {
    bench.free();
  }

  /** From now on writing fails so as long as it is blocked. */
  private void failing(int standardDescriptor, int error) {
    bench.answering(
        standardDescriptor,
        length -> {
          writes++;
          return blocked ? -error : length;
        });
  }

  private static byte[] line(char letter) {
    byte[] line = new byte[LINE];
    Arrays.fill(line, (byte) letter);
    line[LINE - 1] = '\n';
    return line;
  }

  /** More than waits in a sink, in pieces of a line each. */
  private static byte[][] flood(char letter) {
    byte[][] lines = new byte[80][];
    Arrays.fill(lines, line(letter));
    return lines;
  }

  private long flooded(char letter) {
    return bench.out().chars().filter(c -> c == letter).count();
  }

  private void turns(int count) {
    for (int i = 0; i < count; i++) {
      bench.turn();
    }
  }

  @Test
  void without_anything_to_do_there_is_no_deadline_and_nothing_is_written() {
    assertEquals(Deadline.NEVER, bench.plane.nextDeadline());
    assertFalse(bench.plane.flush());
    bench.stdout("api", Stage.RUN, bytes("a\n")).turn();
    assertFalse(bench.plane.flush());
    assertEquals(Deadline.NEVER, bench.plane.nextDeadline());
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void whoever_writes_is_told(int descriptor) {
    if (descriptor == 1) {
      bench.stdout("api", Stage.RUN, bytes("a\n"));
    } else {
      bench.stderr("api", Stage.RUN, bytes("a\n"));
    }
    failing(descriptor, Errno.EAGAIN);
    bench.turn();
    assertFalse(bench.plane.flush());
    assertEquals(Interest.WRITABLE, bench.watchedFor(descriptor));
    assertEquals(Deadline.NEVER, bench.plane.nextDeadline());
    blocked = false;
    assertTrue(bench.plane.flush());
    assertNull(bench.watchedFor(descriptor));
    assertEquals(TIME + " api/run: a\n", descriptor == 1 ? bench.out() : bench.err());
  }

  @Test
  void a_full_disk_is_tried_again_after_a_pause_and_nothing_is_lost() {
    bench.nowNanos = 5;
    failing(1, Errno.ENOSPC);
    bench.stdout("api", Stage.RUN, bytes("a\n")).turn();
    assertEquals(
        TIME
            + " gatun: error: cannot write to standard output: error 28:"
            + " services that write there wait until it can be written\n",
        bench.err());
    assertNull(bench.watchedFor(1));
    assertEquals(new Deadline(5 + PAUSE_NANOS), bench.plane.nextDeadline());
    bench.nowNanos = 4 + PAUSE_NANOS;
    assertFalse(bench.plane.flush());
    assertEquals(1, writes);
    bench.nowNanos = 5 + PAUSE_NANOS;
    assertFalse(bench.plane.flush());
    assertEquals(2, writes);
    assertEquals(new Deadline(5 + 2 * PAUSE_NANOS), bench.plane.nextDeadline());
    blocked = false;
    bench.nowNanos = 5 + 2 * PAUSE_NANOS;
    assertTrue(bench.plane.flush());
    assertEquals(TIME + " api/run: a\n", bench.out());
    assertTrue(
        bench.err().endsWith(" gatun: warning: can write to standard output again: lost 0 B\n"));
    assertEquals(Deadline.NEVER, bench.plane.nextDeadline());
  }

  @Test
  void standard_error_that_is_a_full_disk_is_tried_again_as_well() {
    failing(2, Errno.EDQUOT);
    bench.stderr("api", Stage.RUN, bytes("a\n")).turn();
    assertEquals(new Deadline(PAUSE_NANOS), bench.plane.nextDeadline());
    blocked = false;
    bench.nowNanos = PAUSE_NANOS;
    assertTrue(bench.plane.flush());
    assertTrue(bench.err().startsWith(TIME + " api/run: a\n"));
  }

  @Test
  void a_flood_that_is_held_up_goes_on_in_further_turns() {
    boolean[] takes = {false};
    bench.answering(
        1,
        length -> {
          takes[0] = blocked || !takes[0];
          return blocked || takes[0] ? -Errno.EAGAIN : Math.min(length, LINE);
        });
    bench.stdout("api", Stage.RUN, flood('f'));
    turns(100);
    assertNull(bench.watchedFor(10));
    assertEquals(Deadline.NEVER, bench.plane.nextDeadline());
    blocked = false;
    assertTrue(bench.plane.flush());
    long written = bench.bytesOf(1).length;
    assertTrue(written > LINE && written < 20 * LINE, "in one turn: " + written);
    assertEquals(new Deadline(bench.nowNanos), bench.plane.nextDeadline());
    bench.toTheEnd();
    assertEquals(80 * (LINE - 1), flooded('f'));
  }

  @Test
  void a_flood_that_a_full_disk_holds_up_waits_for_the_pause_and_not_in_turns() {
    failing(1, Errno.ENOSPC);
    bench.stdout("api", Stage.RUN, flood('f'));
    turns(100);
    assertEquals(1, writes);
    assertEquals(new Deadline(PAUSE_NANOS), bench.plane.nextDeadline());
  }

  @Test
  void the_end_of_a_line_is_held_up_too() {
    String last = "l".repeat(LINE + 1000);
    failing(1, Errno.EAGAIN);
    bench.stdout("flooding", Stage.RUN, flood('f'));
    turns(100);
    bench.stdout("brief", Stage.RUN, bytes(last));
    turns(3);
    assertFalse(bench.isClosed(1));
    blocked = false;
    bench.toTheEnd();
    assertEquals(1, bench.out().split("brief/run: " + last + "\n", -1).length - 1);
    assertTrue(bench.isClosed(1));
  }

  @ParameterizedTest
  @EnumSource(OutputFormat.class)
  void lines_that_are_no_objects_are_held_up_as_well(OutputFormat format) {
    PlaneBench bench = new PlaneBench(format, Verbosity.WARN, LINE);
    boolean reported = format == OutputFormat.JSON || format == OutputFormat.TRUSTED_JSON;
    int descriptor = reported ? 2 : 1;
    bench.answering(descriptor, length -> blocked ? -Errno.EAGAIN : length);
    bench.stdout("api", Stage.RUN, flood('f'));
    for (int i = 0; i < 100; i++) {
      bench.turn();
    }
    blocked = false;
    bench.toTheEnd();
    String text = descriptor == 1 ? bench.out() : bench.err();
    assertEquals(80 * (LINE - 1), text.chars().filter(c -> c == 'f').count());
  }

  @ParameterizedTest
  @EnumSource(OutputFormat.class)
  void streams_that_end_give_their_memory_back(OutputFormat format) {
    PlaneBench bench = new PlaneBench(format, Verbosity.WARN, LINE);
    int before = bench.memory().blockCount();
    bench.stdout("api", Stage.RUN, bytes("{}\ntext\n")).stderr("api", Stage.RUN, bytes("a\n"));
    assertTrue(bench.memory().blockCount() > before);
    for (int i = 0; i < 5; i++) {
      bench.turn();
    }
    assertEquals(before, bench.memory().blockCount());
    bench.free();
  }

  @Test
  void what_is_in_a_pipe_that_somebody_holds_open_is_taken_at_the_end() {
    bench.whenEmpty = -Errno.EAGAIN;
    bench.stdout("api", Stage.RUN, bytes("a\n"), bytes("b\nc"), bytes("d"));
    turns(5);
    assertFalse(bench.isClosed(0));
    assertFalse(bench.plane.isDrained());
    bench.plane.drain();
    assertTrue(bench.isClosed(0));
    assertFalse(bench.plane.isDrained());
    bench.plane.flush();
    assertTrue(bench.plane.isDrained());
    String mark = TIME + " api/run: ";
    assertEquals(mark + "a\n" + mark + "b\n" + mark + "cd\n", bench.out());
  }

  @Test
  void all_that_is_in_a_pipe_is_taken_in_one_go_at_the_end() {
    bench.whenEmpty = -Errno.EAGAIN;
    bench.stdout("api", Stage.RUN, flood('x')[0], bytes("b\n"), bytes("c\n"));
    bench.plane.drain();
    assertTrue(bench.isClosed(0));
    assertTrue(bench.plane.flush());
    assertTrue(bench.out().endsWith(" api/run: b\n" + TIME + " api/run: c\n"));
  }

  @Test
  void whoever_writes_on_and_on_does_not_keep_the_container_from_ending() {
    byte[][] chunks = new byte[2000][];
    Arrays.fill(chunks, bytes("x\n"));
    bench.stdout("api", Stage.RUN, chunks);
    bench.plane.drain();
    assertTrue(bench.isClosed(0));
    assertEquals(1024, bench.reads);
    bench.plane.flush();
    assertTrue(bench.plane.isDrained());
    assertEquals(1024, bench.out().lines().count());
  }

  @Test
  void a_pipe_that_cannot_be_read_is_closed_with_what_it_held() {
    bench.stdout("api", Stage.RUN, bytes("a\nb"));
    turns(1);
    bench.failure = () -> -Errno.EIO;
    turns(1);
    assertTrue(bench.isClosed(0));
    assertEquals(TIME + " api/run: a\n" + TIME + " api/run: b\n", bench.out());
  }

  @Test
  void what_is_held_up_at_the_end_comes_once() {
    failing(1, Errno.EAGAIN);
    bench.stdout("api", Stage.RUN, flood('f'));
    turns(100);
    bench.plane.drain();
    bench.plane.drain();
    assertFalse(bench.plane.isDrained());
    blocked = false;
    for (int i = 0; i < 100 && !bench.plane.isDrained(); i++) {
      bench.turn();
    }
    assertTrue(bench.plane.isDrained());
    assertEquals(80 * (LINE - 1), flooded('f'));
  }

  @Test
  void what_is_lost_at_the_end_is_counted() {
    failing(1, Errno.EAGAIN);
    failing(2, Errno.EAGAIN);
    bench.whenEmpty = -Errno.EAGAIN;
    bench
        .stdout("api", Stage.RUN, bytes("a\npiece"))
        .stdout("web", Stage.RUN, bytes("piece"))
        .stderr("api", Stage.RUN, bytes("abc\n"));
    turns(3);
    int mark = TIME.length() + " api/run: ".length();
    assertEquals(
        (mark + 2)
            + " bytes for standard output, "
            + (mark + 4)
            + " for standard error and 10 of unfinished streams are lost;"
            + " GATUN_DRAIN_TIMEOUT sets how long to wait",
        bench.plane.unwritten());
  }
}
