package dev.gatun.machine.service;

import dev.gatun.model.Deadline;

/**
 * What is known from watching a service.
 *
 * @param probe the question that waits for its answer: a process, or something that stands for one
 * @param isProcess whether it is a process, which outlives its time until it has been reaped
 * @param nextAt when it is asked the next time, or is to have been heard from
 * @param timeoutAt when it is not worth waiting for the answer any longer
 * @param failures how many there were in a row
 * @param lastFailure why the last one was one, a clause for people; empty when there was none
 */
public record Watch(
    ProcessLife probe,
    boolean isProcess,
    Deadline nextAt,
    Deadline timeoutAt,
    int failures,
    String lastFailure) {

  /** Nothing is known, and something is to be done at {@code nextAt}. */
  static Watch beginning(long nowNanos, Deadline nextAt) {
    ProcessLife none = new ProcessLife.None(ProcessLife.Why.NEW, nowNanos);
    return new Watch(none, false, nextAt, Deadline.NEVER, 0, "");
  }

  /** Whether a process of it lives. */
  boolean lives() {
    return isProcess && !probe.isNone();
  }

  Watch asking(ProcessLife question, boolean process, Deadline patience) {
    return new Watch(question, process, Deadline.NEVER, patience, failures, lastFailure);
  }

  Watch with(ProcessLife next) {
    return new Watch(next, isProcess, nextAt, timeoutAt, failures, lastFailure);
  }

  Watch nextAt(Deadline deadline) {
    return new Watch(probe, isProcess, deadline, timeoutAt, failures, lastFailure);
  }

  /** Nobody waits for an answer any longer. */
  Watch withoutPatience() {
    return new Watch(probe, isProcess, nextAt, Deadline.NEVER, failures, lastFailure);
  }

  Watch failing(int inARow, String why) {
    return new Watch(probe, isProcess, nextAt, timeoutAt, inARow, why);
  }

  /** The question has been answered, or is not asked any longer. */
  Watch answered(long nowNanos) {
    ProcessLife none = new ProcessLife.None(ProcessLife.Why.ENDED, nowNanos);
    return new Watch(none, false, nextAt, Deadline.NEVER, failures, lastFailure);
  }

  Deadline nextDeadline() {
    return nextAt.earlier(timeoutAt);
  }
}
