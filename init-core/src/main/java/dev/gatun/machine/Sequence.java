package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Stage;
import dev.gatun.plan.Step;
import java.util.List;
import java.util.Optional;

/** The course of a container: one program after another, then the services, then the last ones. */
final class Sequence {
  private Sequence() {}

  static Transition begin(State state, long nowNanos) {
    Turn turn = new Turn(state, nowNanos);
    first(turn, 0);
    return turn.transition();
  }

  private static void first(Turn turn, int index) {
    List<Step> steps = turn.regime().course().first();
    if (index == steps.size()) {
      serve(turn);
      return;
    }
    Incarnation who = order(turn, steps.get(index), Stage.FIRST);
    turn.become(turn.regime().with(new Progress.First(index, who, false, Deadline.NEVER)));
  }

  private static Incarnation order(Turn turn, Step step, Stage stage) {
    Incarnation who = turn.incarnation(step.name(), stage);
    turn.act(new Effect.Spawn(who, step.command()));
    return who;
  }

  private static void serve(Turn turn) {
    turn.become(turn.regime().with(Progress.Serving.IT));
    Keep.startAll(turn);
    turn.take(Supervise.startEach(turn.state()));
    if (turn.state().plan().course().isPresent()) {
      turn.act(new Effect.FindServices());
    }
    MainProcess.startIfDue(turn);
  }

  static Transition onSpawned(State state, Event.ProcessSpawned event) {
    if (!knows(state, event.who())) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    Incarnation who = event.who();
    turn.say(Level.DEBUG, who.label() + " has started as process " + event.pid());
    if (turn.regime().progress() instanceof Progress.First first && first.who().is(who)) {
      firstIsUp(turn, first);
    } else if (turn.regime().main().is(who)) {
      MainProcess.isUp(turn, who);
    } else if (turn.regime().isHeeding(who)) {
      Heed.isUp(turn, who);
    }
    return turn.transition();
  }

  private static void firstIsUp(Turn turn, Progress.First first) {
    turn.become(
        turn.regime().with(new Progress.First(first.index(), first.who(), true, first.killAt())));
    if (turn.state().isTerminating()) {
      stopFirst(turn);
    }
  }

  /** The container ends while a program runs that comes before the services. */
  private static void stopFirst(Turn turn) {
    Progress.First first = (Progress.First) turn.regime().progress();
    if (first.isUp()) {
      turn.stop(first.who());
      Deadline killAt = Deadline.after(turn.nowNanos, turn.state().plan().killAfterNanos());
      turn.become(turn.regime().with(new Progress.First(first.index(), first.who(), true, killAt)));
    }
  }

  /** Whether it is a process that something is to follow from. */
  private static boolean knows(State state, Incarnation who) {
    if (state.regime().isEmpty()) {
      return false;
    }
    Regime regime = state.regime().get();
    return regime.progress().is(who) || regime.main().is(who) || regime.isHeeding(who);
  }

  static Transition onSpawnFailed(State state, Event.SpawnFailed event) {
    if (!knows(state, event.who())) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    String cause = event.cause().isEmpty() ? "for a reason that others had" : event.cause();
    turn.say(Level.ERROR, "cannot start " + event.who().label() + ": " + cause);
    String what = event.who().label() + " could not be started";
    if (turn.regime().main().is(event.who())) {
      MainProcess.couldNotStart(turn, what);
    } else {
      ended(turn, event.who(), Optional.empty(), what);
    }
    return turn.transition();
  }

  static Transition onMissing(State state, Event.ProgramMissing event) {
    if (!knows(state, event.who())) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    ended(turn, event.who(), Optional.empty(), event.who().label() + " is not there");
    return turn.transition();
  }

  static Transition onExited(State state, Event.ProcessExited event) {
    if (!knows(state, event.who())) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    String what = event.who().label() + " " + event.status();
    if (turn.regime().main().is(event.who())) {
      turn.say(Level.INFO, what);
      MainProcess.ended(turn, event.status(), what);
    } else {
      ended(turn, event.who(), Optional.of(event.status()), what);
    }
    return turn.transition();
  }

  /**
   * @param status how it ended; empty when it could not be started
   */
  private static void ended(Turn turn, Incarnation who, Optional<ExitStatus> status, String what) {
    Progress progress = turn.regime().progress();
    if (progress.is(who) && progress instanceof Progress.First first) {
      firstEnded(turn, first.index(), status, what);
    } else if (progress.is(who) && progress instanceof Progress.Closing closing) {
      closingEnded(turn, closing.index(), status, what);
    } else if (progress.is(who) && progress instanceof Progress.Last last) {
      lastEnded(turn, last.index(), status, what);
    } else {
      Heed.ended(turn, who);
    }
  }

  private static void firstEnded(Turn turn, int index, Optional<ExitStatus> status, String what) {
    Step.Failure failure = turn.regime().course().first().get(index).failure();
    if (turn.state().isTerminating()) {
      turn.become(turn.regime().with(new Progress.Stopping(Deadline.NEVER)));
      turn.say(Level.INFO, what);
      return;
    }
    if (turn.regime().course().first().get(index).setsEnvironment()) {
      turn.act(new Effect.RefreshEnvironment());
    }
    if (isSuccess(status)) {
      first(turn, index + 1);
      return;
    }
    if (endsStart(failure, status)) {
      turn.become(turn.regime().with(new Progress.Stopping(Deadline.NEVER)));
      Verdict verdict = Verdict.of(failure.givesCode() ? code(status) : 0, what);
      turn.take(Terminate.begin(turn.state(), turn.nowNanos, verdict));
      return;
    }
    turn.say(Level.WARNING, what);
    remember(turn, failure, status);
    first(turn, index + 1);
  }

  private static boolean isSuccess(Optional<ExitStatus> status) {
    return status.isPresent() && status.get().isSuccess();
  }

  private static boolean endsStart(Step.Failure failure, Optional<ExitStatus> status) {
    if (status.isEmpty()) {
      return failure.endsStart() || failure.crashEndsStart();
    }
    boolean crashed = !(status.get() instanceof ExitStatus.Exited);
    return failure.endsStart()
        || failure.crashEndsStart() && crashed
        || status.get().isCode(failure.endingCode());
  }

  private static void remember(Turn turn, Step.Failure failure, Optional<ExitStatus> status) {
    if (failure.givesCode()) {
      turn.become(turn.regime().withFailureCode(code(status)));
    }
  }

  /** As a shell has it. */
  private static int code(Optional<ExitStatus> status) {
    return status.isEmpty() ? Verdict.OWN_FAILURE : status.get().shellCode(Verdict.OWN_FAILURE);
  }

  private static void closingEnded(Turn turn, int index, Optional<ExitStatus> status, String what) {
    if (!isSuccess(status)) {
      turn.say(Level.WARNING, what);
      remember(turn, turn.regime().course().closing().get(index).failure(), status);
    }
    close(turn, index + 1);
  }

  private static void close(Turn turn, int index) {
    List<Step> steps = turn.regime().course().closing();
    if (index == steps.size()) {
      turn.become(turn.regime().with(new Progress.Stopping(Deadline.NEVER)));
      Keep.exitAll(turn);
      return;
    }
    Incarnation who = order(turn, steps.get(index), Stage.LAST);
    turn.become(turn.regime().with(new Progress.Closing(index, who)));
  }

  private static void lastEnded(Turn turn, int index, Optional<ExitStatus> status, String what) {
    if (!isSuccess(status)) {
      turn.say(Level.WARNING, what);
      remember(turn, turn.regime().course().last().get(index).failure(), status);
    }
    last(turn, index + 1);
  }

  private static void last(Turn turn, int index) {
    List<Step> steps = turn.regime().course().last();
    if (index == steps.size()) {
      turn.become(turn.regime().with(Progress.Done.IT));
      changeVerdict(turn);
      turn.take(Terminate.endRest(turn.state(), turn.nowNanos));
      return;
    }
    Incarnation who = order(turn, steps.get(index), Stage.LAST);
    turn.become(turn.regime().with(new Progress.Last(index, who)));
  }

  /** Of all that happens after a verdict only a failed program counts, and only if all was well. */
  private static void changeVerdict(Turn turn) {
    Phase.Terminating ending = (Phase.Terminating) turn.state().phase();
    int code = turn.regime().failureCode();
    if (ending.verdict().exitCode() != 0 || code == 0) {
      return;
    }
    String cause = "a program that is run once has failed, and " + ending.verdict().cause();
    Verdict changed = new Verdict(code, cause, ending.verdict().asked());
    turn.say(Level.WARNING, "exit " + code + ": " + cause);
    turn.become(turn.state().withPhase(new Phase.Terminating(changed, ending.rest())));
  }

  /** The end of the container has begun: what runs is told, and nothing else is started. */
  static Transition end(State state, long nowNanos) {
    Turn turn = new Turn(state, nowNanos);
    Progress progress = turn.regime().progress();
    boolean servicesGoOn =
        progress == Progress.Serving.IT && !turn.regime().course().closing().isEmpty();
    if (!servicesGoOn) {
      Keep.exitAll(turn);
    }
    MainProcess.stop(turn);
    Heed.stop(turn);
    if (progress instanceof Progress.First) {
      stopFirst(turn);
    } else if (!servicesGoOn) {
      turn.become(turn.regime().with(new Progress.Stopping(Deadline.NEVER)));
    }
    return turn.transition();
  }

  /** Goes on when what the programs that come next wait for is over. */
  static Transition goOn(State state, long nowNanos) {
    if (!state.isTerminating() || state.regime().isEmpty() || !state.services().allGone()) {
      return Transition.to(state);
    }
    return switch (state.regime().get().progress()) {
      case Progress.Serving s -> beginToClose(state, nowNanos);
      case Progress.Stopping stopping -> finish(state, stopping, nowNanos);
      case Progress.First f -> Transition.to(state);
      case Progress.Closing c -> Transition.to(state);
      case Progress.Last l -> Transition.to(state);
      case Progress.Done d -> Transition.to(state);
    };
  }

  /** What is no kept service has ended: the kept ones still run. */
  private static Transition beginToClose(State state, long nowNanos) {
    Turn turn = new Turn(state, nowNanos);
    if (turn.regime().main().isGone() && turn.regime().heeded().isEmpty()) {
      close(turn, 0);
    }
    return turn.transition();
  }

  /** Goes on with the last programs when the kept services are down, too. */
  private static Transition finish(State state, Progress.Stopping waiting, long nowNanos) {
    if (!state.regime().get().onlyLogProgramsLive()) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, nowNanos);
    if (turn.regime().services().isEmpty() || waiting.goOnAt().isDue(nowNanos)) {
      last(turn, 0);
    } else if (waiting.goOnAt().isNever()) {
      long graceNanos = state.plan().orphans().killAfterNanos();
      Deadline goOnAt = Deadline.after(nowNanos, graceNanos);
      turn.become(turn.regime().with(new Progress.Stopping(goOnAt)));
    }
    return turn.transition();
  }

  static Transition onTimePassed(State state, Event.TimePassed event) {
    if (state.regime().isEmpty() || !state.regime().get().nextDeadline().isDue(event.atNanos())) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    Keep.onTimePassed(turn);
    MainProcess.onTimePassed(turn);
    Heed.onTimePassed(turn);
    if (turn.regime().progress() instanceof Progress.First first
        && first.killAt().isDue(turn.nowNanos)) {
      turn.kill(first.who());
      turn.become(
          turn.regime().with(new Progress.First(first.index(), first.who(), true, Deadline.NEVER)));
    }
    return turn.transition();
  }
}
