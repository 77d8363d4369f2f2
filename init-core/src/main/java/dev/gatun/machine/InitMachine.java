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
  private static final Event.Handler CONCERNS = new Concerns();

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
    Transition answer = event.handledBy(CONCERNS, state);
    if (state.regime().isEmpty()) {
      return answer;
    }
    Transition further = answer.then(Sequence.goOn(answer.state(), event.atNanos()));
    return further.then(Reap.lookWhenCleared(state, further.state()));
  }

  /** Which concern answers which event. */
  private static final class Concerns implements Event.Handler {
    @Override
    public Transition onSignalReceived(State state, Event.SignalReceived event) {
      return Terminate.onSignal(state, event);
    }

    @Override
    public Transition onProcessSpawned(State state, Event.ProcessSpawned event) {
      return state.governs(event.who())
          ? Govern.onSpawned(state, event)
          : Supervise.onSpawned(state, event);
    }

    @Override
    public Transition onSpawnFailed(State state, Event.SpawnFailed event) {
      return state.governs(event.who())
          ? Govern.onSpawnFailed(state, event)
          : Supervise.onSpawnFailed(state, event);
    }

    @Override
    public Transition onProgramMissing(State state, Event.ProgramMissing event) {
      return Govern.onMissing(state, event);
    }

    @Override
    public Transition onProcessExited(State state, Event.ProcessExited event) {
      return state.governs(event.who())
          ? Govern.onExited(state, event)
          : Supervise.onExited(state, event);
    }

    @Override
    public Transition onControlReceived(State state, Event.ControlReceived event) {
      return Obey.onControl(state, event);
    }

    @Override
    public Transition onServiceFound(State state, Event.ServiceFound event) {
      return Keep.onFound(state, event);
    }

    @Override
    public Transition onServiceVanished(State state, Event.ServiceVanished event) {
      return Keep.onVanished(state, event);
    }

    @Override
    public Transition onEndRequested(State state, Event.EndRequested event) {
      return Terminate.onEndRequested(state, event);
    }

    @Override
    public Transition onOrphansArrived(State state, Event.OrphansArrived event) {
      return Reparent.onArrived(state, event);
    }

    @Override
    public Transition onOrphansUnlisted(State state, Event.OrphansUnlisted event) {
      return Unlisted.onUnlisted(state, event);
    }

    @Override
    public Transition onOrphanInspected(State state, Event.OrphanInspected event) {
      return Reparent.onInspected(state, event);
    }

    @Override
    public Transition onOrphansReaped(State state, Event.OrphansReaped event) {
      return Reap.onOrphansReaped(state, event);
    }

    @Override
    public Transition onChildrenSwept(State state, Event.ChildrenSwept event) {
      return Reap.onSwept(state, event);
    }

    @Override
    public Transition onTimePassed(State state, Event.TimePassed event) {
      return letTimePass(state, event);
    }

    @Override
    public Transition onOutputProgressed(State state, Event.OutputProgressed event) {
      return Terminate.onOutputProgressed(state, event);
    }

    @Override
    public Transition onOutputEnded(State state, Event.OutputEnded event) {
      return Terminate.onOutputEnded(state, event);
    }

    @Override
    public Transition onLoopFailed(State state, Event.LoopFailed event) {
      return Terminate.onLoopFailed(state, event);
    }
  }

  /** Each concern looks at its own deadlines. */
  private static Transition letTimePass(State state, Event.TimePassed event) {
    Transition supervised = Supervise.onTimePassed(state, event);
    Transition kept = Sequence.onTimePassed(supervised.state(), event);
    Transition escalated = Terminate.onTimePassed(kept.state(), event);
    Transition reparented = Reparent.onTimePassed(escalated.state(), event);
    Transition rest = Unlisted.onTimePassed(reparented.state(), event);
    return supervised.then(kept).then(escalated).then(reparented).then(rest);
  }
}
