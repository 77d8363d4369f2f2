package dev.gatun.loop;

import dev.gatun.model.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of a turn, said at its end. What the kernel is asked to do must not wait for a log: the
 * first message costs the loading of a logging library, and it is often the one that says why all
 * the others are going to get TERM.
 */
public final class PendingReports implements Reporter {
  private final List<Level> levels = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  @Override
  public void report(Level level, String text) {
    levels.add(level);
    texts.add(text);
  }

  /** Passes them on, in order; true when there were any. */
  boolean passOn(Reporter reporter) {
    if (texts.isEmpty()) {
      return false;
    }
    for (int i = 0; i < texts.size(); i++) {
      reporter.report(levels.get(i), texts.get(i));
    }
    levels.clear();
    texts.clear();
    return true;
  }
}
