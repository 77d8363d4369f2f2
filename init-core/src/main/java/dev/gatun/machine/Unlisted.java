package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;

/**
 * The end without a list of live orphans. PID 1 of a pid namespace may signal everybody: nobody is
 * there but this container's processes, which the kernel kills with PID 1 anyway. Anybody else
 * could only guess, so after the time that orphans get the container ends without them.
 */
final class Unlisted {
  private Unlisted() {}

  static Transition onUnlisted(State state, Event.OrphansUnlisted event) {
    boolean matters =
        state.phase() instanceof Phase.Terminating t
            && t.rest() == Rest.Unknown.IT
            && state.services().allGone();
    if (!matters) {
      return Transition.to(state);
    }
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

  private static State withRest(State state, Rest rest) {
    Verdict verdict = ((Phase.Terminating) state.phase()).verdict();
    return state.withPhase(new Phase.Terminating(verdict, rest));
  }
}
