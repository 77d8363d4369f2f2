package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Memory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stamper does where the room in its sink ends. */
class StamperRoomTest {
  private static final Memory MEMORY = PlaneBytes.MEMORY;
  private static final Scanners SCANNERS = new Scanners(MEMORY);
  private static final byte[] LINE = "{\"a\":\"b\\tc\"}\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = LINE.length - 1;

  /** So many lines that they are worth the preparations of the faster scanner. */
  private static final int MANY = CheckingStamper.FEW_BYTES / LINE.length + 1;

  /** Every line has two fields of the same size. */
  private static final class TwoFields implements LineConverter {
    private static final byte[] MEMBERS =
        "\"head\":\"{1}\",\"tail\":\"[2]\"".getBytes(StandardCharsets.US_ASCII);

    @Override
    public int convert(byte[] line, int length, long nowMillis) {
      return MEMBERS.length;
    }

    @Override
    public byte[] members() {
      return MEMBERS;
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }
  }

  private enum Kind {
    JSON,
    TRUSTED,
    STRICT,
    PATTERN,
    PREFIX;

    Stamper on(Sink sink) {
      return on(sink, 1 << 20);
    }

    Stamper on(Sink sink, long largestBytes) {
      return switch (this) {
        case JSON ->
            new JsonStamper(
                MEMORY, sink, "api", "run", SCANNERS, new PrefixStamper(MEMORY, sink, "api: "));
        case TRUSTED ->
            new TrustingStamper(
                MEMORY, sink, "api", "run", new PrefixStamper(MEMORY, sink, "api: "));
        case STRICT -> new StrictStamper(MEMORY, sink, "api", "run", SCANNERS);
        case PATTERN ->
            new PatternStamper(
                MEMORY,
                sink,
                "api",
                "run",
                new TwoFields(),
                new byte[PatternStamper.MATCHED_BYTES],
                largestBytes,
                text -> {});
        case PREFIX -> new PrefixStamper(MEMORY, sink, "api/run: ");
      };
    }
  }

  private static Sink sink() {
    PlaneBytes.Written blocked = new PlaneBytes.Written();
    blocked.answer = -Errno.EAGAIN;
    return PlaneBytes.sink(blocked);
  }

  private static Sink sinkWithRoomFor(long bytes) {
    Sink sink = sink();
    byte[] all = new byte[(int) (Sink.SOFT_LIMIT_BYTES - bytes)];
    sink.append(all, 0, all.length);
    return sink;
  }

  private static boolean stamp(Stamper stamper, boolean part) {
    return PlaneBytes.with(LINE, at -> stamper.stamp(at, LENGTH, part));
  }

  private static long needed(Kind kind, boolean part) {
    Sink sink = sink();
    assertTrue(stamp(kind.on(sink), part));
    return sink.waitingBytes();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_line_is_passed_on_where_all_of_it_fits_and_else_nothing_of_it(Kind kind) {
    long needed = needed(kind, false);
    assertTrue(stamp(kind.on(sinkWithRoomFor(needed + 8)), false));
    Sink full = sinkWithRoomFor(needed - 1);
    assertFalse(stamp(kind.on(full), false));
    assertEquals(Sink.SOFT_LIMIT_BYTES - (needed - 1), full.waitingBytes());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void so_is_a_part_of_a_line(Kind kind) {
    long needed = needed(kind, true);
    assertTrue(stamp(kind.on(sinkWithRoomFor(needed + 8)), true));
    Sink full = sinkWithRoomFor(needed - 1);
    Stamper stamper = kind.on(full);
    assertFalse(stamp(stamper, true));
    assertEquals(Sink.SOFT_LIMIT_BYTES - (needed - 1), full.waitingBytes());
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whole_lines_at_once_stay_below_the_limit_too(Kind kind) {
    long needed = needed(kind, false);
    for (long room : new long[] {0, needed - 1, needed, needed + 1, needed + 2, 2 * needed}) {
      Sink sink = sinkWithRoomFor(room);
      long before = sink.waitingBytes();
      Stamper stamper = kind.on(sink);
      long consumed =
          PlaneBytes.with(LINE, at -> stamper.stampLines(at, at + LINE.length, LINE.length) - at);
      long added = sink.waitingBytes() - before;
      assertTrue(consumed == 0 && added == 0 || consumed == LINE.length && added == needed);
      assertTrue(added <= room, added + " bytes where there was room for " + room);
      stamper.free();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"JSON", "TRUSTED", "STRICT", "PREFIX"})
  void whole_lines_at_once_are_passed_on_where_there_is_room(Kind kind) {
    Sink sink = sink();
    byte[] lines = lines(MANY);
    Stamper stamper = kind.on(sink);
    long consumed =
        PlaneBytes.with(lines, at -> stamper.stampLines(at, at + lines.length, LENGTH) - at);
    assertEquals(lines.length, consumed);
    assertEquals(MANY * needed(kind, false), sink.waitingBytes());
  }

  private static byte[] lines(int count) {
    byte[] lines = new byte[count * LINE.length];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = LINE[i % LINE.length];
    }
    return lines;
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"JSON", "TRUSTED", "STRICT", "PREFIX"})
  void of_many_lines_those_are_passed_on_that_there_is_room_for(Kind kind) {
    long needed = needed(kind, false);
    Sink sink = sinkWithRoomFor(3 * needed - 1);
    long before = sink.waitingBytes();
    Stamper stamper = kind.on(sink);
    byte[] lines = lines(MANY);
    long consumed =
        PlaneBytes.with(lines, at -> stamper.stampLines(at, at + lines.length, LENGTH) - at);
    assertEquals(2L * LINE.length, consumed);
    assertEquals(2 * needed, sink.waitingBytes() - before);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"JSON", "TRUSTED", "STRICT", "PREFIX"})
  void a_line_over_the_limit_is_left_to_be_cut_into_parts(Kind kind) {
    Sink sink = sink();
    Stamper stamper = kind.on(sink);
    byte[] lines = lines(MANY);
    long consumed =
        PlaneBytes.with(lines, at -> stamper.stampLines(at, at + lines.length, LENGTH - 1) - at);
    assertEquals(0, consumed);
    assertEquals(0, sink.waitingBytes());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"JSON", "TRUSTED", "STRICT"})
  void the_rest_of_a_line_in_parts_is_no_line_of_its_own(Kind kind) {
    Stamper stamper = kind.on(sink());
    assertTrue(stamp(stamper, true));
    byte[] lines = lines(MANY);
    long consumed =
        PlaneBytes.with(lines, at -> stamper.stampLines(at, at + lines.length, LENGTH) - at);
    assertEquals(0, consumed);
  }

  @Test
  void an_object_may_be_as_large_as_the_sink_takes_in_one_piece() {
    long needed = needed(Kind.PATTERN, false);
    Sink sink = sink();
    assertTrue(stamp(Kind.PATTERN.on(sink, needed), false));
    assertEquals(needed, sink.waitingBytes());
    Sink other = sink();
    assertTrue(stamp(Kind.PATTERN.on(other, needed - 1), false));
    assertTrue(other.waitingBytes() != needed);
  }
}
