package dev.gatun.output;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;

/**
 * One pipe from a service.
 *
 * <pre>
 *   open ──sink full──▶ held up ──room──▶ open
 *     └──end of file, or drained──▶ ended, once its last line has been passed on
 * </pre>
 */
final class LineStream {
  /** How much is taken out of a pipe that somebody may still be writing to: more than it holds. */
  private static final int MAX_DRAIN_READS = 1024;

  /** A pipe that was full this often in a row is asked to hold more: fewer wake-ups. */
  private static final int FULL_TIMES = 8;

  /** What a pipe holds by default. */
  private static final int PIPE_BYTES = 64 * 1024;

  enum Progress {
    /** Everything that was there has been passed on. */
    WAITS,
    /** A sink is full; call again when it is not. */
    HELD_UP,
    /** Nothing will come any more. */
    ENDED
  }

  private final Kernel kernel;
  private final int descriptor;
  private final LineFramer framer;
  private final Stamper stamper;
  private boolean endOfStream;
  private boolean draining;
  private int drainReads;
  private int timesFull;

  LineStream(Kernel kernel, int descriptor, LineFramer framer, Stamper stamper) {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.framer = framer;
    this.stamper = stamper;
  }

  int descriptor() {
    return descriptor;
  }

  /** How much has been read and not been passed on. */
  long waitingBytes() {
    return framer.waitingBytes();
  }

  /** From now on "nothing there" means the end: nobody is left whose output matters. */
  void drain() {
    draining = true;
  }

  /** Passes on what it has, then reads once and passes that on. */
  Progress pump(Timestamp now) {
    stamper.setTime(now);
    boolean mayRead = true;
    while (passLinesOn()) {
      if (endOfStream) {
        return finish();
      }
      if (!mayRead) {
        return Progress.WAITS;
      }
      long count = framer.fill(kernel, descriptor);
      boolean nothingThere = count == -Errno.EAGAIN || count == -Errno.EINTR;
      if (count > 0) {
        widenWhenFull(count);
        mayRead = draining && ++drainReads < MAX_DRAIN_READS;
        endOfStream = draining && !mayRead;
      } else {
        mayRead = false;
        endOfStream = draining || !nothingThere;
      }
    }
    return Progress.HELD_UP;
  }

  private void widenWhenFull(long count) {
    timesFull = count < PIPE_BYTES ? 0 : timesFull + 1;
    if (timesFull == FULL_TIMES) {
      kernel.widen(descriptor, LineFramer.READ_BYTES);
    }
  }

  private boolean passLinesOn() {
    framer.passOn(stamper);
    while (framer.nextLine()) {
      if (!stamper.stamp(framer.lineAddress(), framer.lineLength(), framer.isPart())) {
        return false;
      }
      framer.consume();
      framer.passOn(stamper);
    }
    return true;
  }

  private Progress finish() {
    boolean passedOn =
        !framer.lastLine() || stamper.stamp(framer.lineAddress(), framer.lineLength(), false);
    return passedOn ? Progress.ENDED : Progress.HELD_UP;
  }

  void close() {
    kernel.close(descriptor);
    framer.free();
    stamper.free();
  }
}
