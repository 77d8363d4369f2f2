package dev.gatun.clients;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import java.util.Arrays;

/**
 * A client's connection. What is read of it and what waits to be written have bounds: while an
 * answer waits nothing is read, so that whoever does not take answers is not asked for more. One
 * request is answered a turn. Who needs longer than five seconds for a request, or for taking an
 * answer, is closed.
 */
public abstract class Connection implements Poll.Handler {
  private static final byte[] NOTHING = new byte[0];

  private final Wire wire;
  private final int descriptor;
  private final int maxRequestBytes;
  private byte[] input = NOTHING;
  private int inputLength;
  private byte[] output = NOTHING;
  private int outputAt;
  private Deadline deadline;
  private boolean hasMore;
  private boolean waitsForRoom;
  private boolean isLast;
  private boolean isClosed;

  /**
   * @param maxRequestBytes longer requests are refused
   */
  protected Connection(Wire wire, int descriptor, int maxRequestBytes) {
    this.wire = wire;
    this.descriptor = descriptor;
    this.maxRequestBytes = maxRequestBytes;
    this.deadline = wire.patience();
  }

  /** Begins to listen to the client. */
  final void begin() {
    wire.shell().poll().watch(descriptor, Interest.READABLE, this);
  }

  /**
   * Answers the request at the beginning of what was read.
   *
   * @return how many bytes of it are done with; 0 when a request is not complete
   */
  protected abstract int take(byte[] bytes, int length);

  /** A request is longer than it may be: the last answer is to be given. */
  protected abstract void refuseLength();

  /** The client waits for something to happen, and gets an answer when it has. */
  protected abstract boolean isWaiting();

  /** A turn is at its end: what was waited for may be there. */
  protected abstract void lookAt(State state);

  /** When {@link #lookAt} is to be called at the latest. */
  protected abstract Deadline nextLook();

  protected final Wire wire() {
    return wire;
  }

  @Override
  public final void ready() {
    if (isClosed) {
      return;
    }
    if (isWriting()) {
      write();
    } else {
      read();
    }
  }

  private void read() {
    if (inputLength == input.length) {
      int larger = Math.max(512, Math.min(maxRequestBytes, 2 * input.length));
      input = Arrays.copyOf(input, larger);
    }
    int room =
        isWaiting() ? Wire.BUFFER_BYTES : Math.min(input.length - inputLength, Wire.BUFFER_BYTES);
    if (room == 0 && !isWaiting()) {
      // One request is answered a turn: the rest stays in the kernel.
      return;
    }
    long count = wire.shell().kernel().read(descriptor, wire.buffer(), room);
    if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
      return;
    }
    if (count <= 0) {
      close();
      return;
    }
    if (isWaiting()) {
      // There is nothing to say before the answer has come.
      return;
    }
    byte[] read = wire.shell().kernel().memory().bytes(wire.buffer(), (int) count);
    System.arraycopy(read, 0, input, inputLength, read.length);
    inputLength += read.length;
    serve();
  }

  private void serve() {
    hasMore = false;
    if (isWaiting() || isLast || inputLength == 0) {
      return;
    }
    int done = take(input, inputLength);
    if (done > 0) {
      System.arraycopy(input, done, input, 0, inputLength - done);
      inputLength -= done;
      hasMore = inputLength > 0;
      deadline = wire.patience();
    } else if (inputLength >= maxRequestBytes) {
      inputLength = 0;
      refuseLength();
    }
  }

  /** Sends bytes; what does not go at once waits, and there is nothing else of that kind then. */
  protected final void send(byte[] bytes) {
    if (isClosed) {
      return;
    }
    if (isWriting()) {
      throw new IllegalStateException("an answer waits already");
    }
    output = bytes;
    outputAt = 0;
    write();
  }

  /** Sends bytes, and ends the connection behind them. */
  protected final void sendLast(byte[] bytes) {
    isLast = true;
    send(bytes);
  }

  /** Whether an answer waits for the client to take it. */
  protected final boolean isWriting() {
    return outputAt < output.length;
  }

  private void write() {
    while (isWriting()) {
      int length = Math.min(Wire.BUFFER_BYTES, output.length - outputAt);
      wire.shell().kernel().memory().put(wire.buffer(), output, outputAt, length);
      long count = wire.sockets().send(descriptor, wire.buffer(), length);
      if (count == -Errno.EAGAIN) {
        break;
      }
      if (count <= 0) {
        close();
        return;
      }
      outputAt += (int) count;
      deadline = wire.patience();
    }
    if (isWriting()) {
      if (!waitsForRoom) {
        waitFor(Interest.WRITABLE);
      }
      return;
    }
    output = NOTHING;
    outputAt = 0;
    if (isLast) {
      close();
    } else if (waitsForRoom) {
      waitFor(Interest.READABLE);
      hasMore = inputLength > 0;
    }
  }

  private void waitFor(Interest interest) {
    waitsForRoom = interest == Interest.WRITABLE;
    wire.shell().poll().forget(descriptor);
    wire.shell().poll().watch(descriptor, interest, this);
  }

  /** To be called once a turn. */
  final void settled(State state) {
    if (deadline.isDue(wire.nowNanos()) && (isWriting() || !isWaiting())) {
      close();
      return;
    }
    if (!isClosed && !isWriting()) {
      if (hasMore) {
        serve();
      }
      if (isWaiting()) {
        lookAt(state);
      }
    }
  }

  final Deadline nextDeadline() {
    if (isWriting()) {
      return deadline;
    }
    if (isWaiting()) {
      return nextLook();
    }
    return hasMore ? new Deadline(wire.nowNanos()) : deadline;
  }

  /** When it is closed unless something happens. */
  final Deadline deadline() {
    return isWaiting() ? Deadline.NEVER : deadline;
  }

  final boolean isClosed() {
    return isClosed;
  }

  final void close() {
    if (!isClosed) {
      isClosed = true;
      wire.shell().poll().forget(descriptor);
      wire.shell().kernel().close(descriptor);
    }
  }
}
