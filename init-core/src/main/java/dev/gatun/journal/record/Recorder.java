package dev.gatun.journal.record;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.JournalFile;
import dev.gatun.kernel.Kernel;
import dev.gatun.loop.Observer;
import dev.gatun.loop.Reporter;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.model.Level;
import dev.gatun.plan.Plan;

/**
 * Writes the journal of a container. It never holds up the loop and never ends it: what cannot be
 * written at once waits in a bounded backlog; what does not fit there is lost, and the state is
 * written when there is room again, so that what follows can still be replayed.
 *
 * <p>The journal is bounded too: when its file has half of the bytes allowed, it becomes the older
 * part, and a new one begins with the plan and the state. So the end, which matters most, is there.
 */
public final class Recorder implements Observer {
  /** Kept free in each part: that the wall's clock was set is noted without asking for room. */
  private static final int CLOCK_LINE_BYTES = 128;

  private static final long NANOS_A_MILLI = 1_000_000;

  /** The clocks drift by less; a clock that is set, or a machine that slept, differs by more. */
  private static final long CLOCK_JUMP_MILLIS = 100;

  private final Kernel kernel;
  private final JournalFile file;
  private final long maxPartBytes;
  private final String version;
  private final Reporter warnings;
  private Backlog backlog;
  private LineWriter lines;
  private Plan plan;
  private long startedMillis;
  private long wallOffsetMillis;
  private int part;
  private long partBytes;
  private long preambleBytes;
  private long lost;
  private boolean on;
  private boolean betweenTurns;
  private boolean saidFull;

  /**
   * @param maxBytes of the file and its older part together
   * @param version of Gatun
   * @param warnings hears of what cannot be written, no more than once for each cause
   */
  public Recorder(
      Kernel kernel, JournalFile file, long maxBytes, String version, Reporter warnings) {
    this.kernel = kernel;
    this.file = file;
    this.maxPartBytes = maxBytes / 2 - CLOCK_LINE_BYTES;
    this.version = version;
    this.warnings = warnings;
  }

  @Override
  public void booted(long atNanos, Transition boot) {
    int result = file.open();
    if (result < 0) {
      stop("open", -result);
      return;
    }
    try {
      on = true;
      backlog = new Backlog();
      lines = new LineWriter(backlog);
      plan = boot.state().plan();
      startedMillis = kernel.realtimeMillis();
      beginPart();
      lines.boot(atNanos, boot.effects());
      lost = end() ? 0 : 1;
    } catch (RuntimeException | OutOfMemoryError e) {
      stopBroken(e);
    }
  }

  @Override
  public void decided(State before, Event event, Transition transition) {
    if (!on || changesNothing(before, event, transition)) {
      return;
    }
    try {
      if (betweenTurns) {
        betweenTurns = false;
        noteClock();
      }
      if (lost > 0 && !resume(before, event.atNanos())) {
        lost++;
        return;
      }
      lines.step(event, transition.effects());
      if (isFull()) {
        backlog.dropLine();
        if (!rotate(before, event.atNanos())) {
          lost++;
          return;
        }
        lines.step(event, transition.effects());
      }
      if (!end()) {
        lost++;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      stopBroken(e);
    }
  }

  /** A sweep that has found nothing, or a wake-up for nothing: nobody misses it. */
  private static boolean changesNothing(State before, Event event, Transition transition) {
    return transition.state() == before
        && transition.effects().isEmpty()
        && (event instanceof Event.ChildrenSwept
            || event instanceof Event.TimePassed
            || event instanceof Event.OutputProgressed);
  }

  @Override
  public void settled() {
    betweenTurns = true;
    if (on) {
      flush();
    }
  }

  /** Whether the line that has been begun would make the part too large. */
  private boolean isFull() {
    return file.isBounded()
        && partBytes + backlog.lineSize() >= maxPartBytes
        && partBytes > preambleBytes;
  }

  private boolean end() {
    int bytes = backlog.lineSize() + 1;
    if (!backlog.endLine()) {
      lines.forget();
      return false;
    }
    partBytes += bytes;
    return true;
  }

  private void beginPart() {
    part++;
    partBytes = 0;
    long nowNanos = kernel.monotonicNanos();
    long wallMillis = kernel.realtimeMillis();
    wallOffsetMillis = wallMillis - nowNanos / NANOS_A_MILLI;
    lines.header(new Header(version, startedMillis, part, nowNanos, wallMillis));
    end();
    lines.plan(plan);
    end();
    preambleBytes = partBytes;
  }

  /** False when nothing may follow, as there is no file or no state in it. */
  private boolean rotate(State state, long atNanos) {
    flush();
    if (!on) {
      return false;
    }
    int result = file.rotate();
    if (result < 0) {
      stop("begin a new part of", -result);
      return false;
    }
    lost += backlog.size() > 0 ? 1 : 0;
    backlog.clear();
    beginPart();
    boolean resumed = resume(state, atNanos);
    preambleBytes = partBytes;
    return resumed;
  }

  /** Goes on after a gap; false when there is not enough room yet. */
  private boolean resume(State before, long atNanos) {
    if (backlog.size() > Backlog.MAX_BYTES / 2) {
      return false;
    }
    lines.state(atNanos, before, lost);
    if (!end()) {
      return false;
    }
    lost = 0;
    return true;
  }

  /** Where the clock has been set, times are told by the new one from then on. */
  private void noteClock() {
    long nowNanos = kernel.monotonicNanos();
    long wallMillis = kernel.realtimeMillis();
    long offset = wallMillis - nowNanos / NANOS_A_MILLI;
    if (Math.abs(offset - wallOffsetMillis) >= CLOCK_JUMP_MILLIS) {
      wallOffsetMillis = offset;
      lines.clock(nowNanos, wallMillis);
      end();
    }
  }

  private void flush() {
    while (backlog.size() > 0) {
      long count = file.write(backlog.bytes(), backlog.from(), backlog.size());
      if (count <= 0) {
        cannotWrite((int) -count);
        return;
      }
      backlog.written((int) count);
    }
  }

  private void cannotWrite(int error) {
    if (error == 0 || error == Errno.EAGAIN || error == Errno.EINTR) {
      return;
    }
    if (error != Errno.ENOSPC && error != Errno.EDQUOT) {
      stop("write", error);
    } else if (!saidFull) {
      saidFull = true;
      warnings.report(
          Level.WARNING,
          "cannot write the journal "
              + file
              + ": "
              + kernel.explain(error)
              + ": it goes on when there is room, with a gap");
    }
  }

  private void stop(String what, int error) {
    on = false;
    warnings.report(
        Level.WARNING,
        "cannot "
            + what
            + " the journal "
            + file
            + ": "
            + kernel.explain(error)
            + (error == Errno.ENXIO ? ": nobody reads it yet" : "")
            + ": going on without it");
  }

  /** A mistake of ours, or memory that is short: no reason to fall. */
  private void stopBroken(Throwable cause) {
    on = false;
    warnings.report(
        Level.WARNING, "cannot write the journal " + file + ": " + cause + ": going on without it");
  }
}
