package dev.gatun.journal.replay;

import dev.gatun.journal.record.Header;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.plan.Plan;
import java.util.List;

/** What a line of a journal can be. */
public sealed interface Line {

  /** When it was written, on the monotonic clock; 0 where it does not say so. */
  default long atNanos() {
    return 0;
  }

  /** The beginning of a part. */
  record Begun(Header header) implements Line {
    @Override
    public long atNanos() {
      return header.atNanos();
    }
  }

  /** What the container was to do. */
  record Planned(Plan plan) implements Line {}

  /** The first decision. */
  record Booted(long atNanos, List<Effect> effects) implements Line {}

  /** An event and what was decided. */
  record Stepped(Event event, List<Effect> effects) implements Line {
    @Override
    public long atNanos() {
      return event.atNanos();
    }
  }

  /**
   * What was known at that time: at the beginning of a part, and after a gap.
   *
   * @param lost how many events before it are not in the journal
   */
  record Known(long atNanos, State state, long lost) implements Line {}

  /** From now on the wall clock shows another time. */
  record ClockSet(long atNanos, long wallMillis) implements Line {}
}
