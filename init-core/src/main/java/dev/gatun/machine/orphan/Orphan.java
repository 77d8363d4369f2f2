package dev.gatun.machine.orphan;

import dev.gatun.model.Deadline;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import java.util.Optional;

/**
 * A live process that was reparented to Gatun.
 *
 * <pre>
 *   Maturing ──old enough──▶ Stopping (inspected, TERM) ──its time is over──▶ Killed
 *      │                        ▲
 *      │ under adopt            │ the container ends
 *      ▼                        │
 *   Adopting ──inspected──▶ Adopted
 * </pre>
 *
 * It leaves the roster when it has been reaped, from whatever state; the end of one that is Adopted
 * ends the container.
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

  /** It is being looked at, and is going to be adopted. */
  record Adopting(OrphanId id) implements Orphan {
    @Override
    public Deadline nextDeadline() {
      return Deadline.NEVER;
    }
  }

  /** It counts as a service. */
  record Adopted(OrphanId id, String name, Optional<ServiceName> origin, long sinceNanos)
      implements Orphan {
    @Override
    public Deadline nextDeadline() {
      return Deadline.NEVER;
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
