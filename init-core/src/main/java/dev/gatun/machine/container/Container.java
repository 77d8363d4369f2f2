package dev.gatun.machine.container;

import dev.gatun.machine.orphan.Remainder;
import dev.gatun.model.Deadline;
import dev.gatun.plan.Target;
import java.util.Optional;

/**
 * How far the container's life has come.
 *
 * <pre>
 *   In START ──its programs have ended──▶ In UP ──the first event that ends it──▶ In CLOSING
 *      └──the same event──▶ In LAST ◀──its programs have ended──────────────────────┘
 *   In LAST ──the services are gone, and then its programs──▶ Sweeping
 *   Sweeping ──every known process is gone, none is left to reap──▶ Draining
 *   In UP ──nothing is left that runs──▶ Draining
 *   Draining ──every byte of output is written, or nobody takes it any more──▶ Over
 * </pre>
 *
 * <p>Where the plan has no programs at the end and orphans are told with the services, the event
 * that ends the container leads to Sweeping at once.
 */
public sealed interface Container {

  /**
   * It is at a target of the plan.
   *
   * @param cleared whether all is gone that the target does not want
   * @param verdict what the container ends with, once that is decided
   * @param goOnAt when to wait no longer for log programs: somebody else may hold their pipe open
   * @param failureCode what a failed program gives the container to end with; 0 when none has
   * @param chosenCode what the container is to end with when it is asked to end; 0 unless a program
   *     has chosen another
   */
  record In(
      Target target,
      boolean cleared,
      Optional<Verdict> verdict,
      Deadline goOnAt,
      int failureCode,
      int chosenCode)
      implements Container {
    public In {
      assert verdict.isPresent() == (target.compareTo(Target.UP) > 0) || verdict.isPresent()
          : "at " + target + " without a verdict";
    }

    @Override
    public Deadline nextDeadline() {
      return goOnAt;
    }

    @Override
    public boolean isRunning() {
      return verdict.isEmpty();
    }

    @Override
    public boolean isTerminating() {
      return verdict.isPresent();
    }

    @Override
    public boolean isAt(Target other) {
      return target == other;
    }

    static In begin(Target first) {
      return new In(first, true, Optional.empty(), Deadline.NEVER, 0, 0);
    }

    In at(Target next, boolean isCleared) {
      return new In(next, isCleared, verdict, Deadline.NEVER, failureCode, chosenCode);
    }

    In decided(Verdict settled) {
      return new In(target, cleared, Optional.of(settled), goOnAt, failureCode, chosenCode);
    }

    In waitingUntil(Deadline deadline) {
      return new In(target, cleared, verdict, deadline, failureCode, chosenCode);
    }

    /** The first failure counts. */
    public In withFailureCode(int code) {
      int first = failureCode == 0 ? code : failureCode;
      return new In(target, cleared, verdict, goOnAt, first, chosenCode);
    }

    /** The last choice counts. */
    In withChosenCode(int code) {
      return new In(target, cleared, verdict, goOnAt, failureCode, code);
    }
  }

  /** Everything that is left is told to end, and waited for. */
  record Sweeping(Verdict verdict, Remainder remainder) implements Container {
    @Override
    public Deadline nextDeadline() {
      return remainder.nextDeadline();
    }

    @Override
    public boolean isTerminating() {
      return true;
    }
  }

  /**
   * No process is left; output is still to be written.
   *
   * @param giveUpAt when to stop waiting for a reader; every byte that is taken puts it off
   */
  record Draining(Verdict verdict, Deadline giveUpAt) implements Container {
    @Override
    public Deadline nextDeadline() {
      return giveUpAt;
    }
  }

  /** The end: the container's exit code is the verdict's. */
  record Over(Verdict verdict) implements Container {}

  /** When something is to be done about it without any event. */
  default Deadline nextDeadline() {
    return Deadline.NEVER;
  }

  /** Whether no verdict is settled. */
  default boolean isRunning() {
    return false;
  }

  /** Whether a verdict is settled and processes are still told to stop, or waited for. */
  default boolean isTerminating() {
    return false;
  }

  /** Whether it is at that target. */
  default boolean isAt(Target target) {
    return false;
  }
}
