package dev.gatun.journal.tell;

import dev.gatun.journal.replay.ComparedStep;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.LevelSignal;

/**
 * A signal for Gatun.
 *
 * @param from where it came from: {@code from outside}, {@code from process 17 (sh)}
 * @param ends whether it began the end
 * @param late whether the end had begun before
 * @param answer what Gatun did because of it, in words; empty when that is nothing
 */
record OutsideSignal(
    long atNanos, Signal signal, String from, boolean ends, boolean late, String answer) {

  static OutsideSignal of(Event.SignalReceived event, ComparedStep step) {
    boolean late = !step.before().isRunning();
    boolean ends = !late && !step.after().isRunning();
    String from = event.source().toString();
    return new OutsideSignal(
        event.atNanos(), event.signal(), from, ends, late, answer(event, step));
  }

  private static String answer(Event.SignalReceived event, ComparedStep step) {
    String asked = asked(event, step);
    if (!asked.isEmpty()) {
      return asked;
    }
    StringBuilder told = new StringBuilder();
    for (Effect effect : step.recorded()) {
      if (effect instanceof Effect.SendSignal e && e.signal().is(event.signal())) {
        told.append(told.isEmpty() ? "it was passed on to " : ", ").append(e.who().service());
      }
      if (effect instanceof Effect.ForwardSignal e) {
        boolean same = e.signal().is(event.signal());
        return "it was passed on to " + e.who().service() + (same ? "" : " as " + e.signal());
      }
      if (isPermission(effect)) {
        return "it ends the container where that is permitted";
      }
    }
    // The first TERM that ends the container is sent on, too, and is told as its end.
    return step.before().plan().signals().passesOn(event.signal()) ? told.toString() : "";
  }

  /**
   * What it asks of the runlevels; empty where there are none, or where it means nothing to them.
   */
  private static String asked(Event.SignalReceived event, ComparedStep step) {
    if (step.before().levels().isEmpty() || !step.before().isRunning()) {
      return "";
    }
    for (LevelSignal rule : step.before().levels().get().runlevels().signals()) {
      if (rule.signal().is(event.signal())) {
        return switch (rule.request()) {
          case CTRLALTDEL -> "what is there for ctrlaltdel is to be run";
          case CTRLALTDEL_OR_HALT ->
              "what is there for ctrlaltdel is to be run, and to end the container";
          case KBREQUEST -> "what is there for kbrequest is to be run";
          case POWER -> "it is looked at how the power is";
          case RELOAD -> "the entries are to be read anew";
          case HALT -> "runlevel 0 is to be entered";
          case OPEN_PIPE -> "the pipe for requests is to be opened anew";
          case CLOSE_PIPE -> "no requests are to be heard";
          case PAUSE -> "nothing is to be started for a while";
          case CONTINUE -> "what it has had wait goes on";
        };
      }
    }
    return "";
  }

  /** Whether a program, or a file, is to say whether the container ends. */
  private static boolean isPermission(Effect effect) {
    return effect instanceof Effect.AskWhetherToEnd
        || effect instanceof Effect.Spawn spawn && spawn.who().stage() == Stage.SIGNAL;
  }

  /** Whether both are the same to people. */
  boolean isLike(OutsideSignal other) {
    return signal.is(other.signal)
        && from.equals(other.from)
        && ends == other.ends
        && late == other.late
        && answer.equals(other.answer);
  }
}
