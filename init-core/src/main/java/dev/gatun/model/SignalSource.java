package dev.gatun.model;

/**
 * What is known of a signal beside its number.
 *
 * @param first whether it is the first of its kind that Gatun got
 * @param attaches whether a tool that wants to attach to the JVM has sent it: such tools leave a
 *     file for the JVM and then send QUIT
 * @param pid the process that sent it; 0 when it came from outside of the container, or from the
 *     kernel
 * @param name what that process is called; empty when it is not known any more
 */
public record SignalSource(boolean first, boolean attaches, int pid, String name) {
  /** Somebody outside of the container, not for the first time. */
  public static final SignalSource OUTSIDE = new SignalSource(false, false, 0, "");

  /** Whether a process of the container sent it. */
  public boolean isInside() {
    return pid > 0;
  }

  /** {@code from process 17 (sh)}, {@code from outside}. */
  @Override
  public String toString() {
    if (!isInside()) {
      return "from outside";
    }
    return "from process " + pid + (name.isEmpty() ? "" : " (" + name + ")");
  }
}
