package dev.gatun.model;

import java.util.Optional;

/**
 * A signal by its Linux number, the same on x86-64 and AArch64.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public record Signal(int number) {
  public static final Signal HUP = new Signal(1);
  public static final Signal INT = new Signal(2);
  public static final Signal QUIT = new Signal(3);
  public static final Signal ABRT = new Signal(6);
  public static final Signal KILL = new Signal(9);
  public static final Signal USR1 = new Signal(10);
  public static final Signal USR2 = new Signal(12);
  public static final Signal ALRM = new Signal(14);
  public static final Signal TERM = new Signal(15);
  public static final Signal CHLD = new Signal(17);
  public static final Signal CONT = new Signal(18);
  public static final Signal STOP = new Signal(19);
  public static final Signal TSTP = new Signal(20);
  public static final Signal TTIN = new Signal(21);
  public static final Signal TTOU = new Signal(22);
  public static final Signal WINCH = new Signal(28);
  public static final Signal PWR = new Signal(30);

  /** What systemd and some images use as a stop signal; real-time signals begin at 34 in libc. */
  public static final Signal RTMIN_3 = new Signal(37);

  private static final int RTMIN = 34;
  private static final int RTMAX = 64;
  private static final String[] NAMES = {
    null, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU",
    "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
  };

  public Signal {
    if (number < 1 || number > RTMAX) {
      throw new IllegalArgumentException("no such signal: " + number);
    }
  }

  /**
   * What people call a signal: a number, or a name as TERM, SIGTERM, RTMIN+3, RTMAX-1.
   *
   * @return nothing when no signal is called so
   */
  public static Optional<Signal> parse(String text) {
    String name = text.startsWith("SIG") ? text.substring("SIG".length()) : text;
    for (int number = 1; number < NAMES.length; number++) {
      if (NAMES[number].equals(name)) {
        return Optional.of(new Signal(number));
      }
    }
    int number = -1;
    if (name.startsWith("RTMIN")) {
      number = offset(RTMIN, name);
    } else if (name.startsWith("RTMAX")) {
      number = offset(RTMAX, name);
    } else if (name.length() == text.length()) {
      number = digits(name);
    }
    return number < 1 || number > RTMAX ? Optional.empty() : Optional.of(new Signal(number));
  }

  private static int offset(int from, String name) {
    String by = name.substring("RTMIN".length());
    if (by.isEmpty()) {
      return from;
    }
    int distance = digits(by.substring(1));
    boolean upwards = by.charAt(0) == '+';
    boolean known = distance >= 0 && (upwards || by.charAt(0) == '-');
    int number = upwards ? from + distance : from - distance;
    return known && number >= RTMIN ? number : -1;
  }

  private static int digits(String text) {
    boolean isShort = !text.isEmpty() && text.length() <= 2;
    int value = 0;
    for (int i = 0; isShort && i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return isShort ? value : -1;
  }

  /**
   * Whether Gatun can do as it says when it gets it. It never gets KILL and STOP, CHLD is about its
   * children, and the JVM needs ILL, BUS, FPE, SEGV and STKFLT for itself, as the C library does 32
   * and 33.
   */
  public boolean canBeHeard() {
    return switch (number) {
      case 4, 7, 8, 9, 11, 16, 17, 19, 32, 33 -> false;
      default -> true;
    };
  }

  /** Whether it is one by which a terminal stops a job, so that a handler may tidy up before. */
  public boolean isJobStop() {
    return number >= TSTP.number && number <= TTOU.number;
  }

  public boolean is(Signal other) {
    return number == other.number;
  }

  /** {@code TERM}, {@code RTMIN+3}. */
  @Override
  public String toString() {
    if (number < NAMES.length) {
      return NAMES[number];
    }
    return number < RTMIN ? String.valueOf(number) : "RTMIN+" + (number - RTMIN);
  }
}
