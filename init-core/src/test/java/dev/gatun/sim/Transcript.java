package dev.gatun.sim;

import java.util.Locale;

/** What happened, a line each. Keeps nothing when it is switched off. */
final class Transcript {
  private final StringBuilder text;

  Transcript(boolean on) {
    this.text = on ? new StringBuilder() : null;
  }

  boolean isOn() {
    return text != null;
  }

  void add(long atNanos, String who, String what) {
    if (text != null) {
      text.append(String.format(Locale.ROOT, "%14.6f  %-6s  %s%n", atNanos / 1e6, who, what));
    }
  }

  void addLine(String line) {
    if (text != null) {
      text.append(line).append('\n');
    }
  }

  @Override
  public String toString() {
    return text == null ? "" : text.toString();
  }
}
