package dev.gatun.cli;

import dev.gatun.model.Level;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Where tinylog leaves messages: in the output plane, which puts time and level in front and never
 * blocks. Of an entry only level and message are asked for, so tinylog looks up nothing else.
 */
public final class OutputPlaneWriter implements Writer {

  /**
   * @param properties tinylog's, of no interest here
   */
  public OutputPlaneWriter(Map<String, String> properties) {}

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(LogEntryValue.LEVEL, LogEntryValue.MESSAGE);
  }

  @Override
  public void write(LogEntry entry) {
    OwnLog.instance().output().say(level(entry.getLevel()), entry.getMessage());
  }

  private static Level level(org.tinylog.Level level) {
    return switch (level) {
      case TRACE, DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARNING;
      case ERROR, OFF -> Level.ERROR;
    };
  }

  /** The loop does that, at the end of each turn. */
  @Override
  public void flush() {}

  @Override
  public void close() {}
}
