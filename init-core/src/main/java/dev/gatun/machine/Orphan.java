package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.OrphanId;

/**
 * A live process that was reparented to Gatun.
 *
 * <pre>
 *   Maturing ──old enough──▶ Stopping (inspected, TERM) ──its time is over──▶ Killed
 * </pre>
 *
 * It leaves the roster when it has been reaped, from whatever state.
 */
public sealed interface Orphan {

  OrphanId id();

  /** When something is to be done about it. */
  Deadline nextDeadline();

  /** Too young to be judged. */
  record Maturing(OrphanId id, Deadline lookAt) implements Orphan {
    @Override
    public Deadline nextDeadline() {
      return lookAt;
    }
  }

  /** It is being looked at and gets TERM. */
  record Stopping(OrphanId id, Deadline killAt) implements Orphan {
    @Override
    public Deadline nextDeadline() {
      return killAt;
    }
  }

  /** It got KILL: the kernel does the rest. */
  record Killed(OrphanId id) implements Orphan {
    @Override
    public Deadline nextDeadline() {
      return Deadline.NEVER;
    }
  }
}
