package dev.gatun.linux;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.model.User;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Has one thread act as another user for the length of a call. In Linux credentials are a thread's;
 * the C library's functions would change those of all. A program that is executed meanwhile has
 * nothing left of this user: exec makes its saved numbers those that it acts as, and clears its
 * capabilities.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/credentials.7.html">credentials(7)</a>
 */
final class Impersonation {
  private static final int MAX_GROUPS = 65_536;

  private final int ownUser = Libc.geteuid();
  private final int ownGroup = (int) Libc.syscall(Libc.SYS_getegid(), 0, 0, 0, 0, 0);
  private final MemorySegment ownGroups;
  private final int ownCount;

  Impersonation(Arena arena) {
    int count = (int) Libc.syscall(Libc.SYS_getgroups(), 0, 0, 0, 0, 0);
    ownGroups = arena.allocate(Math.max(1, count) * (long) Integer.BYTES, Integer.BYTES);
    long read = Libc.syscall(Libc.SYS_getgroups(), count, ownGroups.address(), 0, 0, 0);
    ownCount = Math.clamp(read, 0, MAX_GROUPS);
  }

  /** 0, or why this process may not act as that user, as a negative errno. */
  int begin(User user) {
    try (Arena arena = Arena.ofConfined()) {
      int count = user.groups().size();
      MemorySegment groups =
          arena.allocate(Math.max(1, count) * (long) Integer.BYTES, Integer.BYTES);
      for (int i = 0; i < count; i++) {
        Fields.set(groups, (long) i * Integer.BYTES, user.groups().get(i));
      }
      int group = user.group();
      int number = user.user();
      boolean done =
          call(Libc.SYS_setgroups(), count, groups.address(), 0)
              && call(Libc.SYS_setresgid(), group, group, ownGroup)
              && call(Libc.SYS_setresuid(), number, number, ownUser);
      int error = done ? 0 : Errno.last();
      if (!done) {
        end();
      }
      return -error;
    }
  }

  /** This process's own again. The kernel takes who changes for one that hides something. */
  void end() {
    call(Libc.SYS_setresuid(), ownUser, ownUser, ownUser);
    call(Libc.SYS_setresgid(), ownGroup, ownGroup, ownGroup);
    call(Libc.SYS_setgroups(), ownCount, ownGroups.address(), 0);
    Libc.prctl(Libc.PR_SET_DUMPABLE(), 1, 0, 0, 0);
  }

  private static boolean call(int number, long first, long second, long third) {
    return Libc.syscall(number, first, second, third, 0, 0) == 0;
  }
}
