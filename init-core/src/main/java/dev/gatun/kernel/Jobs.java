package dev.gatun.kernel;

/**
 * What job control needs of a kernel: process groups, stops, and the terminal that standard input
 * is, if it is one. Calls answer as those of {@link Kernel} do.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/credentials.7.html">credentials(7)</a>
 */
public interface Jobs {

  /** A kernel without job control: nothing is ever stopped, and there is no terminal. */
  Jobs NONE = new Jobs() {};

  /**
   * The number of the signal that has stopped the child, told once a stop; 0 when it was not
   * stopped.
   */
  default int takeStop(int pid) {
    return 0;
  }

  /** Whether the child has been continued, told once. */
  default boolean takeContinuation(int pid) {
    return false;
  }

  /** The process group of this process. */
  default int ownGroup() {
    return 0;
  }

  /** The group in the terminal's foreground; ENOTTY where this session has no terminal there. */
  default int foreground() {
    return -Errno.ENOTTY;
  }

  /** Brings a group to the terminal's foreground, also from the background. */
  default int setForeground(int group) {
    return -Errno.ENOTTY;
  }

  /** Stops this process until it gets CONT; without effect on PID 1. */
  default void stopSelf() {}

  /**
   * Stops the group of this process as the terminal's key does.
   *
   * @return whether it was stopped, and has been continued; not where nobody could continue it
   */
  default boolean suspendOwnGroup() {
    return false;
  }
}
