package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Order;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Stage;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Program;
import dev.gatun.plan.Stop.StopProgram;
import java.util.Optional;

/** Ordering the programs that belong to a service beside its own. */
final class Scripts {
  private Scripts() {}

  /** Runs what stands in for an order, which must be there. */
  static ServiceState run(
      Decision decision, ServiceState state, Script.Purpose purpose, Order order) {
    Program program = state.service().hooks().standIn(order).orElseThrow();
    ProcessLife life = start(decision, state, Stage.CONTROL, program, Optional.empty());
    return state.with(state.orders().with(new Script(life, purpose, order)));
  }

  /** Runs the plan's own way to stop a service that runs. */
  static ServiceState runStop(
      Decision decision, ServiceState state, ProcessLife.Up up, StopProgram stop) {
    Effect.Spawn.Target target = new Effect.Spawn.Target(up.who(), stop.pidVariable());
    ProcessLife life = start(decision, state, Stage.TERM, stop.program(), Optional.of(target));
    Script script = new Script(life, Script.Purpose.STOP, Order.TERMINATE);
    return state.with(up.afterBeingTold()).with(state.orders().with(script));
  }

  /** Takes back what a program has done that is run once. */
  static ServiceState takeBack(Decision decision, ServiceState state) {
    Hooks.Down down = state.service().hooks().down().orElseThrow();
    ProcessLife life = start(decision, state, Stage.DOWN, down.program(), Optional.empty());
    Script script = new Script(life, Script.Purpose.TAKE_BACK, Order.DOWN);
    Deadline killAt =
        down.killAfterNanos() == 0
            ? Deadline.NEVER
            : Deadline.after(decision.nowNanos(), down.killAfterNanos());
    return state.with(state.orders().with(script)).with(state.timers().withKillAt(killAt));
  }

  /** Runs the finish program, with arguments that tell of the end before. */
  static ServiceState runFinish(Decision decision, ServiceState state, Program program) {
    return state.withFinish(start(decision, state, Stage.FINISH, program, Optional.empty()));
  }

  private static ProcessLife start(
      Decision decision,
      ServiceState state,
      Stage stage,
      Program program,
      Optional<Effect.Spawn.Target> target) {
    Incarnation who = decision.incarnation(state.id().name(), stage);
    Optional<ServiceId> writes =
        stage == Stage.TERM ? Optional.empty() : Pipes.writtenBy(decision, state);
    decision.act(
        new Effect.Spawn(who, program, decision.environment(), Optional.empty(), writes, target));
    return new ProcessLife.Starting(who, decision.nowNanos());
  }
}
