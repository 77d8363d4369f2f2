package dev.gatun.linux;

import dev.gatun.ffm.Libc;

/** What is behind this program's own descriptors. */
public final class Terminal {
  private Terminal() {}

  /** Whether somebody looks at standard output on a terminal. */
  public static boolean isStdout() {
    return Libc.isatty(1) == 1;
  }
}
