package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.plan.Plan;
import java.util.Optional;

/**
 * The state machine that decides what a container does. Total: every event in every state has an
 * answer, and where the answer is "nothing", a handler says so in writing. Pure: the same state and
 * event give the same transition.
 */
public final class InitMachine {
  private InitMachine() {}

  /** The beginning: all services are to be started. */
  public static Transition boot(Plan plan, long nowNanos) {
    boolean watchOrphans = plan.orphans().wantsToKnow();
    State state =
        new State(
            plan,
            Phase.Running.IT,
            Services.down(plan.services()),
            Orphans.NONE,
            watchOrphans ? Deadline.after(nowNanos, Reparent.SCAN_NANOS) : Deadline.NEVER,
            1,
            plan.needsRegime() ? Optional.of(Regime.of(plan, nowNanos)) : Optional.empty());
    return state.regime().isEmpty()
        ? Supervise.startAll(state, nowNanos)
        : Sequence.begin(state, nowNanos);
  }

  /** What {@code event} means in {@code state}. Once the phase is Over, nothing means anything. */
  public static Transition step(State state, Event event) {
    if (state.phase() instanceof Phase.Over) {
      return Transition.to(state);
    }
    Transition answer = answer(state, event);
    if (state.regime().isEmpty()) {
      return answer;
    }
    Transition further = answer.then(Sequence.goOn(answer.state(), event.atNanos()));
    return further.then(Reap.lookWhenCleared(state, further.state()));
  }

  private static Transition answer(State state, Event event) {
    return switch (event) {
      case Event.SignalReceived e -> Terminate.onSignal(state, e);
      case Event.ProcessSpawned e ->
          state.governs(e.who()) ? Govern.onSpawned(state, e) : Supervise.onSpawned(state, e);
      case Event.SpawnFailed e ->
          state.governs(e.who())
              ? Govern.onSpawnFailed(state, e)
              : Supervise.onSpawnFailed(state, e);
      case Event.ProgramMissing e -> Govern.onMissing(state, e);
      case Event.ProcessExited e ->
          state.governs(e.who()) ? Govern.onExited(state, e) : Supervise.onExited(state, e);
      case Event.ControlReceived e -> Obey.onControl(state, e);
      case Event.ServiceFound e -> Keep.onFound(state, e);
      case Event.ServiceVanished e -> Keep.onVanished(state, e);
      case Event.EndRequested e -> Terminate.onEndRequested(state, e);
      case Event.OrphansArrived e -> Reparent.onArrived(state, e);
      case Event.OrphansUnlisted e -> Unlisted.onUnlisted(state, e);
      case Event.OrphanInspected e -> Reparent.onInspected(state, e);
      case Event.OrphansReaped e -> Reap.onOrphansReaped(state, e);
      case Event.ChildrenSwept e -> Reap.onSwept(state, e);
      case Event.TimePassed e -> onTimePassed(state, e);
      case Event.OutputProgressed e -> Terminate.onOutputProgressed(state, e);
      case Event.OutputEnded e -> Terminate.onOutputEnded(state, e);
      case Event.LoopFailed e -> Terminate.onLoopFailed(state, e);
    };
  }

  private static Transition onTimePassed(State state, Event.TimePassed event) {
    Transition supervised = Supervise.onTimePassed(state, event);
    Transition kept = Sequence.onTimePassed(supervised.state(), event);
    Transition escalated = Terminate.onTimePassed(kept.state(), event);
    Transition reparented = Reparent.onTimePassed(escalated.state(), event);
    Transition rest = Unlisted.onTimePassed(reparented.state(), event);
    return supervised.then(kept).then(escalated).then(reparented).then(rest);
  }
}
