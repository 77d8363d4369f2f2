package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.OutputChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits in a sink, what is written of it and what is lost. */
class SinkTest {
  private static final int SOFT = (int) Sink.SOFT_LIMIT_BYTES;
  private static final int LARGEST = 1000;

  /** Takes as many bytes as it is told to, then answers as it is told to. */
  private final class Reader implements OutputChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final List<Integer> widened = new ArrayList<>();
    long most = Long.MAX_VALUE;
    long left = Long.MAX_VALUE;
    long answer = -Errno.EAGAIN;
    int calls;

    @Override
    public long write(long address, long length) {
      calls++;
      long count = Math.min(length, Math.min(most, left));
      if (count == 0) {
        return answer;
      }
      left -= count;
      taken.writeBytes(bench.memory().bytes(address, (int) count));
      return count;
    }

    @Override
    public void widen(int bytes) {
      widened.add(bytes);
    }

    @Override
    public int descriptor() {
      return -1;
    }
  }

  private final PlaneBench bench = PlaneBench.plain();
  private final Reader reader = new Reader();
  private final Sink sink = new Sink("test", bench, reader, LARGEST);
  private final ByteArrayOutputStream appended = new ByteArrayOutputStream();

  @AfterEach
  void free() {
    bench.free();
  }

  private void append(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((appended.size() + i) % 251);
    }
    appended.writeBytes(bytes);
    sink.append(bytes, 0, length);
  }

  private void reads(long bytes) {
    reader.left = bytes;
    sink.flush();
  }

  private void assertAllArrives() {
    reads(Long.MAX_VALUE);
    assertTrue(sink.isEmpty());
    assertEquals(appended.size(), sink.writtenBytes());
    assertArrayEquals(appended.toByteArray(), reader.taken.toByteArray());
  }

  @Test
  void what_waits_may_reach_the_soft_limit_and_not_exceed_it() {
    assertTrue(sink.hasRoom(SOFT + LARGEST));
    assertEquals(SOFT, sink.room());
    append(300);
    assertTrue(sink.hasRoom(SOFT - 300));
    assertFalse(sink.hasRoom(SOFT - 299));
    assertEquals(SOFT - 300, sink.room());
    assertEquals(300, sink.waitingBytes());
  }

  @Test
  void what_must_be_said_may_fill_it_to_its_brim() {
    append(SOFT);
    assertTrue(sink.hasAnyRoom(LARGEST));
    assertFalse(sink.hasAnyRoom(LARGEST + 1));
  }

  @Test
  void what_has_been_written_makes_room_for_a_line() {
    append(SOFT - 100);
    reads(SOFT / 2);
    assertTrue(sink.hasRoom(SOFT / 2));
    append(SOFT / 2);
    assertAllArrives();
  }

  @Test
  void what_has_been_written_makes_room_for_what_must_be_said() {
    append(SOFT);
    reads(SOFT / 2);
    assertTrue(sink.hasAnyRoom(SOFT / 2 + LARGEST));
    append(SOFT / 2 + LARGEST);
    assertAllArrives();
  }

  @Test
  void what_has_been_written_makes_room_for_whole_lines() {
    append(SOFT + LARGEST);
    reads(SOFT);
    assertEquals(SOFT - LARGEST, sink.room());
    append(SOFT - LARGEST);
    assertAllArrives();
  }

  @Test
  void room_ends_where_the_memory_does() {
    append(SOFT - 1);
    reads(SOFT - 2);
    assertEquals(1 + LARGEST, sink.room());
    append(1 + LARGEST);
    assertAllArrives();
  }

  @Test
  void writing_says_whether_it_made_room() {
    append(10);
    reader.left = 0;
    assertFalse(sink.flush());
    reader.left = 3;
    assertTrue(sink.flush());
    assertEquals(7, sink.waitingBytes());
    assertEquals(3, sink.writtenBytes());
    assertEquals(0, sink.error());
  }

  @ParameterizedTest
  @ValueSource(longs = {-Errno.EINTR, 0})
  void interruptions_without_end_do_not_hold_up_the_loop(long answer) {
    append(10);
    reader.left = 0;
    reader.answer = answer;
    assertFalse(sink.flush());
    assertEquals(100, reader.calls);
    assertEquals(List.of(), reader.widened);
    assertAllArrives();
  }

  @Test
  void a_reader_that_goes_away_loses_what_waits_and_nothing_else() {
    append(10);
    reads(4);
    reader.answer = -Errno.EPIPE;
    reader.left = 0;
    assertTrue(sink.flush());
    assertEquals(6, sink.lostBytes());
    assertEquals(Errno.EPIPE, sink.error());
    assertFalse(sink.isStalled());
    assertTrue(sink.isEmpty());
    append(5);
    reads(5);
    assertEquals(9, sink.writtenBytes());
    assertEquals(6, sink.lostBytes());
    assertEquals(0, sink.error());
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOSPC, Errno.EDQUOT, Errno.ENOMEM, Errno.ENOBUFS})
  void a_disk_that_is_full_loses_nothing(int error) {
    append(10);
    reader.left = 0;
    reader.answer = -error;
    assertFalse(sink.flush());
    assertTrue(sink.isStalled());
    assertEquals(error, sink.error());
    assertEquals(0, sink.lostBytes());
    assertAllArrives();
    assertFalse(sink.isStalled());
  }

  @Test
  void a_pipe_that_is_full_again_and_again_is_asked_once_to_hold_more() {
    for (int i = 0; i < 7; i++) {
      append(10);
      reads(5);
    }
    reads(Long.MAX_VALUE);
    append(10);
    reads(10);
    assertEquals(List.of(), reader.widened);
    for (int i = 0; i < 3; i++) {
      append(10);
      reads(5);
    }
    assertEquals(List.of(1024 * 1024), reader.widened);
    assertAllArrives();
  }

  @ParameterizedTest
  @CsvSource({"1048576, 0", "1048577, 1", "1500000, 451424"})
  void the_memory_of_a_large_line_is_given_back_when_it_is_written(int length, long discarded) {
    Sink large = new Sink("test", bench, reader, 1 << 20);
    byte[] line = new byte[length];
    large.append(line, 0, length);
    reader.left = length - 1;
    large.flush();
    assertEquals(0, bench.memory().discardedBytes());
    reader.left = 1;
    large.flush();
    assertEquals(discarded, bench.memory().discardedBytes());
    large.append(line, 0, 10);
    reader.left = 10;
    large.flush();
    assertEquals(discarded, bench.memory().discardedBytes());
  }
}
