package dev.gatun.journal.replay;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.record.Header;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.machine.container.Container;
import dev.gatun.plan.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Lets the machine live through a journal again, a line at a time. */
public final class Playback {
  /** A century: with later times nothing could be calculated. */
  private static final long MAX_NANOS = 100L * 365 * 24 * 3600 * 1_000_000_000;

  private final Viewer viewer;
  private LineReader reader;
  private Header header;
  private Plan plan;
  private State state;
  private int number;
  private boolean torn;

  /** Sees what happens, in order. */
  public interface Viewer {
    /** A part begins. */
    default void begun(Header header) {}

    /** The wall clock shows another time than was told. */
    default void clock(Line.ClockSet clock) {}

    /**
     * From here on the state in {@code known} counts.
     *
     * @param line its number in the file
     * @param led the state that the events before have led to, or null when there were none
     */
    default void known(int line, State led, Line.Known known) {}

    void step(ComparedStep step);
  }

  public Playback(Viewer viewer) {
    this.viewer = viewer;
  }

  /**
   * Plays a part. The next one may follow.
   *
   * @throws JournalException when it is no journal, or a line of it cannot be read
   */
  void play(BufferedReader part) throws IOException, JournalException {
    number = 0;
    plan = null;
    reader = new LineReader();
    String pending = null;
    for (String line = part.readLine(); line != null; line = part.readLine()) {
      if (pending != null) {
        take(pending);
      }
      pending = line;
    }
    if (pending == null) {
      throw new JournalException("it is empty");
    }
    takeLast(pending);
  }

  /** Whether the last line was cut off. */
  public boolean isTorn() {
    return torn;
  }

  /** Whether the container had come to its end. */
  public boolean isOver() {
    return state != null && state.container() instanceof Container.Over;
  }

  /** What is known after the last line; null when nothing was known. */
  public State state() {
    return state;
  }

  private void takeLast(String line) throws JournalException {
    torn = number > 0 && !LineReader.isJson(line);
    if (!torn) {
      take(line);
    }
  }

  private void take(String json) throws JournalException {
    number++;
    try {
      Line line = reader.read(json);
      if ((header == null || number == 1) != line instanceof Line.Begun) {
        throw new JournalException("no journal of Gatun begins like this");
      }
      if (line.atNanos() < 0 || line.atNanos() > MAX_NANOS) {
        throw new JournalException("no clock shows " + line.atNanos());
      }
      take(line);
    } catch (JournalException e) {
      throw new JournalException("line " + number + ": " + e.getMessage());
    }
  }

  private void take(Line line) throws JournalException {
    switch (line) {
      case Line.Begun begun -> {
        header = begun.header();
        viewer.begun(header);
        viewer.clock(new Line.ClockSet(header.atNanos(), header.wallMillis()));
      }
      case Line.Planned planned -> plan = planned.plan();
      case Line.Booted boot -> boot(boot);
      case Line.Stepped stepped -> step(stepped);
      case Line.Known known -> {
        viewer.known(number, state, known);
        state = known.state();
      }
      case Line.ClockSet set -> viewer.clock(set);
    }
  }

  private void boot(Line.Booted boot) throws JournalException {
    if (plan == null) {
      throw new JournalException("the boot stands before the plan");
    }
    Transition decided;
    try {
      decided = InitMachine.boot(plan, boot.atNanos());
    } catch (RuntimeException | AssertionError e) {
      throw new JournalException("nothing can be started by this plan: " + e);
    }
    state = decided.state();
    viewer.step(
        new ComparedStep(number, boot.atNanos(), Optional.empty(), state, boot.effects(), decided));
  }

  private void step(Line.Stepped stepped) throws JournalException {
    if (state == null) {
      throw new JournalException("an event stands before the boot");
    }
    Event event = stepped.event();
    State before = state;
    Transition decided;
    try {
      decided = InitMachine.step(before, event);
    } catch (RuntimeException | AssertionError e) {
      throw new JournalException("this event cannot have happened: " + e);
    }
    state = decided.state();
    viewer.step(
        new ComparedStep(
            number, event.atNanos(), Optional.of(event), before, stepped.effects(), decided));
  }
}
