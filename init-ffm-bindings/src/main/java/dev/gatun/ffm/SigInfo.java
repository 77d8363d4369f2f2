package dev.gatun.ffm;

import java.lang.foreign.MemorySegment;

/**
 * The members of {@code siginfo_t} that C reaches through macros. The generated {@link siginfo_t}
 * has them three classes deep, as jextract does; here the offsets are added up at compile time, so
 * that reading a {@code waitid} result loads one class and makes no slices.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
 */
public final class SigInfo {
  private static final long CHILD =
      siginfo_t._sifields$OFFSET + siginfo_t._sifields._sigchld$OFFSET;
  private static final long PID = CHILD + siginfo_t._sifields._sigchld.si_pid$OFFSET;
  private static final long UID = CHILD + siginfo_t._sifields._sigchld.si_uid$OFFSET;
  private static final long STATUS = CHILD + siginfo_t._sifields._sigchld.si_status$OFFSET;

  private SigInfo() {}

  /** {@code si_signo}: the signal's number; 0 if {@code waitid} with WNOHANG found nothing. */
  public static int signo(MemorySegment info) {
    return Fields.getInt(info, siginfo_t.si_signo$OFFSET);
  }

  /** {@code si_code}: for a child one of the CLD_ constants. */
  public static int code(MemorySegment info) {
    return Fields.getInt(info, siginfo_t.si_code$OFFSET);
  }

  /** {@code si_pid}: the child, or who sent the signal; 0 as for {@link #signo}. */
  public static int pid(MemorySegment info) {
    return Fields.getInt(info, PID);
  }

  /** {@code si_uid}: the real user of {@link #pid}. */
  public static int uid(MemorySegment info) {
    return Fields.getInt(info, UID);
  }

  /** {@code si_status}: the exit status if {@link #code} is CLD_EXITED, else a signal's number. */
  public static int status(MemorySegment info) {
    return Fields.getInt(info, STATUS);
  }

  /** Zeroes {@link #pid} and {@link #signo}, to be told from a result: see waitid(2). */
  public static void clear(MemorySegment info) {
    Fields.set(info, siginfo_t.si_signo$OFFSET, 0);
    Fields.set(info, PID, 0);
  }
}
