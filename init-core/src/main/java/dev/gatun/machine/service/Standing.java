package dev.gatun.machine.service;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import java.util.Optional;

/**
 * How a service stands with those that depend on it.
 *
 * @param ready whether it has shown that it is ready, and its process lives; of a program that is
 *     run once whether it has succeeded, and nothing has taken that back
 * @param readySinceNanos since when; 0 while it is not
 * @param readyBy when it is late
 * @param failure why nobody need wait for it, a clause without a subject: "exited with 1"; empty
 *     while there is hope
 * @param skipped whether it is not started because something that it depends on has failed
 * @param goingDown whether it is to stop as soon as those that depend on it are down, and why
 * @param lastEnd how its program ended the last time
 * @param watch what is known from watching it, while it is watched
 * @param tries how often it was started again, where that is counted
 */
public record Standing(
    boolean ready,
    long readySinceNanos,
    Deadline readyBy,
    String failure,
    boolean skipped,
    Optional<GoingDown> goingDown,
    Optional<ExitStatus> lastEnd,
    Optional<Watch> watch,
    Optional<Tries> tries) {

  /** Of a service that nothing has happened to. */
  public static final Standing NEW =
      new Standing(
          false,
          0,
          Deadline.NEVER,
          "",
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Why a service is to stop. */
  public enum GoingDown {
    /** Somebody has said so, or the container does not want it any more. */
    TOLD,
    /** It is not well, or not ready in time: it is started again. */
    UNWELL
  }

  boolean isGoingDown() {
    return goingDown.isPresent();
  }

  boolean hasFailed() {
    return !failure.isEmpty();
  }

  Standing readyAt(long nowNanos) {
    return new Standing(
        true, nowNanos, Deadline.NEVER, "", false, goingDown, lastEnd, watch, tries);
  }

  Standing notReady() {
    return ready
        ? new Standing(false, 0, readyBy, failure, skipped, goingDown, lastEnd, watch, tries)
        : this;
  }

  Standing lateAt(Deadline deadline) {
    return deadline.equals(readyBy)
        ? this
        : new Standing(
            ready, readySinceNanos, deadline, failure, skipped, goingDown, lastEnd, watch, tries);
  }

  /** Nobody need wait for it, for that reason. */
  Standing failed(String why) {
    return new Standing(
        ready, readySinceNanos, readyBy, why, false, goingDown, lastEnd, watch, tries);
  }

  /** It is not started, for that reason. */
  Standing skipped(String why) {
    return new Standing(
        ready, readySinceNanos, Deadline.NEVER, why, true, goingDown, lastEnd, watch, tries);
  }

  /** There is hope again. */
  Standing hopeful() {
    return failure.isEmpty() && !skipped ? this : failed("");
  }

  /** It is to stop. */
  Standing going(GoingDown why) {
    return going(Optional.of(why));
  }

  /** It is not to stop any more, or has. */
  Standing staying() {
    return goingDown.isEmpty() ? this : going(Optional.empty());
  }

  private Standing going(Optional<GoingDown> next) {
    return new Standing(
        ready, readySinceNanos, readyBy, failure, skipped, next, lastEnd, watch, tries);
  }

  Standing endedWith(Optional<ExitStatus> status) {
    return new Standing(
        ready, readySinceNanos, readyBy, failure, skipped, goingDown, status, watch, tries);
  }

  Standing watchedBy(Optional<Watch> next) {
    return next.isEmpty() && watch.isEmpty()
        ? this
        : new Standing(
            ready, readySinceNanos, readyBy, failure, skipped, goingDown, lastEnd, next, tries);
  }

  Standing with(Tries next) {
    return new Standing(
        ready,
        readySinceNanos,
        readyBy,
        failure,
        skipped,
        goingDown,
        lastEnd,
        watch,
        Optional.of(next));
  }

  /** When something is to be done about it without any event. */
  Deadline nextDeadline() {
    return watch.isEmpty() ? readyBy : readyBy.earlier(watch.get().nextDeadline());
  }
}
