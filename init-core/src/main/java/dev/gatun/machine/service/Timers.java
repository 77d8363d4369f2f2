package dev.gatun.machine.service;

import dev.gatun.model.Deadline;

/**
 * The deadlines of a service.
 *
 * @param startAt it is not started again before; NEVER when nothing holds it up
 * @param killAt when what is still alive of it gets KILL
 * @param pending the verdict that its end will be, unless what it reads from turns out to have
 *     ended too
 */
public record Timers(Deadline startAt, Deadline killAt, PendingVerdict pending) {
  public static final Timers NONE = new Timers(Deadline.NEVER, Deadline.NEVER, PendingVerdict.NONE);

  Timers withStartAt(Deadline deadline) {
    return new Timers(deadline, killAt, pending);
  }

  Timers withKillAt(Deadline deadline) {
    return new Timers(startAt, deadline, pending);
  }

  Timers with(PendingVerdict verdict) {
    return new Timers(startAt, killAt, verdict);
  }
}
