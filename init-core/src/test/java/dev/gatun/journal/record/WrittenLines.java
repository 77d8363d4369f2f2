package dev.gatun.journal.record;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The lines of a part of a journal, as they are written. */
public final class WrittenLines {
  private final Backlog backlog = new Backlog();
  private final LineWriter lines = new LineWriter(backlog);

  private String written(Consumer<LineWriter> writes) {
    backlog.clear();
    writes.accept(lines);
    assertTrue(backlog.endLine());
    String line =
        new String(backlog.bytes(), backlog.from(), backlog.size() - 1, StandardCharsets.UTF_8);
    assertFalse(line.contains("\n"), line);
    return line;
  }

  public String header(Header header) {
    return written(lines -> lines.header(header));
  }

  public String plan(Plan plan) {
    return written(lines -> lines.plan(plan));
  }

  public String boot(long atNanos, List<Effect> effects) {
    return written(lines -> lines.boot(atNanos, effects));
  }

  public String step(Event event, List<Effect> effects) {
    return written(lines -> lines.step(event, effects));
  }

  public String state(long atNanos, State state, long lost) {
    return written(lines -> lines.state(atNanos, state, lost));
  }

  public String clock(long atNanos, long wallMillis) {
    return written(lines -> lines.clock(atNanos, wallMillis));
  }
}
