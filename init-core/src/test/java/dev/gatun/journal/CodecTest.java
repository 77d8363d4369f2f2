package dev.gatun.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back as it was. */
class CodecTest {

  private static String written(Consumer<Lines> writes) {
    Backlog backlog = new Backlog();
    writes.accept(new Lines(backlog));
    assertTrue(backlog.endLine());
    return new String(backlog.bytes(), backlog.from(), backlog.size() - 1, StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<Event> events() {
    return Anything.of(Event.class);
  }

  @Provide
  Arbitrary<List<Effect>> effects() {
    return Anything.of(Effect.class).list().ofMaxSize(3);
  }

  @Provide
  Arbitrary<Plan> plans() {
    return Anything.plan();
  }

  @Provide
  Arbitrary<State> states() {
    return Anything.state();
  }

  @Property(tries = 1000)
  void every_event_and_every_effect_comes_back(
      @ForAll("events") Event event, @ForAll("effects") List<Effect> effects)
      throws JournalException {
    String line = written(lines -> lines.step(event, effects));
    assertFalse(line.contains("\n"), line);
    assertEquals(new Line.Stepped(event, effects), Line.parse(line, null));
  }

  @Property(tries = 300)
  void every_plan_comes_back(@ForAll("plans") Plan plan) throws JournalException {
    assertEquals(new Line.Planned(plan), Line.parse(written(lines -> lines.plan(plan)), null));
  }

  @Property(tries = 300)
  void every_state_comes_back(@ForAll("states") State state) throws JournalException {
    String line = written(lines -> lines.state(7, state, 3));
    assertEquals(new Line.Known(7, state, 3), Line.parse(line, state.plan()));
  }

  @Property(tries = 100)
  void the_boot_comes_back(@ForAll("effects") List<Effect> effects) throws JournalException {
    String line = written(lines -> lines.boot(12, effects));
    assertEquals(new Line.Booted(12, effects), Line.parse(line, null));
  }

  @Test
  void header_and_clock_come_back() throws JournalException {
    Header header = new Header("0.1.0", 1_800_000_000_000L, 2, 17, 1_800_000_000_123L);
    assertEquals(new Line.Begun(header), Line.parse(written(lines -> lines.header(header)), null));
    assertEquals(new Line.ClockSet(5, 6), Line.parse(written(lines -> lines.clock(5, 6)), null));
  }

  @Test
  void every_number_is_written_as_java_writes_it() {
    for (long power = 1; power > 0; power = power > Long.MAX_VALUE / 10 ? 0 : power * 10) {
      for (long number : new long[] {power - 1, power, power + 1, -power, 7 * (power / 7)}) {
        assertEquals(Long.toString(number), number(number));
      }
    }
    assertEquals(Long.toString(Long.MAX_VALUE), number(Long.MAX_VALUE));
    assertEquals(Long.toString(Long.MIN_VALUE), number(Long.MIN_VALUE));
  }

  private static String number(long number) {
    Backlog backlog = new Backlog();
    backlog.writeNumber(number);
    return new String(backlog.bytes(), 0, backlog.lineSize(), StandardCharsets.US_ASCII);
  }

  @Test
  void bytes_that_are_no_text_stay_readable() throws JournalException {
    ServiceName name = new ServiceName(OsString.ofBytes(new byte[] {'c', 'a', 'f', (byte) 0xe9}));
    String line = written(lines -> lines.step(new Event.TimePassed(1), List.of(pipe(name))));
    assertEquals(
        "{\"at\":1,\"event\":\"timePassed\",\"effects\":[[\"openLogPipe\",{\"bytes\":\"café\"}]]}",
        line);
    assertEquals(
        List.of(pipe(name)),
        assertInstanceOf(Line.Stepped.class, Line.parse(line, null)).effects());
  }

  private static Effect pipe(ServiceName service) {
    return new Effect.OpenLogPipe(service);
  }

  @Test
  void what_cannot_be_read_is_said() {
    assertEquals("the member effects is missing", complaint("{\"at\":1,\"event\":\"timePassed\"}"));
    assertEquals(
        "tea stands where there should be the name of an event",
        complaint("{\"at\":1,\"event\":\"tea\",\"effects\":[]}"));
    assertEquals(
        "x stands where there should be a whole number",
        complaint("{\"at\":\"x\",\"event\":\"timePassed\",\"effects\":[]}"));
    assertEquals(
        "its format is version 2, and this Gatun knows version 1: use the gatun that wrote it, 9.0",
        complaint("{\"journal\":2,\"gatun\":\"9.0\"}"));
  }

  private static String complaint(String line) {
    return assertThrows(JournalException.class, () -> Line.parse(line, null)).getMessage();
  }
}
