package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.ffm.rlimit;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The soft limit on open descriptors. Gatun needs some for each service and takes what the hard
 * limit allows; services get what Gatun was given, because programs go by it: some use select(2),
 * some close every descriptor below it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
 */
final class DescriptorLimit {
  private final MemorySegment given;
  private final MemorySegment raised;
  private final boolean differs;

  /** Raises it for this process. */
  DescriptorLimit(Arena arena) {
    given = rlimit.allocate(arena);
    raised = rlimit.allocate(arena);
    boolean known = Libc.getrlimit(Libc.RLIMIT_NOFILE(), given) == 0;
    long hard = rlimit.rlim_max(given);
    rlimit.rlim_cur(raised, hard);
    rlimit.rlim_max(raised, hard);
    differs = known && rlimit.rlim_cur(given) != hard;
    raise();
  }

  /** For a child that is about to be made. */
  void restore() {
    set(given);
  }

  /** For Gatun itself. */
  void raise() {
    set(raised);
  }

  private void set(MemorySegment limit) {
    if (differs) {
      Libc.setrlimit(Libc.RLIMIT_NOFILE(), limit);
    }
  }
}
