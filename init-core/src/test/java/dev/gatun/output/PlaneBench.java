package dev.gatun.output;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.ProcessDescription;
import dev.gatun.kernel.Readiness;
import dev.gatun.kernel.Redirection;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.sim.SimMemory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * An output plane over pipes that hold what a test has put into them. The time of day stands still
 * at {@link #TIME}.
 */
final class PlaneBench implements Kernel {
  static final long MILLIS = 1_795_334_950_123L;
  static final String TIME = "2026-11-22T08:09:10.123Z";

  private static final int MAX_TURNS = 1_000_000;
  private static final int FIRST_PIPE = 10;

  private final SimMemory memory = new SimMemory();
  private final List<Deque<byte[]>> pipes = new ArrayList<>();
  private final List<Boolean> closed = new ArrayList<>();
  private final Map<Integer, Interest> watched = new HashMap<>();
  private final Map<Integer, ByteArrayOutputStream> written = new HashMap<>();
  private final Map<Integer, LongUnaryOperator> accepts = new HashMap<>();
  private final Poll poll = new Poll(this);
  final OutputPlane plane;

  /** Descriptors of pipes that were asked to hold more, and how much. */
  final Map<Integer, Integer> widened = new HashMap<>();

  int reads;

  /** What a read answers instead of reading, unless 0. */
  LongSupplier failure = () -> 0;

  /** What a read answers when the pipe is empty: that nobody writes to it any more. */
  long whenEmpty;

  long nowNanos;

  PlaneBench(OutputFormat format, Verbosity verbosity, long lineLimitBytes) {
    this.plane = new OutputPlane(this, poll, format, verbosity, lineLimitBytes);
  }

  static PlaneBench json() {
    return new PlaneBench(OutputFormat.JSON, Verbosity.WARN, 64 * 1024);
  }

  static PlaneBench plain() {
    return new PlaneBench(OutputFormat.PLAIN, Verbosity.WARN, 64 * 1024);
  }

  /** From now on a write of so many bytes takes as many as {@code answer} says, or fails so. */
  PlaneBench answering(int standardDescriptor, LongUnaryOperator answer) {
    accepts.put(standardDescriptor, answer);
    return this;
  }

  PlaneBench stdout(String service, Stage stage, byte[]... chunks) {
    plane.attachStdout(pipe(chunks), new Incarnation(ServiceName.of(service), stage, 1));
    return this;
  }

  PlaneBench stderr(String service, Stage stage, byte[]... chunks) {
    plane.attachStderr(pipe(chunks), new Incarnation(ServiceName.of(service), stage, 1));
    return this;
  }

  /** The reading end of a pipe with that in it. */
  int pipe(byte[]... chunks) {
    Deque<byte[]> bytes = new ArrayDeque<>();
    for (byte[] chunk : chunks) {
      if (chunk.length > 0) {
        bytes.add(chunk);
      }
    }
    pipes.add(bytes);
    closed.add(false);
    return FIRST_PIPE + pipes.size() - 1;
  }

  /** Has another handler told of a descriptor that is always ready, as the loop's signals are. */
  PlaneBench watching(int descriptor, Poll.Handler handler) {
    poll.watch(descriptor, Interest.READABLE, handler);
    return this;
  }

  void turn() {
    poll.await(0);
    poll.tellHandlers();
    plane.flush();
  }

  /** Until everything is written; then there is no more to come. */
  PlaneBench toTheEnd() {
    for (int i = 0; pipes.stream().anyMatch(pipe -> !pipe.isEmpty()); i++) {
      bound(i);
      turn();
    }
    plane.drain();
    plane.flush();
    for (int i = 0; !plane.isDrained(); i++) {
      bound(i);
      turn();
    }
    free();
    return this;
  }

  void free() {
    memory.freeAll();
  }

  private static void bound(int turns) {
    if (turns > MAX_TURNS) {
      throw new IllegalStateException("the output does not end");
    }
  }

  byte[] bytesOf(int standardDescriptor) {
    return written.get(standardDescriptor).toByteArray();
  }

  String out() {
    return new String(bytesOf(1), StandardCharsets.UTF_8);
  }

  String err() {
    return new String(bytesOf(2), StandardCharsets.UTF_8);
  }

  /** What a descriptor is watched for; null when it is not. */
  Interest watchedFor(int descriptor) {
    return watched.get(descriptor);
  }

  boolean isClosed(int pipe) {
    return closed.get(pipe);
  }

  boolean allIsRead(int pipe) {
    return pipes.get(pipe).isEmpty();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public long read(int descriptor, long address, long length) {
    reads++;
    long failed = failure.getAsLong();
    if (failed != 0) {
      return failed;
    }
    Deque<byte[]> pipe = pipes.get(descriptor - FIRST_PIPE);
    byte[] chunk = pipe.poll();
    if (chunk == null) {
      return whenEmpty;
    }
    int count = (int) Math.min(length, chunk.length);
    memory.put(address, chunk, 0, count);
    if (count < chunk.length) {
      pipe.addFirst(java.util.Arrays.copyOfRange(chunk, count, chunk.length));
    }
    return count;
  }

  @Override
  public void widen(int descriptor, int bytes) {
    widened.put(descriptor, bytes);
  }

  @Override
  public int close(int descriptor) {
    closed.set(descriptor - FIRST_PIPE, true);
    return 0;
  }

  @Override
  public OutputChannel openOutput(int standardDescriptor) {
    written.put(standardDescriptor, new ByteArrayOutputStream());
    accepts.put(standardDescriptor, length -> length);
    return new OutputChannel() {
      @Override
      public long write(long address, long length) {
        long count = accepts.get(standardDescriptor).applyAsLong(length);
        if (count > 0) {
          written.get(standardDescriptor).writeBytes(memory.bytes(address, (int) count));
        }
        return count;
      }

      @Override
      public void widen(int bytes) {
        widened.put(standardDescriptor, bytes);
      }

      @Override
      public int descriptor() {
        return standardDescriptor;
      }
    };
  }

  @Override
  public int watch(int descriptor, Interest interest) {
    watched.put(descriptor, interest);
    return 0;
  }

  @Override
  public int unwatch(int descriptor) {
    watched.remove(descriptor);
    return 0;
  }

  @Override
  public int await(long timeoutNanos, Readiness ready) {
    int count = 0;
    for (int descriptor : List.copyOf(watched.keySet())) {
      ready.set(count++, descriptor);
    }
    return count;
  }

  @Override
  public long monotonicNanos() {
    return nowNanos;
  }

  @Override
  public long realtimeMillis() {
    return MILLIS;
  }

  @Override
  public SimMemory memory() {
    return memory;
  }

  @Override
  public String explain(int error) {
    return error == Errno.EPIPE ? "Broken pipe" : "error " + error;
  }

  private static UnsupportedOperationException notHere() {
    return new UnsupportedOperationException("the output plane does not need this");
  }

  @Override
  public int openSignals() {
    throw notHere();
  }

  @Override
  public int nextSignal(int descriptor) {
    throw notHere();
  }

  @Override
  public int processId() {
    throw notHere();
  }

  @Override
  public int becomeSubreaper() {
    throw notHere();
  }

  @Override
  public boolean mayExecute(OsString path) {
    throw notHere();
  }

  @Override
  public int spawn(SpawnRequest request) {
    throw notHere();
  }

  @Override
  public int openProcess(int pid) {
    throw notHere();
  }

  @Override
  public int signal(int pid, int descriptor, Signal signal) {
    throw notHere();
  }

  @Override
  public int reap(int pid, Exit exit) {
    throw notHere();
  }

  @Override
  public int peekEnded() {
    throw notHere();
  }

  @Override
  public int listOrphans(PidList pids) {
    throw notHere();
  }

  @Override
  public int redirectOutput(int pid, Redirection into) {
    throw notHere();
  }

  @Override
  public ProcessDescription describe(int pid) {
    throw notHere();
  }

  @Override
  public int pipe(int[] ends) {
    throw notHere();
  }

  @Override
  public int logPipe(int[] ends) {
    throw notHere();
  }
}
