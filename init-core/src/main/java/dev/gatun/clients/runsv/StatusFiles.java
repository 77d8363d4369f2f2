package dev.gatun.clients.runsv;

import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import dev.gatun.model.ServiceStatus.Wanted;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A status as the files in {@code supervise} tell it.
 *
 * @see <a href="https://smarden.org/runit/runsv.8">runsv(8)</a>
 */
final class StatusFiles {
  private static final int STATUS_BYTES = 20;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** TAI64's label of 1970-01-01T00:00:00Z, ten seconds ahead, as the clients reckon. */
  private static final long TAI64_OF_EPOCH = (1L << 62) + 10;

  private StatusFiles() {}

  /**
   * For programs: TAI64N of the last change, pid, flags.
   *
   * @param changedAtNanos since 1970-01-01T00:00:00Z
   */
  static byte[] binary(ServiceStatus status, long changedAtNanos) {
    ByteBuffer file = ByteBuffer.allocate(STATUS_BYTES).order(ByteOrder.BIG_ENDIAN);
    file.putLong(TAI64_OF_EPOCH + Math.floorDiv(changedAtNanos, NANOS_A_SECOND));
    file.putInt((int) Math.floorMod(changedAtNanos, NANOS_A_SECOND));
    file.order(ByteOrder.LITTLE_ENDIAN).putInt(status.pid());
    file.put((byte) (status.paused() ? 1 : 0));
    file.put((byte) (status.wanted() == Wanted.UP ? 'u' : 'd'));
    file.put((byte) (status.terminated() ? 1 : 0));
    file.put(
        (byte)
            switch (status.activity()) {
              case DOWN -> 0;
              case RUN -> 1;
              case FINISH -> 2;
            });
    return file.array();
  }

  /** For people: a line. */
  static byte[] text(ServiceStatus status) {
    String activity =
        switch (status.activity()) {
          case DOWN -> "down";
          case RUN -> "run";
          case FINISH -> "finish";
        };
    String wanted =
        switch (status.wanted()) {
          case UP -> "";
          case DOWN -> ", want down";
          case EXIT -> ", want exit";
        };
    return ascii(
        activity
            + (status.paused() ? ", paused" : "")
            + (status.terminated() ? ", got TERM" : "")
            + (status.activity() == Activity.DOWN ? "" : wanted)
            + "\n");
  }

  /** The pid, a line; empty when nothing runs. */
  static byte[] pid(ServiceStatus status) {
    return ascii(status.pid() == ServiceStatus.NO_PID ? "" : status.pid() + "\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
