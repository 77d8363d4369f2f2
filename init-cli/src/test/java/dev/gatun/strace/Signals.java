package dev.gatun.strace;

/** Signals as signalfd tells them, and strace prints that. */
final class Signals {
  private static final String[] NAMES = {
    "?", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU",
    "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
  };

  private Signals() {}

  /** The name of the signal whose number is the first byte of a text as strace prints it. */
  static String name(String text) {
    int number = firstByte(text);
    return number < NAMES.length ? "SIG" + NAMES[number] : "signal " + number;
  }

  private static int firstByte(String text) {
    if (text.isEmpty() || text.charAt(0) != '\\') {
      return text.isEmpty() ? 0 : text.charAt(0);
    }
    char second = text.charAt(1);
    int escape = "abtnvfr".indexOf(second);
    if (escape >= 0) {
      return 7 + escape;
    }
    int end = 1;
    while (end < Math.min(4, text.length()) && Character.digit(text.charAt(end), 8) >= 0) {
      end++;
    }
    return Integer.parseInt(text.substring(1, end), 8);
  }
}
