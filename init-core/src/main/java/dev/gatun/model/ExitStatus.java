package dev.gatun.model;

/**
 * How a process ended.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
public sealed interface ExitStatus {

  /** It called exit; {@code code} is 0 to 255. */
  record Exited(int code) implements ExitStatus {
    @Override
    public boolean isCode(int other) {
      return code == other;
    }

    @Override
    public int shellCode(int otherwise) {
      return code;
    }

    @Override
    public String toString() {
      return "exited with " + code;
    }
  }

  /**
   * A signal ended it.
   *
   * @param outOfMemory whether the kernel has sent it because the container's limit of memory was
   *     reached, as far as can be known
   */
  record Signaled(Signal signal, boolean dumpedCore, boolean outOfMemory) implements ExitStatus {
    private static final int SIGNALED = 128;

    public Signaled(Signal signal, boolean dumpedCore) {
      this(signal, dumpedCore, false);
    }

    @Override
    public int shellCode(int otherwise) {
      return SIGNALED + signal.number();
    }

    @Override
    public String toString() {
      return "was killed by "
          + signal
          + (dumpedCore ? " and dumped core" : "")
          + (outOfMemory ? " (the container's limit of memory was reached)" : "");
    }
  }

  /** It has ended, and how is known only to somebody else who waited for it. */
  record Unknown() implements ExitStatus {
    public static final Unknown IT = new Unknown();

    @Override
    public String toString() {
      return "ended in a way that is unknown";
    }
  }

  /** Whether the process called exit with 0. */
  default boolean isSuccess() {
    return isCode(0);
  }

  /** Whether the process called exit with this code. */
  default boolean isCode(int code) {
    return false;
  }

  /**
   * What a shell makes of it: the exit code, or 128 and the signal's number.
   *
   * @param otherwise the answer where how it ended is unknown
   */
  default int shellCode(int otherwise) {
    return otherwise;
  }
}
