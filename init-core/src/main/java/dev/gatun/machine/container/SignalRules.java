package dev.gatun.machine.container;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.level.LevelRequests;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Want;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.model.SignalSource;
import dev.gatun.model.Stage;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Signals;
import java.util.Optional;

/** What signals mean that Gatun gets, and what the stops of a command mean. */
public final class SignalRules {
  private SignalRules() {}

  public static void onSignal(Decision decision, Event.SignalReceived event) {
    Signals signals = decision.plan().signals();
    Optional<Incarnation> command = command(decision);
    if (command.isPresent()) {
      forward(decision, command.get(), event.signal());
    } else if (isForJvm(event)) {
      decision.say(Level.INFO, received(event) + " is for the JVM: it does not end the container");
    } else if (isOfLevels(decision, event.signal())) {
      return;
    } else if (signals.stopsOn(event.signal())) {
      decision.end(Verdict.asked("received " + received(event)), Level.INFO);
    } else if (signals.passesOn(event.signal())) {
      passOn(decision, event.signal());
    } else if (!applyRule(decision, event.signal()) && event.source().first()) {
      decision.say(
          Level.INFO,
          received(event)
              + " is ignored: GATUN_FORWARD would pass it on to the services, and"
              + " GATUN_STOP_SIGNALS have it end the container");
    }
  }

  /** {@code signal QUIT from process 17 (jcmd)}. */
  private static String received(Event.SignalReceived event) {
    SignalSource source = event.source();
    return "signal " + event.signal() + (source.isInside() ? " " + source : "");
  }

  /** Tools that attach to a JVM send QUIT, which a process inside has no other reason to send. */
  private static boolean isForJvm(Event.SignalReceived event) {
    SignalSource source = event.source();
    return event.signal().is(Signal.QUIT) && (source.attaches() || source.isInside());
  }

  /** To every service itself; their log programs and scripts are told nothing. */
  private static void passOn(Decision decision, Signal signal) {
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      Optional<Incarnation> living = state.life().living();
      if (living.isPresent() && living.get().stage() == Stage.RUN) {
        decision.say(Level.DEBUG, "passing signal " + signal + " on to " + living.get().label());
        decision.act(new Effect.SendSignal(living.get(), signal));
      }
    }
  }

  /** Where there are runlevels, most signals ask for one of them or for what is run in it. */
  private static boolean isOfLevels(Decision decision, Signal signal) {
    return decision.levels().isPresent()
        && decision.container().isRunning()
        && LevelRequests.onSignal(decision, signal);
  }

  /** The process that gets the signals, while it lives. */
  private static Optional<Incarnation> command(Decision decision) {
    Optional<Forwarding> forwarding = decision.plan().signals().forwarding();
    if (forwarding.isEmpty()) {
      return Optional.empty();
    }
    Optional<ServiceState> command = decision.find(forwarding.get().to());
    return command.isEmpty() ? Optional.empty() : command.get().life().living();
  }

  private static void forward(Decision decision, Incarnation who, Signal received) {
    Forwarding forwarding = decision.plan().signals().forwarding().orElseThrow();
    Optional<Signal> passedOn = forwarding.passedOn(received);
    if (passedOn.isPresent()) {
      Signal signal = passedOn.get();
      decision.say(Level.DEBUG, "passing signal " + signal + " on to " + who.label());
      decision.act(new Effect.ForwardSignal(who, signal, forwarding.wholeGroup()));
    } else {
      decision.say(Level.DEBUG, "signal " + received + " is not passed on");
    }
    // As dumb-init does: what the command is told instead does not matter.
    if (received.isJobStop()) {
      decision.act(new Effect.StopSelf());
    }
  }

  /**
   * The program of a rule is run first, and a second signal does not hurry it.
   *
   * @return whether there is a rule for the signal
   */
  private static boolean applyRule(Decision decision, Signal signal) {
    for (SignalRule rule : decision.plan().signals().rules()) {
      if (!rule.signal().is(signal)) {
        continue;
      }
      if (!decision.container().isRunning()) {
        return true;
      }
      Optional<ServiceState> program =
          rule.program().isPresent() ? decision.find(rule.program().get()) : Optional.empty();
      if (program.isEmpty()) {
        decision.act(new Effect.AskWhetherToEnd(rule.permit(), "received signal " + signal));
      } else if (program.get().isGone()) {
        decision.put(program.get().with(Want.ONCE));
      }
      return true;
    }
    return false;
  }

  public static void onStopped(Decision decision, Event.ProcessStopped event) {
    Incarnation who = event.who();
    Optional<ServiceState> owner = decision.owner(who);
    ServiceId command = new ServiceId(who.service(), who.stage().owner());
    boolean isCommand =
        decision.plan().signals().forwardsTo(command)
            && owner.isPresent()
            && owner.get().life().is(who);
    if (isCommand) {
      decision.say(Level.DEBUG, who.label() + " was stopped by " + event.signal());
      decision.act(new Effect.FollowStop(who, event.signal()));
    }
  }
}
