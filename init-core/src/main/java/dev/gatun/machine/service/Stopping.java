package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.model.Deadline;
import dev.gatun.model.Order;
import dev.gatun.model.Signal;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Optional;

/** Telling services to stop. */
public final class Stopping {
  private Stopping() {}

  /** TERM, or what is run instead of it, and what belongs to a stop. */
  static ServiceState stop(Decision decision, ServiceState state) {
    Optional<ProcessLife.Up> up = state.up();
    if (up.isEmpty()) {
      return state;
    }
    Optional<Stop.StopProgram> program = state.service().stop().program();
    if (program.isPresent()) {
      return Scripts.runStop(decision, state, up.get(), program.get());
    }
    return state.service().hooks().standIn(Order.TERMINATE).isPresent()
        ? Scripts.run(decision, state, Script.Purpose.INSTEAD_OF_TERM, Order.TERMINATE)
        : afterTerm(decision, tell(decision, state));
  }

  /** The signal that the plan has for a stop. */
  static ServiceState tell(Decision decision, ServiceState state) {
    ServiceState told = send(decision, state, state.service().stop().signal());
    return told.life() instanceof ProcessLife.Up up ? told.with(up.afterBeingTold()) : told;
  }

  /**
   * Stops a service that waited until those that depend on it were down, and has what a program has
   * done that is run once taken back.
   */
  static ServiceState ifDue(Decision decision, ServiceState state) {
    boolean isToldAlready = state.life() instanceof ProcessLife.Up up && up.told();
    boolean waits =
        !state.standing().isGoingDown()
            || state.isBusy()
            || isToldAlready
            || !Dependencies.dependentsAreDown(decision, state.id());
    if (waits) {
      return state;
    }
    boolean terminating = decision.container().isTerminating();
    if (state.up().isPresent()) {
      ServiceState told = stop(decision, state);
      return terminating
          ? told.killedAfter(decision.nowNanos())
          : told.killedAfterOrder(decision.nowNanos());
    }
    if (state.livesAtAll()) {
      return state;
    }
    return state.isToTakeBack()
        ? Scripts.takeBack(decision, state)
        : state.with(state.standing().notReady().staying());
  }

  /** A program that is not to be started again must hear TERM even when it was stopped. */
  static ServiceState afterTerm(Decision decision, ServiceState state) {
    boolean staysDown = !state.want().starts();
    if (!staysDown && !state.standing().isGoingDown()) {
      return state;
    }
    ServiceState continued = send(decision, state, Signal.CONT);
    if (!staysDown) {
      return continued;
    }
    Order last = state.want() == Want.GONE ? Order.EXIT : Order.DOWN;
    return state.service().hooks().standIn(last).isPresent()
        ? Scripts.run(decision, continued, Script.Purpose.AFTER_STOP, last)
        : continued;
  }

  static ServiceState send(Decision decision, ServiceState state, Signal signal) {
    if (!(state.life() instanceof ProcessLife.Up up)) {
      return state;
    }
    decision.act(
        state.service().stop().tellsGroup()
            ? new Effect.SignalGroup(up.who(), signal)
            : new Effect.SendSignal(up.who(), signal));
    return state.with(up.after(signal));
  }

  /** Continues a program that was stopped: it hears neither TERM nor the end of what it reads. */
  static ServiceState goOn(Decision decision, ServiceState state) {
    return state.life() instanceof ProcessLife.Up up && up.paused()
        ? send(decision, state, Signal.CONT)
        : state;
  }

  /** The service is to be gone, and no order that it was given before matters any more. */
  static ServiceState exit(Decision decision, ServiceState state) {
    boolean wasLeaving = state.want() == Want.GONE;
    boolean isHeldBack = !state.timers().startAt().isNever() && !state.service().takesOrders();
    ServiceState free = isHeldBack ? state.with(state.timers().withStartAt(Deadline.NEVER)) : state;
    ServiceState leaving = free.with(Want.GONE).with(state.orders().withoutWaiting());
    if (!leaving.isBusy()) {
      boolean told = state.life() instanceof ProcessLife.Up up && up.told();
      return wasLeaving && told ? goOn(decision, leaving) : stop(decision, leaving);
    }
    return leaving.up().isPresent() && !isStoppedByProgram(leaving)
        ? leaving.with(leaving.orders().waitingFor(Order.EXIT))
        : leaving;
  }

  private static boolean isStoppedByProgram(ServiceState state) {
    Optional<Script> script = state.orders().script();
    return script.isPresent() && script.get().purpose() == Script.Purpose.STOP;
  }

  /**
   * A service is not wanted for now. One whose start is under way is told when it has begun.
   *
   * @param killAt when it gets KILL
   */
  public static ServiceState leave(Decision decision, ServiceState state, Deadline killAt) {
    ServiceState down = state.with(Want.DOWN).with(state.timers().withStartAt(Deadline.NEVER));
    if (!down.livesAtAll()) {
      return down;
    }
    ServiceState told =
        down.isBusy() ? down.with(down.orders().waitingFor(Order.DOWN)) : stop(decision, down);
    return told.with(told.timers().withKillAt(killAt));
  }

  /**
   * The container does not want a service any more. One that reads from another is not told: it
   * stops when it has read everything.
   */
  public static void unwant(Decision decision, ServiceState before) {
    if (before.service().isReader()) {
      ServiceState settled = before.with(before.timers().with(PendingVerdict.NONE));
      decision.put(
          Ends.isReadingFromNobody(decision, before)
              ? settled.killedAfter(decision.nowNanos())
              : settled);
      return;
    }
    ServiceState alone = before.with(before.place().followedBy(List.of()));
    if (before.isToTakeBack() || !decision.services().dependents(before.id()).isEmpty()) {
      decision.put(
          alone
              .with(Want.GONE)
              .with(alone.orders().withoutWaiting())
              .with(alone.standing().going(Standing.GoingDown.TOLD)));
      return;
    }
    decision.put(exit(decision, alone).killedAfter(decision.nowNanos()));
  }

  /**
   * Tells a service once more: what it was told when the loop failed may not have been carried out.
   */
  public static void tellAgain(Decision decision, ServiceState state) {
    boolean wasTold =
        state.want() == Want.GONE
            && !state.service().isReader()
            && Dependencies.dependentsAreDown(decision, state.id());
    if (wasTold && state.life() instanceof ProcessLife.Up up) {
      decision.terminate(up.who(), state.service().stop().signal());
    }
  }

  /** KILL goes to all processes of a service that live at its deadline. */
  static ServiceState kill(Decision decision, ServiceState state) {
    kill(decision, state.life());
    if (state.service().stop().tellsGroup() && state.life() instanceof ProcessLife.Up up) {
      decision.act(new Effect.SignalGroup(up.who(), Signal.KILL));
    }
    kill(decision, state.finish());
    if (state.orders().script().isPresent()) {
      kill(decision, state.orders().script().get().life());
    }
    return state.with(state.timers().withKillAt(Deadline.NEVER));
  }

  private static void kill(Decision decision, ProcessLife life) {
    if (life instanceof ProcessLife.Up up) {
      decision.kill(up.who());
    }
  }
}
