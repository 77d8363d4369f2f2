package dev.gatun.output;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.linux.LinuxKernel;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a line of the framer and of each stamper, with the launcher's options. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(LinesBenchmark.LINES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-Xmx64m",
      "--enable-native-access=ALL-UNNAMED"
    })
public class LinesBenchmark {
  /** So many of the longest fit into a pipe. */
  static final int LINES = 64;

  private static final long LINE_LIMIT_BYTES = 1 << 20;

  /** What becomes of lines that are taken and not kept. */
  private static final class Nowhere implements OutputChannel {
    @Override
    public long write(long address, long length) {
      return length;
    }

    @Override
    public int descriptor() {
      return -1;
    }
  }

  @Param({"100", "1000"})
  int lineBytes;

  private final Kernel kernel = new LinuxKernel();
  private final Memory memory = kernel.memory();
  private final Sink sink = new Sink("nowhere", kernel, new Nowhere(), 16 << 20);
  private final Stamper plain = new PrefixStamper(memory, sink, "api/run: ");
  private final Scanners scanners = new Scanners(memory);
  private final Stamper json = new JsonStamper(memory, sink, "api", "run", scanners, plain);
  private final Stamper trusted = new TrustingStamper(memory, sink, "api", "run", plain);
  private final JsonScanner anyLine = new JsonScanner(memory);
  private final LineScanner manyLines = new LineScanner(memory);
  private final LineFramer framer = new LineFramer(memory, LINE_LIMIT_BYTES);
  private final int[] pipe = new int[2];
  private long from;
  private long to;

  /** Lines of a logging library: a number, two short strings and a long one. */
  @Setup
  public void makeLines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      String head = "{\"n\":" + i + ",\"level\":\"INFO\",\"logger\":\"a.b.C\",\"message\":\"";
      lines.append(head).append("text ".repeat(lineBytes).substring(head.length() + 3));
      lines.setLength((i + 1) * lineBytes - 3);
      lines.append("\"}\n");
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
    from = memory.allocate(bytes.length);
    to = from + bytes.length;
    memory.put(from, bytes, 0, bytes.length);
    if (kernel.pipe(pipe) < 0) {
      throw new IllegalStateException("cannot make a pipe");
    }
  }

  private boolean stamp(Stamper stamper) {
    if (stamper.stampLines(from, to, LINE_LIMIT_BYTES) != to) {
      throw new IllegalStateException("lines are left over");
    }
    return sink.flush();
  }

  @Benchmark
  public boolean plainStamper() {
    return stamp(plain);
  }

  @Benchmark
  public boolean jsonStamper() {
    return stamp(json);
  }

  @Benchmark
  public boolean trustingStamper() {
    return stamp(trusted);
  }

  @Benchmark
  public int lineScanner() {
    manyLines.begin(from, to);
    int objects = 0;
    while (manyLines.nextLine() == LineScanner.Kind.OBJECT) {
      objects++;
    }
    return objects;
  }

  @Benchmark
  public boolean jsonScanner() {
    boolean all = true;
    for (int i = 0; i < LINES; i++) {
      all &= anyLine.isObject(from + (long) i * lineBytes, lineBytes - 1);
    }
    return all;
  }

  /** With the pipe that it reads from. */
  @Benchmark
  public int framer() {
    Libc.write(pipe[1], MemorySegment.ofAddress(from), to - from);
    framer.fill(kernel, pipe[0]);
    int lines = 0;
    while (framer.nextLine()) {
      framer.consume();
      lines++;
    }
    if (lines != LINES) {
      throw new IllegalStateException("lines are missing");
    }
    return lines;
  }
}
