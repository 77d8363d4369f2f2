package dev.gatun.output;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.kernel.Poll;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Brings what services write to standard output and standard error: see the package. */
public final class OutputPlane {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  /** Marks and names beside a line; names have at most 255 bytes each on Linux. */
  private static final int OVERHEAD_BYTES = 64 * 1024;

  private final Kernel kernel;
  private final Poll poll;
  private final OutputFormat format;
  private final Verbosity verbosity;
  private final long lineLimitBytes;
  private final Sink out;
  private final Sink err;
  private final Poll.Handler hasRoom = new RoomHandler();
  private final Timestamp now = new Timestamp();
  private final List<LineStream> streams = new ArrayList<>();
  private final List<LineStream> heldUp = new ArrayList<>();
  private boolean draining;
  private long unsaid;

  /**
   * @param lineLimitBytes longer lines are passed on in parts
   */
  public OutputPlane(
      Kernel kernel, Poll poll, OutputFormat format, Verbosity verbosity, long lineLimitBytes) {
    this.kernel = kernel;
    this.poll = poll;
    this.format = format;
    this.verbosity = verbosity;
    this.lineLimitBytes = lineLimitBytes;
    long largest = lineLimitBytes * JsonStamper.WORST_ESCAPE + OVERHEAD_BYTES;
    this.out = sink("standard output", STDOUT, largest);
    this.err = sink("standard error", STDERR, largest);
  }

  private Sink sink(String name, int descriptor, long largestBytes) {
    OutputChannel channel = kernel.openOutput(descriptor);
    return new Sink(name, kernel, channel, largestBytes);
  }

  /**
   * Takes over the reading end of a pipe that is the stdout of {@code who}. What a log program
   * writes there is what its service has to say, and is marked so.
   */
  public void attachStdout(int descriptor, Incarnation who) {
    Stage stage = who.stage() == Stage.LOG ? Stage.RUN : who.stage();
    attachStdout(descriptor, who.service().toString(), stage.label());
  }

  /** Takes over the reading end of a pipe that is a stdout, whose lines are marked so. */
  public void attachStdout(int descriptor, String service, String stage) {
    String label = service + "/" + stage + ": ";
    attach(
        descriptor, format == OutputFormat.JSON ? json(service, stage, label) : prefix(out, label));
  }

  /** Takes over the reading end of a pipe that is the stderr of {@code who}. */
  public void attachStderr(int descriptor, Incarnation who) {
    attachStderr(descriptor, who.service().toString(), who.stage().label());
  }

  /** Takes over the reading end of a pipe that is a stderr, whose lines are marked so. */
  public void attachStderr(int descriptor, String service, String stage) {
    attach(descriptor, prefix(err, service + "/" + stage + ": "));
  }

  /** A line that is not JSON is never dropped: where warnings are not said, it goes as it is. */
  private Stamper json(String service, String stage, String label) {
    String notJson =
        verbosity.allows(Level.WARNING)
            ? "gatun: " + Level.WARNING.label() + ": " + label + "not JSON stdout: "
            : label;
    return new JsonStamper(kernel.memory(), out, service, stage, prefix(err, notJson));
  }

  private Stamper prefix(Sink sink, String label) {
    return new PrefixStamper(kernel.memory(), sink, label);
  }

  private void attach(int descriptor, Stamper stamper) {
    LineFramer framer = new LineFramer(kernel.memory(), lineLimitBytes);
    LineStream stream = new LineStream(kernel, descriptor, framer, stamper);
    streams.add(stream);
    watch(stream);
  }

  private void watch(LineStream stream) {
    poll.watch(stream.descriptor(), Interest.READABLE, new StreamHandler(stream));
  }

  private void pump(LineStream stream) {
    now.set(kernel.realtimeMillis());
    LineStream.Progress progress = stream.pump(now);
    if (progress == LineStream.Progress.HELD_UP && flushSinks()) {
      progress = stream.pump(now);
    }
    switch (progress) {
      case WAITS -> {}
      case HELD_UP -> {
        poll.forget(stream.descriptor());
        heldUp.add(stream);
      }
      case ENDED -> {
        poll.forget(stream.descriptor());
        streams.remove(stream);
        stream.close();
      }
    }
  }

  /** Says something of Gatun's own on standard error, in one line. */
  public void say(Level level, String text) {
    if (!verbosity.allows(level)) {
      return;
    }
    if (unsaid > 0 && append(Level.WARNING, unsaid + " messages could not be said here")) {
      unsaid = 0;
    }
    if (!append(level, text)) {
      unsaid++;
    }
  }

  private boolean append(Level level, String text) {
    byte[] message = ownMessage(kernel.realtimeMillis(), level, text);
    if (!err.hasAnyRoom(message.length)) {
      return false;
    }
    err.append(message, 0, message.length);
    return true;
  }

  /** {@code TIMESTAMP gatun: LEVEL: TEXT}. */
  public static byte[] ownMessage(long epochMillis, Level level, String text) {
    Timestamp time = new Timestamp();
    time.set(epochMillis);
    String stamp = new String(time.text(), StandardCharsets.US_ASCII);
    String line = stamp + " gatun: " + level.label() + ": " + text + "\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes what can be written; to be called once a turn. */
  public void flush() {
    while (flushSinks() && !heldUp.isEmpty()) {
      goOn();
    }
    watchForRoom(out);
    watchForRoom(err);
  }

  /** That a sink has room is a reason for a turn, at the end of which sinks are flushed anyway. */
  private static final class RoomHandler implements Poll.Handler {
    @Override
    public void ready() {
      // The end of the turn does it.
    }
  }

  /** No lambda, here as in all that runs at the start: the first one costs 5 ms. */
  private final class StreamHandler implements Poll.Handler {
    private final LineStream stream;

    StreamHandler(LineStream stream) {
      this.stream = stream;
    }

    @Override
    public void ready() {
      pump(stream);
    }
  }

  private boolean flushSinks() {
    return flush(out) | flush(err);
  }

  private boolean flush(Sink sink) {
    int before = sink.error();
    boolean progress = sink.flush();
    if (sink.error() != before) {
      say(
          Level.ERROR,
          "cannot write to "
              + sink.name()
              + ": "
              + kernel.explain(sink.error())
              + ": what services write there is lost from now on");
    }
    return progress;
  }

  private void goOn() {
    List<LineStream> again = new ArrayList<>(heldUp);
    heldUp.clear();
    for (LineStream stream : again) {
      watch(stream);
      pump(stream);
    }
  }

  private void watchForRoom(Sink sink) {
    if (sink.descriptor() < 0) {
      return;
    }
    if (sink.isEmpty()) {
      poll.forget(sink.descriptor());
    } else {
      poll.watch(sink.descriptor(), Interest.WRITABLE, hasRoom);
    }
  }

  /** No process is left: takes what is in the pipes, whoever else holds them open. */
  public void drain() {
    draining = true;
    List<LineStream> left = new ArrayList<>(streams);
    for (LineStream stream : left) {
      stream.drain();
      if (!heldUp.contains(stream)) {
        pump(stream);
      }
    }
  }

  /** Whether draining has been asked for and everything is written. */
  public boolean isDrained() {
    return draining && streams.isEmpty() && out.isEmpty() && err.isEmpty();
  }
}
