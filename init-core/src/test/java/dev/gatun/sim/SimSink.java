package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.OutputChannel;
import java.io.ByteArrayOutputStream;

/** The other side of standard output or standard error: how fast it reads, and what it has got. */
final class SimSink implements OutputChannel {

  /**
   * @param file whether it is a regular file: there is always room and nothing to watch
   * @param capacityBytes what it holds before its reader has read
   * @param pieceBytes what the reader takes at a time
   * @param pauseNanos how long the reader takes for that; 0 for at once
   * @param blockedUntilNanos before that, the reader reads nothing
   * @param closedAtNanos when the reader goes away
   */
  record Manner(
      boolean file,
      int capacityBytes,
      int pieceBytes,
      long pauseNanos,
      long blockedUntilNanos,
      long closedAtNanos) {
    static final Manner FILE = new Manner(true, 0, 0, 0, 0, Long.MAX_VALUE);
    static final Manner FAST = new Manner(false, 65_536, 65_536, 0, 0, Long.MAX_VALUE);

    /** One whose reader never reads. */
    static final Manner STUCK = new Manner(false, 65_536, 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);

    boolean closes() {
      return closedAtNanos != Long.MAX_VALUE;
    }

    /** Whether everything that is written arrives, sooner or later. */
    boolean takesAll() {
      return !closes() && blockedUntilNanos != Long.MAX_VALUE;
    }
  }

  private static final int PAGE_BYTES = 4096;

  final Manner manner;
  private final Agenda agenda;
  private final SimMemory memory;
  private final Runnable changed;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private int waiting;
  private boolean reading;
  private boolean closed;

  /** The init's descriptor of it, or negative. */
  int descriptor = -1;

  SimSink(Manner manner, Agenda agenda, SimMemory memory, Runnable changed) {
    this.manner = manner;
    this.agenda = agenda;
    this.memory = memory;
    this.changed = changed;
    if (manner.closes()) {
      agenda.at(
          manner.closedAtNanos(),
          () -> {
            closed = true;
            changed.run();
          });
    }
  }

  boolean isWritable() {
    return closed || manner.capacityBytes() - waiting >= PAGE_BYTES;
  }

  byte[] received() {
    return received.toByteArray();
  }

  @Override
  public long write(long address, long length) {
    if (closed) {
      return -Errno.EPIPE;
    }
    if (manner.file()) {
      received.writeBytes(memory.bytes(address, (int) length));
      return length;
    }
    int count = (int) Math.min(length, manner.capacityBytes() - waiting);
    if (count <= 0) {
      return -Errno.EAGAIN;
    }
    received.writeBytes(memory.bytes(address, count));
    waiting += count;
    readOn();
    return count;
  }

  private void readOn() {
    boolean unblocked = agenda.nowNanos() >= manner.blockedUntilNanos();
    if (manner.pauseNanos() == 0 && unblocked) {
      waiting = 0;
    } else if (!reading && waiting > 0 && manner.takesAll()) {
      reading = true;
      agenda.at(
          Math.max(manner.blockedUntilNanos(), agenda.nowNanos() + manner.pauseNanos()),
          this::readPiece);
    }
  }

  private void readPiece() {
    reading = false;
    waiting -= Math.min(waiting, manner.pieceBytes());
    changed.run();
    readOn();
  }

  @Override
  public int descriptor() {
    return descriptor;
  }
}
