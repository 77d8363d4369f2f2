package dev.gatun.model;

/**
 * A signal by its Linux number, the same on x86-64 and AArch64.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public record Signal(int number) {
  public static final Signal HUP = new Signal(1);
  public static final Signal INT = new Signal(2);
  public static final Signal QUIT = new Signal(3);
  public static final Signal KILL = new Signal(9);
  public static final Signal USR1 = new Signal(10);
  public static final Signal USR2 = new Signal(12);
  public static final Signal ALRM = new Signal(14);
  public static final Signal TERM = new Signal(15);
  public static final Signal CHLD = new Signal(17);
  public static final Signal CONT = new Signal(18);
  public static final Signal STOP = new Signal(19);
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
