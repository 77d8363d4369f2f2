package dev.gatun.journal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.journal.Anything;
import dev.gatun.journal.JournalException;
import dev.gatun.journal.record.Header;
import dev.gatun.journal.record.WrittenLines;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back as it was. */
class CodecTest {
  private static final Environment ENVIRONMENT =
      new Environment(List.of(OsString.of("PATH=/bin"), OsString.of("A=b c")));

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
    return Anything.of(Plan.class);
  }

  @Provide
  Arbitrary<State> states() {
    return Anything.of(State.class);
  }

  @Property(tries = 1000)
  void every_event_and_every_effect_comes_back(
      @ForAll("events") Event event, @ForAll("effects") List<Effect> effects)
      throws JournalException {
    String line = new WrittenLines().step(event, effects);
    assertEquals(new Line.Stepped(event, effects), new LineReader().read(line));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void every_plan_comes_back(@ForAll("plans") Plan plan) throws JournalException {
    assertEquals(new Line.Planned(plan), new LineReader().read(new WrittenLines().plan(plan)));
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void every_state_comes_back(@ForAll("states") State state) throws JournalException {
    WrittenLines lines = new WrittenLines();
    LineReader reader = new LineReader();
    reader.read(lines.plan(state.plan()));
    Line read = reader.read(lines.state(7, state, 3));
    assertEquals(new Line.Known(7, state, 3), read);
  }

  /** They refer to what stands before. */
  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void a_part_comes_back(
      @ForAll("states") State state,
      @ForAll("effects") List<Effect> boot,
      @ForAll("events") Event event,
      @ForAll("effects") List<Effect> effects)
      throws JournalException {
    WrittenLines lines = new WrittenLines();
    LineReader reader = new LineReader();
    reader.read(lines.header(new Header("1", 2, 3, 4, 5)));
    reader.read(lines.plan(state.plan()));
    assertEquals(new Line.Booted(12, boot), reader.read(lines.boot(12, boot)));
    for (int i = 0; i < 2; i++) {
      assertEquals(new Line.Stepped(event, effects), reader.read(lines.step(event, effects)));
      assertEquals(new Line.Known(12, state, i), reader.read(lines.state(12, state, i)));
    }
  }

  @Test
  void header_and_clock_come_back() throws JournalException {
    Header header = new Header("0.1.0", 1_800_000_000_000L, 2, 17, 1_800_000_000_123L);
    WrittenLines lines = new WrittenLines();
    LineReader reader = new LineReader();
    assertEquals(new Line.Begun(header), reader.read(lines.header(header)));
    assertEquals(new Line.ClockSet(5, 6), reader.read(lines.clock(5, 6)));
  }

  @Test
  void what_is_known_is_not_repeated() throws JournalException {
    ServiceId web = ServiceId.run(ServiceName.of("web"));
    Program run = Program.of(OsString.of("/etc/service/web/run"), OsString.of("/etc/service/web"));
    Plan plan =
        Plan.builder().environment(ENVIRONMENT).add(Service.longrun(web, run).build()).build();
    Incarnation who = new Incarnation(web.name(), Stage.RUN, 1);
    List<Effect> effects =
        List.of(
            new Effect.Spawn(
                who,
                plan.services().getFirst().program(),
                plan.environment(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Effect.SendSignal(who, Signal.TERM));
    WrittenLines lines = new WrittenLines();
    LineReader reader = new LineReader();
    assertEquals(new Line.Planned(plan), reader.read(lines.plan(plan)));
    String line = lines.boot(3, effects);
    assertEquals(
        "{\"at\":3,\"event\":\"boot\",\"effects\":[[\"spawn\",[\"web\",\"run\",1]],"
            + "[\"sendSignal\",null,\"TERM\"]]}",
        line);
    assertEquals(new Line.Booted(3, effects), reader.read(line));
    String alone = new WrittenLines().boot(3, effects);
    assertTrue(alone.contains("\"path\":\"/etc/service/web/run\""), alone);
    assertTrue(alone.contains("[\"PATH=/bin\",\"A=b c\"]"), alone);
    assertEquals(new Line.Booted(3, effects), new LineReader().read(alone));
  }

  @Test
  void bytes_that_are_no_text_stay_readable() throws JournalException {
    ServiceName name = new ServiceName(OsString.ofBytes(new byte[] {'c', 'a', 'f', (byte) 0xe9}));
    List<Effect> effects = List.of(new Effect.ReleaseService(name));
    String line = new WrittenLines().step(new Event.TimePassed(1), effects);
    assertEquals(
        "{\"at\":1,\"event\":\"timePassed\",\"effects\":[[\"releaseService\",{\"bytes\":\"café\"}]]}",
        line);
    assertEquals(
        effects, assertInstanceOf(Line.Stepped.class, new LineReader().read(line)).effects());
  }

  @Test
  void what_cannot_be_read_is_said() {
    assertEquals(
        "tea stands where there should be a kind of Event",
        complaint("{\"at\":1,\"event\":\"tea\"}"));
    assertEquals(
        "x stands where there should be a whole number",
        complaint("{\"at\":\"x\",\"event\":\"timePassed\"}"));
    assertEquals(
        "this cannot be: no service is a TERM",
        complaint("{\"event\":\"orderReceived\",\"service\":[\"a\",\"term\"]}"));
    assertEquals(
        "nothing before says which Incarnation it is",
        complaint("{\"event\":\"timePassed\",\"effects\":[[\"sendSignal\",null,\"TERM\"]]}"));
    assertEquals(
        "the service a/run is not described before",
        complaint("{\"event\":\"timePassed\",\"effects\":[[\"spawn\",[\"a\",\"run\",1]]]}"));
    assertEquals("a line is no object", complaint("[]"));
    assertEquals("a line says nothing that a journal says", complaint("{}"));
  }

  @Test
  void another_format_is_refused_with_what_to_do() {
    assertEquals(
        "its format is version 1, and this Gatun knows version 2: use the gatun that wrote it,"
            + " 0.1.0",
        complaint("{\"journal\":1,\"gatun\":\"0.1.0\",\"part\":1}"));
    assertEquals(
        "its format is version 3, and this Gatun knows version 2: use the gatun that wrote it, 9.0",
        complaint("{\"journal\":3,\"gatun\":\"9.0\"}"));
  }

  private static String complaint(String line) {
    return assertThrows(JournalException.class, () -> new LineReader().read(line)).getMessage();
  }
}
