package dev.gatun.machine.orphan;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.Seconds;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Finish;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;

/**
 * The end without a list of live orphans. PID 1 of a pid namespace may signal everybody: nobody is
 * there but this container's processes, which the kernel kills with PID 1 anyway. Anybody else
 * could only guess, so after the time that orphans get the container ends without them.
 */
public final class Unlisted {
  private Unlisted() {}

  public static void onUnlisted(Decision decision, Event.OrphansUnlisted event) {
    if (!(decision.container() instanceof Container.Sweeping sweeping)) {
      return;
    }
    Remainder remainder = sweeping.remainder();
    boolean unknown = remainder == Remainder.Unknown.IT;
    if (decision.services().allGone() && (unknown || remainder instanceof Remainder.Awaited)) {
      tell(decision, sweeping, event.alone());
    } else if (unknown && decision.services().onlyReadersLeft()) {
      await(decision, sweeping);
    }
  }

  /** A log program ends when nobody writes to it any more, and who does cannot be told to stop. */
  private static void await(Decision decision, Container.Sweeping sweeping) {
    long nanos = decision.plan().orphans().killAfterNanos();
    become(decision, sweeping, new Remainder.Awaited(Deadline.after(decision.nowNanos(), nanos)));
    decision.say(
        Level.WARNING,
        "log programs are left, and processes that cannot be listed may write to them: waiting"
            + " for their end for "
            + Seconds.text(nanos));
  }

  private static void tell(Decision decision, Container.Sweeping sweeping, boolean alone) {
    long nanos = decision.plan().orphans().killAfterNanos();
    Deadline until = Deadline.after(decision.nowNanos(), nanos);
    become(decision, sweeping, new Remainder.Told(until, alone));
    if (alone) {
      decision.say(
          Level.WARNING, "processes are left that cannot be listed: terminating all of them");
      decision.act(new Effect.SignalAll(Signal.TERM));
      decision.act(new Effect.SignalAll(Signal.CONT));
    } else {
      decision.say(
          Level.WARNING,
          "processes are left that cannot be listed: waiting for their end for "
              + Seconds.text(nanos));
    }
  }

  public static void onTimePassed(Decision decision) {
    if (!(decision.container() instanceof Container.Sweeping sweeping)
        || !sweeping.remainder().nextDeadline().isDue(decision.nowNanos())) {
      return;
    }
    if (sweeping.remainder() instanceof Remainder.Awaited) {
      stopReaders(decision);
      become(decision, sweeping, Remainder.Unknown.IT);
    } else if (sweeping.remainder() instanceof Remainder.Told told && told.signaled()) {
      become(decision, sweeping, Remainder.Killed.IT);
      decision.say(
          Level.WARNING, "processes that cannot be listed did not stop in time: killing them");
      decision.act(new Effect.SignalAll(Signal.KILL));
    } else {
      decision.say(
          Level.WARNING, "processes that cannot be listed did not stop in time: left alone");
      Finish.drain(decision, sweeping.verdict());
    }
  }

  private static void stopReaders(Decision decision) {
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      if (state.service().isReader() && state.up().isPresent()) {
        String label = state.up().get().who().label();
        decision.say(Level.WARNING, label + " is still reading: terminating it");
        decision.terminate(state.up().get().who(), Signal.TERM);
      }
    }
  }

  private static void become(Decision decision, Container.Sweeping sweeping, Remainder remainder) {
    decision.become(new Container.Sweeping(sweeping.verdict(), remainder));
  }
}
