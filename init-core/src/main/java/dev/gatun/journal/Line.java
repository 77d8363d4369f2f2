package dev.gatun.journal;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.plan.Plan;
import java.util.List;

/** What a line of a journal can be. */
sealed interface Line {

  /** The beginning of a part. */
  record Begun(Header header) implements Line {}

  /** What the container was to do. */
  record Planned(Plan plan) implements Line {}

  /** The first decision. */
  record Booted(long atNanos, List<Effect> effects) implements Line {}

  /** An event and what was decided. */
  record Stepped(Event event, List<Effect> effects) implements Line {}

  /**
   * What was known at that time: at the beginning of a part, and after a gap.
   *
   * @param lost how many events before it are not in the journal
   */
  record Known(long atNanos, State state, long lost) implements Line {}

  /** From now on the wall clock shows another time. */
  record ClockSet(long atNanos, long wallMillis) implements Line {}

  /**
   * Reads a line.
   *
   * @param plan of this part, or null before it has been read
   */
  static Line parse(String json, Plan plan) throws JournalException {
    Node line = Node.parse(json);
    if (line.has("journal")) {
      return new Begun(header(line));
    }
    if (line.has("plan")) {
      return new Planned(PlanReader.plan(line.get("plan")));
    }
    long at = line.get("at").number();
    if (line.has("event")) {
      List<Effect> effects = line.get("effects").list(EffectReader::read);
      boolean boot = "boot".equals(line.get("event").value());
      return boot ? new Booted(at, effects) : new Stepped(EventReader.read(line), effects);
    }
    if (line.has("state")) {
      if (plan == null) {
        throw new JournalException("a state stands before the plan");
      }
      return new Known(at, StateReader.read(line.get("state"), plan), line.get("lost").number());
    }
    return new ClockSet(at, line.get("wallMillis").number());
  }

  private static Header header(Node line) throws JournalException {
    long version = line.get("journal").number();
    if (version != Lines.VERSION) {
      throw new JournalException(
          "its format is version "
              + version
              + ", and this Gatun knows version "
              + Lines.VERSION
              + ": use the gatun that wrote it"
              + (line.has("gatun") ? ", " + line.get("gatun").text() : ""));
    }
    return new Header(
        line.get("gatun").text(),
        line.get("startedMillis").number(),
        line.get("part").smallNumber(),
        line.get("at").number(),
        line.get("wallMillis").number());
  }
}
