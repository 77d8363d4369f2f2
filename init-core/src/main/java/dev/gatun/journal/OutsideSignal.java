package dev.gatun.journal;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Signal;

/**
 * A signal for Gatun.
 *
 * @param ends whether it began the end
 * @param late whether the end had begun before
 * @param heed what Gatun did because of it, in words; empty when that is nothing
 */
record OutsideSignal(long atNanos, Signal signal, boolean ends, boolean late, String heed) {

  static OutsideSignal of(Event.SignalReceived event, Step step) {
    boolean late = !step.before().isRunning();
    boolean ends = !late && !step.after().isRunning();
    return new OutsideSignal(event.atNanos(), event.signal(), ends, late, heed(event, step));
  }

  private static String heed(Event.SignalReceived event, Step step) {
    for (Effect effect : step.recorded()) {
      if (effect instanceof Effect.ForwardSignal e) {
        boolean same = e.signal().is(event.signal());
        return "it was passed on to " + e.who().service() + (same ? "" : " as " + e.signal());
      }
      if (effect instanceof Effect.SpawnScript || effect instanceof Effect.AskWhetherToEnd) {
        return "it ends the container where that is permitted";
      }
    }
    return "";
  }

  /** Whether both are the same to people. */
  boolean isLike(OutsideSignal other) {
    return signal.is(other.signal)
        && ends == other.ends
        && late == other.late
        && heed.equals(other.heed);
  }
}
