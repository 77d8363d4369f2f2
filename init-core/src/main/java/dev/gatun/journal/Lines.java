package dev.gatun.journal;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.plan.Plan;

/** Writes a journal's lines, each a JSON object, without their ends. */
final class Lines {
  /** What readers have to understand. */
  static final int VERSION = 1;

  private final JsonOut out;
  private final EventWriter events;
  private final EffectWriter effects;
  private final StateWriter states;

  Lines(Backlog into) {
    out = new JsonOut(into);
    events = new EventWriter(out);
    effects = new EffectWriter(out);
    states = new StateWriter(out);
  }

  void header(Header header) {
    out.beginLine().name("journal").number(VERSION);
    out.name("gatun").text(header.gatun());
    out.name("startedMillis").number(header.startedMillis());
    out.name("part").number(header.part());
    out.name("at").number(header.atNanos());
    out.name("wallMillis").number(header.wallMillis()).endObject();
  }

  void plan(Plan plan) {
    out.beginLine().name("plan");
    PlanWriter.plan(out, plan);
    out.endObject();
  }

  void boot(long atNanos, Iterable<Effect> decided) {
    out.beginLine().name("at").number(atNanos).name("event").word("boot").name("effects");
    effects.write(decided);
    out.endObject();
  }

  void step(Event event, Iterable<Effect> decided) {
    out.beginLine();
    events.write(event);
    out.name("effects");
    effects.write(decided);
    out.endObject();
  }

  void state(long atNanos, State state, long lost) {
    out.beginLine().name("at").number(atNanos).name("lost").number(lost).name("state");
    states.write(state);
    out.endObject();
  }

  void clock(long atNanos, long wallMillis) {
    out.beginLine().name("at").number(atNanos).name("wallMillis").number(wallMillis).endObject();
  }
}
