package dev.gatun.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A {@code siginfo_t} and the members of it that C reaches through macros. The generated {@link
 * siginfo_t} has them three classes deep, as jextract does; here the offsets are added up at
 * compile time, and reading a {@code waitid} result makes nothing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
 */
public final class SigInfo {
  private static final int SIGNO = (int) siginfo_t.si_signo$OFFSET;
  private static final int CODE = (int) siginfo_t.si_code$OFFSET;
  private static final int CHILD =
      (int) (siginfo_t._sifields$OFFSET + siginfo_t._sifields._sigchld$OFFSET);
  private static final int PID = CHILD + (int) siginfo_t._sifields._sigchld.si_pid$OFFSET;
  private static final int UID = CHILD + (int) siginfo_t._sifields._sigchld.si_uid$OFFSET;
  private static final int STATUS = CHILD + (int) siginfo_t._sifields._sigchld.si_status$OFFSET;

  private final MemorySegment struct;
  private final ByteBuffer fields;

  /** An empty one. */
  public SigInfo(Arena arena) {
    struct = siginfo_t.allocate(arena);
    fields = Fields.view(struct);
  }

  /** The struct, for C to fill. */
  public MemorySegment struct() {
    return struct;
  }

  /** {@code si_signo}: the signal's number; 0 if {@code waitid} with WNOHANG found nothing. */
  public int signo() {
    return fields.getInt(SIGNO);
  }

  /** {@code si_code}: for a child one of the CLD_ constants. */
  public int code() {
    return fields.getInt(CODE);
  }

  /** {@code si_pid}: the child, or who sent the signal; 0 as for {@link #signo}. */
  public int pid() {
    return fields.getInt(PID);
  }

  /** {@code si_uid}: the real user of {@link #pid}. */
  public int uid() {
    return fields.getInt(UID);
  }

  /** {@code si_status}: the exit status if {@link #code} is CLD_EXITED, else a signal's number. */
  public int status() {
    return fields.getInt(STATUS);
  }

  /** Zeroes {@link #pid} and {@link #signo}, to be told from a result: see waitid(2). */
  public void clear() {
    fields.putInt(SIGNO, 0);
    fields.putInt(PID, 0);
  }
}
