package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;

/** A decision in the making, for those that are made in many small steps: it never leaves them. */
final class Turn {
  final long nowNanos;
  private final List<Effect> effects = new ArrayList<>();
  private State state;

  Turn(State state, long nowNanos) {
    this.state = state;
    this.nowNanos = nowNanos;
  }

  State state() {
    return state;
  }

  Regime regime() {
    return state.regime().get();
  }

  void become(State next) {
    state = next;
  }

  void become(Regime next) {
    state = state.with(next);
  }

  void act(Effect effect) {
    effects.add(effect);
  }

  void say(Level level, String text) {
    effects.add(new Effect.Report(level, text));
  }

  /** TERM, and CONT so that a stopped process hears it. */
  void stop(Incarnation who) {
    Terminate.signal(who, effects);
  }

  /** KILL for what has not stopped in time. */
  void kill(Incarnation who) {
    Terminate.kill(who, effects);
  }

  /** Goes on with what another handler decides. */
  void take(Transition transition) {
    state = transition.state();
    effects.addAll(transition.effects());
  }

  Incarnation incarnation(ServiceName name, Stage stage) {
    Incarnation who = new Incarnation(name, stage, state.nextIncarnation());
    state = state.withNextIncarnation(who.number() + 1);
    return who;
  }

  Transition transition() {
    return new Transition(state, effects);
  }
}
