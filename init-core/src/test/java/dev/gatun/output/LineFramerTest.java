package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bytes become lines, and what becomes of the memory that they were read into. */
class LineFramerTest {
  private static final int LIMIT = 64 * 1024;

  private final PlaneBench bench = PlaneBench.plain();
  private final LineFramer framer = new LineFramer(bench.memory(), LIMIT);
  private int pipe;

  @AfterEach
  void free() {
    framer.free();
    bench.free();
  }

  private void holds(byte[]... chunks) {
    pipe = bench.pipe(chunks);
  }

  private long fill() {
    return framer.fill(bench, pipe);
  }

  /** That many bytes, the last of which is a newline. */
  private static byte[] line(int length) {
    byte[] line = new byte[length];
    Arrays.fill(line, (byte) 'x');
    line[length - 1] = '\n';
    return line;
  }

  private String next() {
    assertTrue(framer.nextLine());
    return consumed();
  }

  private String consumed() {
    byte[] line = bench.memory().bytes(framer.lineAddress(), (int) framer.lineLength());
    framer.consume();
    return new String(line, StandardCharsets.UTF_8);
  }

  @Test
  void lines_are_found_one_by_one_and_a_piece_waits_for_its_end() {
    holds(PlaneBench.bytes("one\n\nthr"), PlaneBench.bytes("ee\nfour"));
    assertEquals(8, fill());
    assertEquals("one", next());
    assertEquals("", next());
    assertFalse(framer.nextLine());
    assertEquals(3, framer.waitingBytes());
    assertEquals(7, fill());
    assertEquals("three", next());
    assertFalse(framer.nextLine());
    assertTrue(framer.lastLine());
    assertEquals(4, framer.lineLength());
    framer.consume();
    assertEquals(0, framer.waitingBytes());
    assertFalse(framer.lastLine());
  }

  @Test
  void a_line_is_found_again_until_it_is_consumed() {
    holds(PlaneBench.bytes("one\ntwo\n"));
    fill();
    assertTrue(framer.nextLine());
    assertTrue(framer.nextLine());
    assertEquals("one", next());
    assertEquals("two", next());
  }

  /** A read that went over the end of the memory would throw here. */
  @Test
  void pieces_of_lines_go_to_the_front_before_there_is_no_room_to_read() {
    byte[] lines = new byte[5 * LineFramer.READ_BYTES];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = (byte) (i % 10_007 == 10_006 ? '\n' : 'a' + i % 23);
    }
    holds(lines);
    StringBuilder all = new StringBuilder();
    while (fill() > 0) {
      while (framer.nextLine()) {
        all.append(next()).append('\n');
      }
    }
    framer.lastLine();
    all.append(consumed());
    assertEquals(new String(lines, StandardCharsets.US_ASCII), all.toString());
  }

  @ParameterizedTest
  @CsvSource({"1, true", "4096, true", "4097, false"})
  void only_a_small_piece_goes_to_the_front_earlier(int length, boolean goes) {
    byte[] lineAndPiece = Arrays.copyOf(line(10_000), 10_000 + length);
    Arrays.fill(lineAndPiece, 10_000, 10_000 + length, (byte) 'y');
    holds(lineAndPiece, line(1));
    fill();
    assertTrue(framer.nextLine());
    long front = framer.lineAddress();
    framer.consume();
    fill();
    assertTrue(framer.nextLine());
    assertEquals(length, framer.lineLength());
    assertEquals(goes, framer.lineAddress() == front);
  }

  @Test
  void the_memory_of_a_burst_is_given_back_after_it() {
    holds(line(50_000), line(60_000), line(10));
    fill();
    next();
    fill();
    next();
    assertEquals(0, bench.memory().discardedBytes());
    fill();
    assertEquals(60_000 - 10, bench.memory().discardedBytes());
    assertEquals("xxxxxxxxx", next());
  }

  @ParameterizedTest
  @CsvSource({"32778, 10, 0", "32779, 10, 32769", "60000, 4096, 55904", "60000, 4097, 0"})
  void memory_is_given_back_when_it_is_worth_it(int burst, int after, long discarded) {
    holds(line(burst), line(after));
    fill();
    next();
    fill();
    assertEquals(discarded, bench.memory().discardedBytes());
  }

  @Test
  void what_waits_is_not_given_back() {
    holds(line(60_000), PlaneBench.bytes("a piece"), PlaneBench.bytes(" of a line\n"));
    fill();
    next();
    fill();
    fill();
    assertEquals("a piece of a line", next());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100})
  void a_read_that_is_interrupted_is_tried_again(int times) {
    holds(line(5));
    bench.failure = () -> bench.reads <= times ? -Errno.EINTR : 0;
    assertEquals(5, fill());
  }

  @Test
  void a_read_that_is_interrupted_all_the_time_is_given_up() {
    holds(line(5));
    bench.failure = () -> -Errno.EINTR;
    assertEquals(-Errno.EINTR, fill());
    assertEquals(101, bench.reads);
    assertEquals(0, framer.waitingBytes());
  }

  @Test
  void a_read_that_fails_leaves_what_waits_alone() {
    holds(PlaneBench.bytes("a piece"), line(1));
    fill();
    bench.failure = () -> -Errno.EIO;
    assertEquals(-Errno.EIO, fill());
    assertEquals(7, framer.waitingBytes());
    bench.failure = () -> 0;
    fill();
    assertEquals("a piece", next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀"})
  void a_part_ends_between_characters(String character) {
    byte[] bytes = PlaneBench.bytes(character);
    for (int before = 1; before <= bytes.length; before++) {
      String start = "x".repeat(LIMIT - before);
      holds(PlaneBench.bytes(start + character + "y\n"));
      fill();
      assertTrue(framer.nextLine());
      assertTrue(framer.isPart());
      int expected = before == bytes.length ? LIMIT : LIMIT - before;
      assertEquals(expected, framer.lineLength());
      framer.consume();
      String rest = before == bytes.length ? "y" : character + "y";
      assertTrue(framer.nextLine());
      assertFalse(framer.isPart());
      assertEquals(rest, next());
    }
  }

  /** What is no UTF-8 is cut somewhere, and nothing of it is lost. */
  @Test
  void a_part_goes_back_by_no_more_than_three_bytes() {
    byte[] line = new byte[LIMIT + 10];
    Arrays.fill(line, (byte) 0x80);
    holds(line);
    fill();
    assertTrue(framer.nextLine());
    assertEquals(LIMIT - 3, framer.lineLength());
  }
}
