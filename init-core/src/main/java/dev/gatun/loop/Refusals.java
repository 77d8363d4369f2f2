package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;

/** Says which signals the kernel has refused to send, as far as anybody should know. */
final class Refusals {
  private Refusals() {}

  /** Nothing is said of what has ended, or of CONT, which follows another signal. */
  static void report(
      Kernel kernel, Reporter reports, int result, String what, int pid, Signal signal) {
    boolean followsAnother = signal.is(Signal.CONT);
    if (result >= 0 || result == -Errno.ESRCH || followsAnother) {
      return;
    }
    String advice =
        result == -Errno.EPERM
            ? ": it has become another user's: run Gatun as root with the capability KILL"
                + " (--cap-add KILL), or let it keep its user"
            : "";
    reports.report(
        Level.WARNING,
        "cannot send "
            + signal
            + " to "
            + what
            + " ("
            + pid
            + "): "
            + kernel.explain(-result)
            + advice);
  }
}
