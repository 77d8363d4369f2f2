package dev.gatun.machine.orphan;

import dev.gatun.model.Deadline;

/**
 * What is done at the end about processes that may be left and cannot be listed, where there is no
 * /proc or it is another pid namespace's.
 *
 * <pre>
 *   Unknown ──they cannot be listed, no service is left──▶ Told ──its time is over──▶ Killed
 *   Unknown ──the same, but log programs are left──▶ Awaited ──its time is over──▶ Unknown
 * </pre>
 */
public sealed interface Remainder {

  /** When something is to be done about it. */
  default Deadline nextDeadline() {
    return Deadline.NEVER;
  }

  /** There has been no need to ask. */
  enum Unknown implements Remainder {
    IT
  }

  /** Log programs read on, perhaps what one of them writes: they are waited for. */
  record Awaited(Deadline until) implements Remainder {
    @Override
    public Deadline nextDeadline() {
      return until;
    }
  }

  /**
   * They are waited for.
   *
   * @param signaled whether they got TERM: only when they can be no others than this container's
   */
  record Told(Deadline until, boolean signaled) implements Remainder {
    @Override
    public Deadline nextDeadline() {
      return until;
    }
  }

  /** They got KILL: the kernel does the rest. */
  enum Killed implements Remainder {
    IT
  }
}
