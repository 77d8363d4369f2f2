package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Event;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.plan.Hooks;
import java.util.Optional;

/** A process has ended, or could not be started: which of a service's it was, and what follows. */
public final class Ended {
  private Ended() {}

  public static void onExited(Decision decision, Event.ProcessExited event) {
    Incarnation who = event.who();
    Optional<ServiceState> owner = decision.owner(who);
    if (owner.isEmpty() || !owner.get().has(who)) {
      return;
    }
    if (owner.get().life().is(who)) {
      Outcome outcome = Outcome.exited(event.status());
      ProgramEnded.handle(decision, owner.get(), outcome);
    } else {
      helperEnded(decision, owner.get(), who, Optional.of(event.status()));
    }
  }

  public static void onSpawnFailed(Decision decision, Event.SpawnFailed event) {
    Incarnation who = event.who();
    Optional<ServiceState> owner = decision.owner(who);
    if (owner.isEmpty() || !owner.get().has(who)) {
      return;
    }
    ServiceState state = owner.get();
    boolean counted = event.cause().isEmpty();
    boolean needless = isStop(state, who) && state.life().isNone() || state.isProbedBy(who);
    decision.say(
        counted || needless ? Level.DEBUG : Level.ERROR,
        "cannot start "
            + who.label()
            + (counted ? " for a reason that others had" : ": " + event.cause()));
    if (state.life().is(who)) {
      ProgramEnded.handle(decision, state, Outcome.notStarted(event.obstacle()));
    } else {
      helperEnded(decision, state, who, Optional.empty());
    }
  }

  public static void onMissing(Decision decision, Event.ProgramMissing event) {
    Incarnation who = event.who();
    Optional<ServiceState> owner = decision.owner(who);
    if (owner.isEmpty() || !owner.get().has(who)) {
      return;
    }
    if (owner.get().life().is(who)) {
      ProgramEnded.handle(decision, owner.get(), Outcome.MISSING);
    } else {
      helperEnded(decision, owner.get(), who, Optional.empty());
    }
  }

  private static boolean isStop(ServiceState state, Incarnation who) {
    Optional<Script> script = state.orders().script();
    return script.isPresent()
        && script.get().life().is(who)
        && script.get().purpose() == Script.Purpose.STOP;
  }

  /**
   * A finish program or a script has ended.
   *
   * @param status empty when it could not be started, or was not there
   */
  private static void helperEnded(
      Decision decision, ServiceState state, Incarnation who, Optional<ExitStatus> status) {
    if (state.finish().is(who)) {
      ServiceState down = state.withFinish(ProgramEnded.none(decision, status.isPresent()));
      decision.put(finishEnded(decision, down, status));
      return;
    }
    if (state.isProbedBy(who)) {
      decision.put(Probing.answered(decision, state, Probing.failure(status)));
      return;
    }
    ServiceState next = scriptEnded(decision, state, status);
    decision.put(next.livesAtAll() ? next : next.killedAfter(decision.nowNanos()));
  }

  /** Its finish program may say of a service that it is not to be started again. */
  private static ServiceState finishEnded(
      Decision decision, ServiceState down, Optional<ExitStatus> status) {
    Optional<Hooks.Finish> finish = down.service().hooks().finish();
    boolean isLast =
        finish.isPresent()
            && status.isPresent()
            && !status.get().isSuccess()
            && status.get().isCode(finish.get().failureCode())
            && down.want().starts();
    ServiceState state = ProgramEnded.countingDown(decision, down);
    if (!isLast) {
      return Pauses.allEnded(decision, state);
    }
    String failure = "has failed for good, as its finish program says";
    decision.say(
        Level.WARNING,
        Titles.of(decision, down.id()) + " " + failure + ": it is not started again");
    return state.with(Want.leftDown(down.service())).with(state.standing().failed(failure));
  }

  /** A script has ended: on with what it stood before. */
  private static ServiceState scriptEnded(
      Decision decision, ServiceState before, Optional<ExitStatus> status) {
    Script script = before.orders().script().orElseThrow();
    ServiceState state = before.with(before.orders().withoutScript());
    boolean succeeded = status.isPresent() && status.get().isSuccess();
    return switch (script.purpose()) {
      case BEFORE_START -> state.isToStart() ? Start.order(decision, state) : state;
      case INSTEAD_OF_SIGNAL ->
          succeeded ? state : Stopping.send(decision, state, script.order().signal().orElseThrow());
      case INSTEAD_OF_TERM ->
          Stopping.afterTerm(decision, succeeded ? state : Stopping.tell(decision, state));
      case STOP -> stopEnded(decision, state, status);
      case AFTER_STOP -> state;
      case TAKE_BACK -> takenBack(decision, state, status);
    };
  }

  private static ServiceState takenBack(
      Decision decision, ServiceState state, Optional<ExitStatus> status) {
    if (status.isPresent() && !status.get().isSuccess()) {
      decision.say(Level.WARNING, state.id().name() + "/down " + status.get());
    }
    return state.with(state.standing().notReady());
  }

  /** What a stop program that could not be run would have done is done in its place. */
  private static ServiceState stopEnded(
      Decision decision, ServiceState state, Optional<ExitStatus> status) {
    if (status.isEmpty()) {
      return Stopping.afterTerm(decision, Stopping.tell(decision, state));
    }
    if (!status.get().isSuccess()) {
      decision.say(
          Level.WARNING, "terminate script of service " + state.id().name() + " " + status.get());
    }
    return state;
  }
}
