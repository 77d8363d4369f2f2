package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import dev.gatun.plan.Forwarding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signals that are passed on to a command, and what its being stopped means. */
final class Forward {
  private Forward() {}

  static Transition onSignal(State state, Event.SignalReceived event) {
    Forwarding forwarding = state.plan().forwarding().get();
    Optional<Incarnation> process = state.services().get(forwarding.to()).run().living();
    Optional<Signal> signal = forwarding.passedOn(event.signal());
    return process.isPresent()
        ? forward(state, process.get(), event.signal(), signal)
        : Terminate.onSignal(state, event);
  }

  private static Transition forward(
      State state, Incarnation who, Signal received, Optional<Signal> passedOn) {
    List<Effect> effects = new ArrayList<>();
    if (passedOn.isEmpty()) {
      effects.add(new Effect.Report(Level.DEBUG, "signal " + received + " is not passed on"));
    } else {
      Signal signal = passedOn.get();
      boolean wholeGroup = state.plan().forwarding().get().wholeGroup();
      effects.add(
          new Effect.Report(Level.DEBUG, "passing signal " + signal + " on to " + who.label()));
      effects.add(new Effect.ForwardSignal(who, signal, wholeGroup));
    }
    // As dumb-init: what the command is told instead does not matter.
    if (received.isJobStop()) {
      effects.add(new Effect.StopSelf());
    }
    return new Transition(state, effects);
  }

  static Transition onStopped(State state, Event.ProcessStopped event) {
    Incarnation who = event.who();
    boolean isCommand =
        state.plan().forwardsTo(who.service()) && state.services().get(who.service()).has(who);
    return isCommand
        ? Transition.to(
            state,
            new Effect.Report(Level.DEBUG, who.label() + " was stopped by " + event.signal()),
            new Effect.FollowStop(who, event.signal()))
        : Transition.to(state);
  }

  /** The place of the service that is started as the {@code nth}: the command is the last. */
  static int startedAs(State state, int nth) {
    int command = state.services().indexOf(state.plan().forwarding().get().to());
    if (nth < command) {
      return nth;
    }
    return nth == state.services().size() - 1 ? command : nth + 1;
  }
}
