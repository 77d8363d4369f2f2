package dev.gatun.clients;

import dev.gatun.kernel.Sockets;
import dev.gatun.loop.Shell;
import dev.gatun.model.Deadline;

/**
 * What all connections use.
 *
 * @param buffer off-heap memory of {@link #BUFFER_BYTES} that is anybody's within one call
 */
public record Wire(Shell shell, Sockets sockets, long buffer) {
  static final int BUFFER_BYTES = 16 * 1024;

  /** So long a client may take for a request, and for taking an answer. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  public static Wire of(Shell shell, Sockets sockets) {
    return new Wire(shell, sockets, shell.kernel().memory().allocate(BUFFER_BYTES));
  }

  public long nowNanos() {
    return shell.events().nowNanos();
  }

  Deadline patience() {
    return Deadline.after(nowNanos(), PATIENCE_NANOS);
  }
}
