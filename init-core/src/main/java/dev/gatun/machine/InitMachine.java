package dev.gatun.machine;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Finish;
import dev.gatun.machine.container.SignalRules;
import dev.gatun.machine.container.Targets;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.level.LevelChange;
import dev.gatun.machine.level.LevelRequests;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.orphan.Reparent;
import dev.gatun.machine.orphan.Unlisted;
import dev.gatun.machine.service.Arrivals;
import dev.gatun.machine.service.Arriving;
import dev.gatun.machine.service.Began;
import dev.gatun.machine.service.Changes;
import dev.gatun.machine.service.Commands;
import dev.gatun.machine.service.Ended;
import dev.gatun.machine.service.Overdue;
import dev.gatun.machine.service.Reconcile;
import dev.gatun.machine.service.Roster;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Watching;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import dev.gatun.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state machine that decides what a container does. Total: every event in every state has an
 * answer, and where the answer is "nothing", a handler says so in writing. Pure: the same state and
 * event give the same transition.
 *
 * <p>A step goes: the handler of the event changes what is known; services that this concerns are
 * brought towards what is wanted of them; an end that was asked for begins; the container goes on
 * to its next target; and again, until nothing is new.
 */
public final class InitMachine {
  private static final Event.Handler HANDLERS = new Handlers();

  private InitMachine() {}

  /** The beginning: what the first target wants is to be started. */
  public static Transition boot(Plan plan, long nowNanos) {
    Decision decision = new Decision(atRest(plan, nowNanos), nowNanos);
    Container first = decision.container();
    Targets.want(decision, first.isAt(Target.START) ? Target.START : Target.UP);
    if (plan.services().isEmpty() && !plan.findsServices()) {
      decision.end(Verdict.of(0, "there are no services to run"), Level.WARNING);
    }
    settle(decision);
    if (first.isAt(Target.UP) && plan.findsServicesAtOnce()) {
      decision.act(new Effect.FindServices());
    }
    return decision.transition();
  }

  private static State atRest(Plan plan, long nowNanos) {
    List<ServiceState> services = new ArrayList<>(plan.services().size());
    for (Service service : plan.services()) {
      services.add(ServiceState.of(service, nowNanos));
    }
    boolean scans = plan.orphans().wantsToKnow();
    return new State(
        plan,
        plan.environment(),
        false,
        Targets.first(plan),
        Roster.of(services),
        Orphans.NONE,
        scans ? Deadline.after(nowNanos, Reparent.SCAN_NANOS) : Deadline.NEVER,
        1,
        Arrivals.NONE,
        plan.runlevels().isEmpty()
            ? Optional.empty()
            : Optional.of(LevelChange.first(plan.runlevels().get())));
  }

  /** What {@code event} means in {@code state}. Once the container is over, nothing does. */
  public static Transition step(State state, Event event) {
    Decision decision = new Decision(state, event.atNanos());
    if (state.container() instanceof Container.Over) {
      return decision.transition();
    }
    event.handledBy(HANDLERS, decision);
    settle(decision);
    boolean comesUp =
        state.container().isAt(Target.START)
            && decision.container().isAt(Target.UP)
            && state.plan().findsServicesAtOnce();
    if (comesUp) {
      decision.act(new Effect.FindServices());
    }
    if (decision.levels().isPresent()) {
      LevelChange.recordProcesses(decision);
    }
    lookWhetherAllAreGone(decision);
    return decision.transition();
  }

  private static void settle(Decision decision) {
    do {
      Reconcile.all(decision);
      Optional<Decision.Ending> ending = decision.takeEnding();
      if (ending.isPresent()) {
        Targets.begin(decision, ending.get());
        Reconcile.all(decision);
      }
    } while (Targets.advance(decision)
        || decision.levels().isPresent() && LevelChange.advance(decision));
  }

  /** When the last service has gone, only the kernel can say whether anything else is left. */
  private static void lookWhetherAllAreGone(Decision decision) {
    if (!decision.before().allGone() && decision.state().allGone()) {
      decision.act(Effect.Sweep.CHILDREN);
    }
  }

  /** Which handler answers which event. */
  private static final class Handlers implements Event.Handler {
    @Override
    public void onSignalReceived(Decision decision, Event.SignalReceived event) {
      SignalRules.onSignal(decision, event);
    }

    @Override
    public void onProcessSpawned(Decision decision, Event.ProcessSpawned event) {
      Began.onSpawned(decision, event);
    }

    @Override
    public void onSpawnFailed(Decision decision, Event.SpawnFailed event) {
      Ended.onSpawnFailed(decision, event);
    }

    @Override
    public void onProgramMissing(Decision decision, Event.ProgramMissing event) {
      Ended.onMissing(decision, event);
    }

    @Override
    public void onProcessExited(Decision decision, Event.ProcessExited event) {
      Ended.onExited(decision, event);
    }

    @Override
    public void onProcessStopped(Decision decision, Event.ProcessStopped event) {
      SignalRules.onStopped(decision, event);
    }

    @Override
    public void onOrderReceived(Decision decision, Event.OrderReceived event) {
      Commands.onOrder(decision, event);
    }

    @Override
    public void onServiceFound(Decision decision, Event.ServiceFound event) {
      Arriving.onFound(decision, event);
    }

    @Override
    public void onHooksChanged(Decision decision, Event.HooksChanged event) {
      Arriving.onHooksChanged(decision, event);
    }

    @Override
    public void onServiceVanished(Decision decision, Event.ServiceVanished event) {
      Arriving.onVanished(decision, event);
    }

    @Override
    public void onServicesScanned(Decision decision, Event.ServicesScanned event) {
      Arriving.onScanned(decision, event);
    }

    /** What waited for the environment is looked at again. */
    @Override
    public void onEnvironmentRead(Decision decision, Event.EnvironmentRead event) {
      decision.become(event.environment());
      for (int i = 0; i < decision.services().size(); i++) {
        ServiceId id = decision.services().get(i).id();
        decision.reconcile(id);
      }
    }

    @Override
    public void onEndRequested(Decision decision, Event.EndRequested event) {
      decision.end(new Verdict(event.exitCode(), event.cause(), true), Level.INFO);
    }

    @Override
    public void onExitCodeChosen(Decision decision, Event.ExitCodeChosen event) {
      Finish.onExitCodeChosen(decision, event);
    }

    @Override
    public void onLevelRequested(Decision decision, Event.LevelRequested event) {
      LevelRequests.onRequested(decision, event);
    }

    @Override
    public void onNotified(Decision decision, Event.Notified event) {
      Watching.onNotified(decision, event);
    }

    @Override
    public void onProbeAnswered(Decision decision, Event.ProbeAnswered event) {
      Watching.onProbeAnswered(decision, event);
    }

    @Override
    public void onChangeRequested(Decision decision, Event.ChangeRequested event) {
      Changes.onRequested(decision, event);
    }

    @Override
    public void onSignalRequested(Decision decision, Event.SignalRequested event) {
      Changes.onSignalRequested(decision, event);
    }

    @Override
    public void onOrphansArrived(Decision decision, Event.OrphansArrived event) {
      Reparent.onArrived(decision, event);
    }

    @Override
    public void onOrphansUnlisted(Decision decision, Event.OrphansUnlisted event) {
      Unlisted.onUnlisted(decision, event);
    }

    @Override
    public void onOrphanInspected(Decision decision, Event.OrphanInspected event) {
      Reparent.onInspected(decision, event);
    }

    @Override
    public void onOrphansReaped(Decision decision, Event.OrphansReaped event) {
      Reparent.onReaped(decision, event);
    }

    @Override
    public void onChildrenSwept(Decision decision, Event.ChildrenSwept event) {
      Finish.onSwept(decision, event);
    }

    /** Each room looks at its own deadlines. */
    @Override
    public void onTimePassed(Decision decision, Event.TimePassed event) {
      Overdue.onTimePassed(decision);
      Arriving.onTimePassed(decision);
      Reparent.onTimePassed(decision);
      Unlisted.onTimePassed(decision);
      Finish.onTimePassed(decision);
      if (decision.levels().isPresent()) {
        LevelRequests.onTimePassed(decision);
      }
    }

    @Override
    public void onOutputProgressed(Decision decision, Event.OutputProgressed event) {
      Finish.onOutputProgressed(decision);
    }

    @Override
    public void onOutputEnded(Decision decision, Event.OutputEnded event) {
      Finish.onOutputEnded(decision);
    }

    @Override
    public void onLoopFailed(Decision decision, Event.LoopFailed event) {
      Finish.onLoopFailed(decision, event);
    }
  }
}
