package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.SignalRule;
import java.util.Optional;

/** Signals that end the container on a condition, and the programs that are run before. */
final class Heed {
  private Heed() {}

  /** The other signals are somebody else's matter. */
  static Transition onSignal(State state, Event.SignalReceived event) {
    Optional<SignalRule> rule = rule(state, event.signal());
    if (rule.isEmpty() || state.regime().get().heeded().isPresent()) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    ServiceName name = ServiceName.of(event.signal().toString());
    if (rule.get().script().isPresent()) {
      Incarnation who = turn.incarnation(name, Stage.SIGNAL);
      turn.act(new Effect.SpawnScript(who, rule.get().script().get()));
      become(turn, new Heeded(who, false, Deadline.NEVER));
    } else {
      askWhetherToEnd(turn, name);
    }
    return turn.transition();
  }

  private static Optional<SignalRule> rule(State state, Signal signal) {
    if (state.isRunning() && state.regime().isPresent()) {
      for (SignalRule rule : state.regime().get().course().signals()) {
        if (rule.signal().is(signal)) {
          return Optional.of(rule);
        }
      }
    }
    return Optional.empty();
  }

  private static void become(Turn turn, Heeded heeded) {
    turn.become(turn.regime().withHeeded(Optional.of(heeded)));
  }

  static void isUp(Turn turn, Incarnation who) {
    become(turn, new Heeded(who, true, Deadline.NEVER));
    if (turn.state().isTerminating()) {
      stop(turn);
    }
  }

  /** The container ends for another reason, and does not wait for a program that is deaf. */
  static void stop(Turn turn) {
    Optional<Heeded> heeded = turn.regime().heeded();
    if (heeded.isPresent() && heeded.get().isUp()) {
      Incarnation who = heeded.get().who();
      turn.stop(who);
      Deadline killAt = Deadline.after(turn.nowNanos, turn.state().plan().killAfterNanos());
      become(turn, new Heeded(who, true, killAt));
    }
  }

  static void ended(Turn turn, Incarnation who) {
    turn.become(turn.regime().withHeeded(Optional.empty()));
    askWhetherToEnd(turn, who.service());
  }

  private static void askWhetherToEnd(Turn turn, ServiceName signal) {
    for (SignalRule rule : turn.regime().course().signals()) {
      if (turn.state().isRunning() && signal.toString().equals(rule.signal().toString())) {
        turn.act(new Effect.AskWhetherToEnd(rule.permit(), "received signal " + signal));
      }
    }
  }

  static void onTimePassed(Turn turn) {
    Optional<Heeded> heeded = turn.regime().heeded();
    if (heeded.isPresent() && heeded.get().killAt().isDue(turn.nowNanos)) {
      Incarnation deaf = heeded.get().who();
      turn.kill(deaf);
      become(turn, new Heeded(deaf, true, Deadline.NEVER));
    }
  }
}
