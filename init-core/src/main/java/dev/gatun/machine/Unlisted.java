package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * The end without a list of live orphans. PID 1 of a pid namespace may signal everybody: nobody is
 * there but this container's processes, which the kernel kills with PID 1 anyway. Anybody else
 * could only guess, so after the time that orphans get the container ends without them.
 */
final class Unlisted {
  private Unlisted() {}

  static Transition onUnlisted(State state, Event.OrphansUnlisted event) {
    if (!(state.phase() instanceof Phase.Terminating ending) || !state.endsTheRest()) {
      return Transition.to(state);
    }
    return switch (ending.rest()) {
      case Rest.Unknown u when state.allGone() -> tell(state, event);
      case Rest.Awaited a when state.allGone() -> tell(state, event);
      case Rest.Unknown u when onlyLogProgramsLive(state) -> await(state, event);
      case Rest.Unknown u -> Transition.to(state);
      case Rest.Awaited a -> Transition.to(state);
      case Rest.Told t -> Transition.to(state);
      case Rest.Killed k -> Transition.to(state);
    };
  }

  /** Of kept services nothing else can be left once the last programs have run. */
  private static boolean onlyLogProgramsLive(State state) {
    for (Service service : state.services()) {
      if (!service.run().isGone() || !service.term().isGone()) {
        return false;
      }
    }
    return true;
  }

  /** A log program ends when nobody writes to it any more, and who does cannot be told to stop. */
  private static Transition await(State state, Event.OrphansUnlisted event) {
    long nanos = state.plan().orphans().killAfterNanos();
    return Transition.to(
        withRest(state, new Rest.Awaited(Deadline.after(event.atNanos(), nanos))),
        new Effect.Report(
            Level.WARNING,
            "log programs are left, and processes that cannot be listed may write to them: waiting"
                + " for their end for "
                + Seconds.text(nanos)));
  }

  private static Transition tell(State state, Event.OrphansUnlisted event) {
    Deadline until = Deadline.after(event.atNanos(), state.plan().orphans().killAfterNanos());
    State told = withRest(state, new Rest.Told(until, event.alone()));
    return event.alone()
        ? Transition.to(
            told,
            new Effect.Report(
                Level.WARNING, "processes are left that cannot be listed: terminating all of them"),
            new Effect.SignalRest(Signal.TERM),
            new Effect.SignalRest(Signal.CONT))
        : Transition.to(
            told,
            new Effect.Report(
                Level.WARNING,
                "processes are left that cannot be listed: waiting for their end for "
                    + Seconds.text(state.plan().orphans().killAfterNanos())));
  }

  static Transition onTimePassed(State state, Event.TimePassed event) {
    boolean due =
        state.phase() instanceof Phase.Terminating t
            && t.rest().nextDeadline().isDue(event.atNanos());
    if (!due) {
      return Transition.to(state);
    }
    Phase.Terminating ending = (Phase.Terminating) state.phase();
    if (ending.rest() instanceof Rest.Awaited) {
      return stopLogPrograms(state);
    }
    if (ending.rest() instanceof Rest.Told told && told.signaled()) {
      return Transition.to(
          withRest(state, Rest.Killed.IT),
          new Effect.Report(
              Level.WARNING, "processes that cannot be listed did not stop in time: killing them"),
          new Effect.SignalRest(Signal.KILL));
    }
    return Transition.to(
            state,
            new Effect.Report(
                Level.WARNING, "processes that cannot be listed did not stop in time: left alone"))
        .then(Reap.drain(state, ending.verdict(), event.atNanos()));
  }

  private static Transition stopLogPrograms(State state) {
    List<Effect> effects = new ArrayList<>();
    if (state.regime().isPresent()) {
      for (Kept kept : state.regime().get().services()) {
        if (kept.log().isPresent() && kept.log().get().doing() instanceof Doing.Up up) {
          stopLogProgram(up.who(), effects);
        }
      }
    }
    for (Service service : state.services()) {
      if (service.log() instanceof ProcessState.Up log) {
        stopLogProgram(log.who(), effects);
      }
    }
    return new Transition(withRest(state, Rest.Unknown.IT), effects);
  }

  private static void stopLogProgram(Incarnation who, List<Effect> effects) {
    String what = who.label() + " is still reading: terminating it";
    effects.add(new Effect.Report(Level.WARNING, what));
    Terminate.signal(who, effects);
  }

  private static State withRest(State state, Rest rest) {
    Verdict verdict = ((Phase.Terminating) state.phase()).verdict();
    return state.withPhase(new Phase.Terminating(verdict, rest));
  }
}
