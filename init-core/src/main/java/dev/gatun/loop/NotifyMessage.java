package dev.gatun.loop;

import dev.gatun.model.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of sd_notify(3): assignments, a line each. Those that Gatun does not know mean nothing.
 */
final class NotifyMessage {
  private static final int MAX_LINES = 16;
  private static final int MAX_TEXT = 256;
  private static final String STATUS = "STATUS=";

  private NotifyMessage() {}

  /**
   * What a line says.
   *
   * @param text what people are to read; empty for all but STATUS
   */
  record Line(Notice notice, String text) {}

  static List<Line> read(byte[] message) {
    List<Line> lines = new ArrayList<>();
    for (String line : new String(message, StandardCharsets.UTF_8).split("\n", MAX_LINES + 1)) {
      if (lines.size() == MAX_LINES) {
        break;
      }
      switch (line) {
        case "READY=1" -> lines.add(new Line(Notice.READY, ""));
        case "STOPPING=1" -> lines.add(new Line(Notice.STOPPING, ""));
        case "RELOADING=1" -> lines.add(new Line(Notice.RELOADING, ""));
        case "WATCHDOG=1" -> lines.add(new Line(Notice.WATCHDOG, ""));
        default -> {
          if (line.startsWith(STATUS)) {
            lines.add(new Line(Notice.STATUS, printable(line.substring(STATUS.length()))));
          }
        }
      }
    }
    return lines;
  }

  /** Whoever reads it has it in one line, and nothing in it does anything to a terminal. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT)
        .forEach(each -> shown.appendCodePoint(isShown(each) ? each : '?'));
    return shown.toString();
  }

  private static boolean isShown(int character) {
    return !Character.isISOControl(character)
        && Character.getType(character) != Character.SURROGATE;
  }
}
