package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.plan.Runlevels;

/**
 * Something that the journal tells of runlevels.
 *
 * @param text a sentence without its full stop
 * @param entered the level that was entered, empty when none was
 */
record LevelStory(long atNanos, String text, String entered) {

  static LevelStory requested(Event.LevelRequested event) {
    boolean isLevel = Runlevels.isLevel(event.level()) || event.level().equals("s");
    String what =
        isLevel
            ? "a client asked for runlevel "
                + event.level()
                + ", with "
                + Words.duration(event.sleepNanos())
                + " from TERM to KILL"
            : "a client sent the request " + event.level();
    return new LevelStory(event.atNanos(), what, "");
  }

  static LevelStory entered(Effect.ShowLevel effect, long atNanos) {
    String text =
        switch (effect.level()) {
          case Runlevels.SYSINIT -> "what comes before everything else was begun (sysinit)";
          case Runlevels.BOOT -> "what comes before the first runlevel was begun (boot)";
          default -> "runlevel " + effect.level() + " was entered, after " + effect.previous();
        };
    return new LevelStory(atNanos, text, effect.level());
  }
}
