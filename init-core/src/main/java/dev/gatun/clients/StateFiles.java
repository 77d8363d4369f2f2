package dev.gatun.clients;

import dev.gatun.kernel.PublicFiles;
import dev.gatun.loop.Companion;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;

/**
 * Two files for whoever looks without asking: {@code ready} is there exactly while the container is
 * ready, and {@code status.json} is replaced when something has changed, ten times a second at
 * most.
 */
public final class StateFiles implements Companion {
  private static final String READY = "ready";
  private static final String STATUS = "status.json";
  private static final long PAUSE_NANOS = 100_000_000L;

  private final Shell shell;
  private final PublicFiles files;
  private final Tally tally;
  private StatusDocument status;
  private State written;
  private State seen;
  private boolean isReady;
  private Deadline writeAt = Deadline.NEVER;

  public StateFiles(Shell shell, PublicFiles files, Tally tally) {
    this.shell = shell;
    this.files = files;
    this.tally = tally;
  }

  @Override
  public void decided(Event event) {
    // What matters stands in the state.
  }

  @Override
  public void settled(State state) {
    long nowNanos = shell.events().nowNanos();
    if (state != seen) {
      seen = state;
      if (isReady && !Condition.isReady(state)) {
        isReady = false;
        files.remove(READY);
      }
      if (writeAt.isNever()) {
        writeAt = Deadline.after(nowNanos, PAUSE_NANOS);
      }
    }
    if (writeAt.isDue(nowNanos)) {
      writeAt = Deadline.NEVER;
      write(state);
    }
  }

  private void write(State state) {
    if (status == null) {
      status = new StatusDocument(shell.kernel(), tally);
    }
    if (!isReady && Condition.isReady(state)) {
      isReady = files.replace(READY, new byte[0]) >= 0;
    }
    if (state != written) {
      written = state;
      files.replace(STATUS, status.of(state));
    }
  }

  @Override
  public Deadline nextDeadline() {
    return writeAt;
  }

  @Override
  public void close() {
    files.remove(READY);
    files.remove(STATUS);
  }
}
