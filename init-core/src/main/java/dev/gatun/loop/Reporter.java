package dev.gatun.loop;

import dev.gatun.model.Level;

/** Where Gatun's own messages go. Nothing that happens there ends the loop or holds it up. */
public interface Reporter {

  /** Says {@code text}, one line, if its level is said at all. */
  void report(Level level, String text);

  /** The end of the container has been decided: what is said from now on is the last. */
  default void containerEnds() {}
}
