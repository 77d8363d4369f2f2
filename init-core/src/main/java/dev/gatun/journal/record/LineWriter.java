package dev.gatun.journal.record;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.plan.Plan;
import java.util.List;

/** Writes a journal's lines, each a JSON object, without their ends. */
final class LineWriter {
  private final JsonOut out;
  private final StepWriter records;

  LineWriter(Backlog into) {
    out = new JsonOut(into);
    records = new StepWriter(out);
  }

  /** A line has been left out: what it has described is not known to a reader. */
  void forget() {
    records.beginAnew();
  }

  /** Begins a part. */
  void header(Header header) {
    records.beginAnew();
    out.beginLine().name("journal").number(Header.FORMAT);
    records.put("gatun", header.gatun()).put("startedMillis", header.startedMillis());
    records.put("part", header.part()).put("at", header.atNanos());
    records.put("wallMillis", header.wallMillis()).end();
  }

  void plan(Plan plan) {
    records.beginLine();
    out.beginLine();
    records.put("plan", plan).end();
  }

  void boot(long atNanos, List<Effect> decided) {
    begin(atNanos).name("event").word("boot");
    records.effects(decided);
    records.end();
  }

  void step(Event event, List<Effect> decided) {
    begin(event.atNanos());
    records.step(event, decided);
    records.end();
  }

  void state(long atNanos, State state, long lost) {
    begin(atNanos);
    records.put("lost", lost).put("state", state).end();
  }

  void clock(long atNanos, long wallMillis) {
    begin(atNanos).name("wallMillis").number(wallMillis).close('}');
  }

  private JsonOut begin(long atNanos) {
    records.beginLine();
    return out.beginLine(atNanos);
  }
}
