package dev.gatun.sim;

/** What happened, a line each. Keeps nothing when it is switched off. */
final class Transcript {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int MILLIS_WIDTH = 7;
  private static final int WHO_WIDTH = 6;

  /** Where a loop spins, the beginning says why. */
  private static final int MAX_LENGTH = 1 << 24;

  private final StringBuilder text;

  Transcript(boolean on) {
    this.text = on ? new StringBuilder() : null;
  }

  boolean isOn() {
    return text != null;
  }

  void add(long atNanos, String who, String what) {
    if (text != null && text.length() < MAX_LENGTH) {
      addMillis(atNanos);
      text.append("  ").append(who).append(" ".repeat(Math.max(0, WHO_WIDTH - who.length())));
      text.append("  ").append(what).append('\n');
    }
  }

  private void addMillis(long nanos) {
    String millis = String.valueOf(nanos / NANOS_A_MILLI);
    String rest = String.valueOf(NANOS_A_MILLI + nanos % NANOS_A_MILLI).substring(1);
    text.append(" ".repeat(Math.max(0, MILLIS_WIDTH - millis.length())));
    text.append(millis).append('.').append(rest);
  }

  boolean isSame(Transcript other) {
    return text != null && other.text != null && text.compareTo(other.text) == 0;
  }

  @Override
  public String toString() {
    return text == null ? "" : text.toString();
  }
}
