package dev.gatun.sim;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.plan.Course;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Step;

/**
 * What the contract says of a container's course and of its exit code, by what was heard. Written
 * from the contract and not from the machine.
 */
final class CourseRule {
  private static final int SIGNALED = 128;
  private static final int OWN_FAILURE = 1;

  private final Plan plan;
  private int firstsDone;
  private int lastsDone;
  private boolean startEnded;
  private int verdictCode = -1;
  private int failureCode;

  CourseRule(Plan plan) {
    this.plan = plan;
  }

  private Course course() {
    return plan.course().orElse(Course.NONE);
  }

  /** What the container must end with. */
  int expectedCode() {
    int decided = Math.max(0, verdictCode);
    return decided == 0 ? failureCode : decided;
  }

  /** The first that decides counts. */
  void decide(int code) {
    verdictCode = verdictCode < 0 ? code : verdictCode;
  }

  boolean isEnding() {
    return verdictCode >= 0;
  }

  /** Whether services may be started. */
  boolean isServing() {
    return !isEnding() && !startEnded && firstsDone == course().first().size();
  }

  boolean isOver() {
    return lastsDone == course().last().size();
  }

  /** The end of a service's run, or of one that could not be started. */
  void serviceEnded(boolean endsContainer, ExitPolicy exits, ExitStatus status) {
    if (endsContainer) {
      decide(status.isSuccess() ? exits.successCode() : exits.failureCode());
    }
  }

  void couldNotStart(Incarnation who, boolean endsContainer) {
    switch (who.stage()) {
      case RUN -> {
        if (endsContainer) {
          decide(OWN_FAILURE);
        }
      }
      case MAIN -> decide(OWN_FAILURE);
      case FIRST -> firstEnded(OWN_FAILURE, false, true);
      case LAST -> lastEnded(OWN_FAILURE);
      case LOG, TERM, FINISH, CONTROL, SIGNAL -> {}
    }
  }

  /** A program of the container itself has ended. */
  void ended(Incarnation who, ExitStatus status) {
    int code = code(status);
    boolean crashed = !(status instanceof ExitStatus.Exited);
    switch (who.stage()) {
      case MAIN -> {
        if (!crashed && code != KeptMaker.RESTART_CODE) {
          decide(0);
        }
      }
      case FIRST -> firstEnded(code, code == KeptMaker.ENDING_CODE && !crashed, crashed);
      case LAST -> lastEnded(code);
      case RUN, LOG, TERM, FINISH, CONTROL, SIGNAL -> {}
    }
  }

  private static int code(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code();
      case ExitStatus.Signaled by -> SIGNALED + by.signal().number();
      case ExitStatus.Unknown u -> OWN_FAILURE;
    };
  }

  private void firstEnded(int code, boolean asksToEnd, boolean crashed) {
    Step.Failure failure = course().first().get(firstsDone++).failure();
    if (isEnding() || code == 0) {
      return;
    }
    boolean ends =
        failure.endsStart()
            || asksToEnd && failure.endingCode() == KeptMaker.ENDING_CODE
            || crashed && failure.crashEndsStart();
    if (ends) {
      startEnded = true;
      decide(failure.givesCode() ? code : 0);
    } else if (failure.givesCode() && failureCode == 0) {
      failureCode = code;
    }
  }

  private void lastEnded(int code) {
    Step.Failure failure = course().last().get(lastsDone++).failure();
    if (code != 0 && failure.givesCode() && failureCode == 0) {
      failureCode = code;
    }
  }
}
