package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Level;

/** What the kernel's list of children says, and the end that follows when it is empty. */
final class Reap {
  private Reap() {}

  static Transition onOrphansReaped(State state, Event.OrphansReaped event) {
    Orphans left = state.orphans().without(event.orphans());
    if (left == state.orphans()) {
      return Transition.to(state);
    }
    State without = state.with(left);
    Transition settled = Transition.to(without);
    for (Event.OrphanExit exit : event.orphans()) {
      if (state.orphans().get(exit.id()) instanceof Orphan.Adopted adopted) {
        Transition ended =
            Reparent.onAdoptedExited(settled.state(), adopted, exit.status(), event.atNanos());
        settled = settled.then(ended);
      }
    }
    return settled;
  }

  /** When no service is left that runs, only the kernel can say whether anything else does. */
  static Transition lookWhetherAllAreGone(State state) {
    boolean matters = state.isRunning() || state.isTerminating();
    return matters && state.allGone()
        ? Transition.to(state, new Effect.SweepChildren())
        : Transition.to(state);
  }

  /** The same, where several things have to be over: when the last of them is. */
  static Transition lookWhenCleared(State before, State after) {
    return before.allGone() ? Transition.to(after) : lookWhetherAllAreGone(after);
  }

  static Transition onSwept(State state, Event.ChildrenSwept event) {
    if (!state.allGone()) {
      return Transition.to(state);
    }
    if (state.phase() instanceof Phase.Terminating ending) {
      return event.childrenLeft()
          ? findTheRest(state, event)
          : drain(state, ending.verdict(), event.atNanos());
    }
    boolean ends = !event.childrenLeft() && state.plan().course().isEmpty();
    return state.isRunning() && ends ? nothingLeft(state, event.atNanos()) : Transition.to(state);
  }

  private static Transition nothingLeft(State state, long nowNanos) {
    Verdict verdict = Verdict.of(0, "nothing is left running");
    Transition said =
        Transition.to(
            state,
            new Effect.Report(
                Level.WARNING, "exit " + verdict.exitCode() + ": " + verdict.cause()));
    return said.then(drain(state, verdict, nowNanos));
  }

  /** Children that nobody has seen yet: not worth waiting for the next scan, if this was none. */
  private static Transition findTheRest(State state, Event.ChildrenSwept event) {
    return state.orphans().isEmpty() && !event.scanned()
        ? Transition.to(state, new Effect.ScanOrphans())
        : Transition.to(state);
  }

  static Transition drain(State state, Verdict verdict, long nowNanos) {
    Deadline giveUpAt = Deadline.after(nowNanos, state.plan().drainNanos());
    State draining =
        state
            .withPhase(new Phase.Draining(verdict, giveUpAt))
            .with(Orphans.NONE)
            .withScanAt(Deadline.NEVER);
    return Transition.to(draining, new Effect.DrainOutput());
  }
}
