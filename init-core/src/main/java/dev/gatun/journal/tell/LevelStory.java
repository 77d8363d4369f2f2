package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.machine.Event;
import dev.gatun.machine.level.LevelAction;
import dev.gatun.machine.level.LevelRequest;
import dev.gatun.plan.Runlevels;

/**
 * Something that the journal tells of runlevels.
 *
 * @param text a sentence without its full stop
 * @param entered the level that was entered, empty when none was
 */
record LevelStory(long atNanos, String text, String entered) {

  static LevelStory requested(Event.LevelRequested event) {
    String what =
        switch (event.request()) {
          case LevelRequest.Enter asked -> asked(asked);
          case LevelRequest.Reread read -> "the entries of the runlevels were read anew";
          case LevelRequest.PowerIs is -> "the power was said to be " + words(is.power());
          case LevelRequest.SetVariable variable ->
              "a client "
                  + (variable.value().isPresent() ? "set " : "unset ")
                  + "the variable "
                  + variable.name();
        };
    return new LevelStory(event.atNanos(), what, "");
  }

  private static String asked(LevelRequest.Enter asked) {
    boolean isLevel = Runlevels.isLevel(asked.level()) || asked.level().equals("s");
    return isLevel
        ? "a client asked for runlevel "
            + asked.level()
            + ", with "
            + Words.duration(asked.sleepNanos())
            + " from TERM to KILL"
        : "a client sent the request " + asked.level();
  }

  private static String words(Runlevels.Power power) {
    return switch (power) {
      case FAILING -> "failing";
      case FAILING_NOW -> "failing at once";
      case BACK -> "back";
    };
  }

  static LevelStory entered(LevelAction.ShowLevel effect, long atNanos) {
    String text =
        switch (effect.level()) {
          case Runlevels.SYSINIT -> "what comes before everything else was begun (sysinit)";
          case Runlevels.BOOT -> "what comes before the first runlevel was begun (boot)";
          default -> "runlevel " + effect.level() + " was entered, after " + effect.previous();
        };
    return new LevelStory(atNanos, text, effect.level());
  }
}
