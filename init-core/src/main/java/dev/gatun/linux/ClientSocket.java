package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.pollfd;
import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A connection to a socket's path that is waited on: for programs that do one thing. */
public final class ClientSocket implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int CREDENTIALS_BYTES = 12;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  private final MemorySegment poll = pollfd.allocate(arena);
  private final int descriptor;
  private byte[] read = new byte[0];
  private int next;

  private ClientSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Connects.
   *
   * @throws ConnectException when nobody can be reached
   */
  public static ClientSocket connect(OsString path) throws ConnectException {
    int descriptor = new LinuxSockets().connect(path);
    if (descriptor < 0) {
      throw new ConnectException(-descriptor);
    }
    return new ClientSocket(descriptor);
  }

  /** Nobody can be reached, or nobody is there any more. */
  public static final class ConnectException extends Exception {
    private static final long serialVersionUID = 1L;

    private ConnectException(int error) {
      super(dev.gatun.ffm.Errno.message(error));
    }
  }

  /** The pid of who listens, as this process sees it; 0 where it does not. */
  public int peerProcess() {
    MemorySegment credentials = arena.allocate(CREDENTIALS_BYTES, Integer.BYTES);
    MemorySegment length = arena.allocate(Integer.BYTES, Integer.BYTES);
    Fields.set(length, 0, CREDENTIALS_BYTES);
    int result =
        Libc.getsockopt(descriptor, Libc.SOL_SOCKET(), Libc.SO_PEERCRED(), credentials, length);
    return result < 0 ? 0 : Fields.getInt(credentials, 0);
  }

  /** Sends all of it. */
  public void send(byte[] bytes) throws ConnectException {
    int sent = 0;
    while (sent < bytes.length) {
      int length = Math.min(BUFFER_BYTES, bytes.length - sent);
      Fields.set(buffer, Arrays.copyOfRange(bytes, sent, sent + length));
      long count = SystemCalls.result(Libc.send(descriptor, buffer, length, Libc.MSG_NOSIGNAL()));
      if (count == -Errno.EAGAIN) {
        await(Libc.POLLOUT());
      } else if (count < 0) {
        throw new ConnectException((int) -count);
      } else {
        sent += (int) count;
      }
    }
  }

  /** The next line without its end, or null when there is none any more. */
  public byte[] readLine() throws ConnectException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int from = next;
      while (next < read.length && read[next] != '\n') {
        next++;
      }
      line.write(read, from, next - from);
      if (next < read.length) {
        next++;
        return line.toByteArray();
      }
      if (!fill()) {
        return null;
      }
    }
  }

  private boolean fill() throws ConnectException {
    while (true) {
      long count = SystemCalls.result(Libc.recv(descriptor, buffer, BUFFER_BYTES, 0));
      if (count == -Errno.EAGAIN) {
        await(Libc.POLLIN());
      } else if (count < 0) {
        throw new ConnectException((int) -count);
      } else {
        read = Fields.bytes(buffer, (int) count);
        next = 0;
        return count > 0;
      }
    }
  }

  private void await(int event) throws ConnectException {
    pollfd.fd(poll, descriptor);
    pollfd.events(poll, (short) event);
    int result = SystemCalls.result(Libc.poll(poll, 1, -1));
    if (result < 0 && result != -Errno.EINTR) {
      throw new ConnectException(-result);
    }
  }

  @Override
  public void close() {
    Libc.close(descriptor);
    arena.close();
  }
}
