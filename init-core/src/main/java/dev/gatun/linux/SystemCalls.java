package dev.gatun.linux;

import dev.gatun.ffm.Errno;

/** From C's way to report errors to the port's. */
final class SystemCalls {
  private SystemCalls() {}

  /** The result, or the negative errno that the call left. To be asked right after the call. */
  static int result(int result) {
    return result == -1 ? -Errno.last() : result;
  }

  static long result(long result) {
    return result == -1 ? -Errno.last() : result;
  }
}
