package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.model.Signal;

/**
 * The signal that this process gets when its parent ends.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html">
 *     PR_SET_PDEATHSIG(2const)</a>
 */
public final class ParentDeath {
  private ParentDeath() {}

  /**
   * Asks for it. A parent that ends in the middle has it sent at once; one that ended before this
   * process could ask cannot be told from one that lives.
   *
   * @return 0 or a negative errno
   */
  public static int signalWith(Signal signal) {
    int parent = Libc.getppid();
    int result = SystemCalls.result(Libc.prctl(Libc.PR_SET_PDEATHSIG(), signal.number(), 0, 0, 0));
    if (result >= 0 && Libc.getppid() != parent) {
      return SystemCalls.result(Libc.kill(Libc.getpid(), signal.number()));
    }
    return result;
  }
}
