package dev.gatun.machine.service;

import dev.gatun.model.Deadline;
import dev.gatun.plan.Runlevels;

/**
 * The deadlines of a service.
 *
 * @param startAt it is not started again before; NEVER when nothing holds it up
 * @param killAt when what is still alive of it gets KILL
 * @param pending the verdict that its end will be, unless what it reads from turns out to have
 *     ended too
 * @param starts how often it was started lately, where that has a limit
 * @param countedUntil when those are forgotten
 */
public record Timers(
    Deadline startAt, Deadline killAt, PendingVerdict pending, int starts, Deadline countedUntil) {
  public static final Timers NONE =
      new Timers(Deadline.NEVER, Deadline.NEVER, PendingVerdict.NONE, 0, Deadline.NEVER);

  Timers withStartAt(Deadline deadline) {
    return new Timers(deadline, killAt, pending, starts, countedUntil);
  }

  Timers withKillAt(Deadline deadline) {
    return new Timers(startAt, deadline, pending, starts, countedUntil);
  }

  Timers with(PendingVerdict verdict) {
    return new Timers(startAt, killAt, verdict, starts, countedUntil);
  }

  /** Whether one more start would be too many. */
  boolean isAt(Runlevels.Limit limit, long nowNanos) {
    return starts >= limit.starts() && !countedUntil.isDue(nowNanos);
  }

  /** With one more start. */
  Timers counting(Runlevels.Limit limit, long nowNanos) {
    boolean isFirst = starts == 0 || countedUntil.isDue(nowNanos);
    return isFirst
        ? new Timers(startAt, killAt, pending, 1, Deadline.after(nowNanos, limit.windowNanos()))
        : new Timers(startAt, killAt, pending, starts + 1, countedUntil);
  }

  /** Held back, and with no starts that count. */
  Timers heldUntil(Deadline deadline) {
    return new Timers(deadline, killAt, pending, 0, Deadline.NEVER);
  }

  /** Nothing holds it up any more, and nothing of it is to be killed. */
  public Timers forgetting() {
    return new Timers(Deadline.NEVER, Deadline.NEVER, pending, 0, Deadline.NEVER);
  }
}
