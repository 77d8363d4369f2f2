package dev.gatun.clients.s6;

import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import dev.gatun.model.ServiceStatus.Wanted;
import java.nio.ByteBuffer;

/**
 * A status as the file {@code supervise/status} tells it: times in TAI64N, pid, how the last
 * process ended, flags. Releases 2.13 of s6 have the process group beside it.
 *
 * @see <a href="https://skarnet.org/software/s6/s6-svstat.html">s6-svstat</a>
 */
final class StatusFile {
  /** So long is it but in releases 2.13. */
  static final int BYTES = 35;

  /** So long is it in releases 2.13. */
  static final int BYTES_WITH_GROUP = 43;

  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** The clients count leap seconds, of which there have been 27 by 2017 and none since. */
  private static final int LEAP_SECONDS = 27;

  /** TAI64's label of 1970-01-01T00:00:00Z, for times since 2017. */
  private static final long TAI64_OF_EPOCH = (1L << 62) + 10 + LEAP_SECONDS;

  private static final int PAUSED = 1;
  private static final int FINISHING = 2;
  private static final int WANTED_UP = 4;
  private static final int READY = 8;

  private StatusFile() {}

  /**
   * The file.
   *
   * @param changedAtNanos since 1970-01-01T00:00:00Z, as the next
   * @param readyAtNanos when it became ready, or was down for good
   * @param waitStatus of the last process that ended, as waitpid(2) has it
   * @param bytes how long the file is
   */
  static byte[] of(
      ServiceStatus status,
      boolean isReady,
      long changedAtNanos,
      long readyAtNanos,
      int waitStatus,
      int bytes) {
    ByteBuffer file = ByteBuffer.allocate(bytes);
    put(file, changedAtNanos);
    put(file, readyAtNanos);
    int pid = status.activity() == Activity.RUN ? status.pid() : ServiceStatus.NO_PID;
    file.putLong(pid);
    if (bytes == BYTES_WITH_GROUP) {
      file.putLong(pid);
    }
    file.putShort((short) waitStatus);
    file.put((byte) flags(status, isReady));
    return file.array();
  }

  private static int flags(ServiceStatus status, boolean isReady) {
    return (status.paused() ? PAUSED : 0)
        | (status.activity() == Activity.FINISH ? FINISHING : 0)
        | (status.wanted() == Wanted.UP ? WANTED_UP : 0)
        | (isReady ? READY : 0);
  }

  private static void put(ByteBuffer file, long nanos) {
    file.putLong(TAI64_OF_EPOCH + Math.floorDiv(nanos, NANOS_A_SECOND));
    file.putInt((int) Math.floorMod(nanos, NANOS_A_SECOND));
  }
}
