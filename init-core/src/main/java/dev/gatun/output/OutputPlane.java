package dev.gatun.output;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.kernel.Poll;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.JsonEscape;
import dev.gatun.model.Level;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Brings what services write to standard output and standard error: see the package. */
public final class OutputPlane {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  /** Marks and names beside a line: names have at most 255 bytes each on Linux. */
  private static final int OVERHEAD_BYTES = 64 * 1024;

  /** How often in a turn streams that were held up are taken up again. */
  private static final int MAX_ROUNDS_A_TURN = 8;

  /** The pause after a write that failed for a reason that can pass. */
  private static final long RETRY_NANOS = 100_000_000;

  private final Kernel kernel;
  private final Poll poll;
  private final OutputFormat format;
  private final Verbosity verbosity;
  private final long lineLimitBytes;
  private final long largestBytes;
  private final Sink out;
  private final Sink err;
  private final Scanners scanners;
  private final Poll.Handler hasRoom = new RoomHandler();
  private final Timestamp now = new Timestamp();
  private final Set<StreamHandler> streams = new LinkedHashSet<>();
  private final List<StreamHandler> heldUp = new ArrayList<>();
  private boolean mayGoOn;
  private boolean draining;
  private long retryAtNanos;
  private long unsaid;
  private Map<ServiceName, LineConverter> converters = Map.of();
  private byte[] line;

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
    this.largestBytes = lineLimitBytes * JsonEscape.LONGEST_BYTES + OVERHEAD_BYTES;
    this.out = sink("standard output", STDOUT);
    this.err = sink("standard error", STDERR);
    this.scanners = new Scanners(kernel.memory());
  }

  private Sink sink(String name, int descriptor) {
    OutputChannel channel = kernel.openOutput(descriptor);
    return new Sink(name, kernel, channel, largestBytes);
  }

  /**
   * Has the lines that these services write to stdout made JSON objects of what is found in them,
   * from now on. Where the output is plain text they stay as they are.
   */
  public void convert(Map<ServiceName, LineConverter> converterByService) {
    converters = converterByService;
    line = new byte[PatternStamper.MATCHED_BYTES];
  }

  /** Whether the lines that {@code who} writes to stdout become others. */
  public boolean converts(Incarnation who) {
    return who.stage() == Stage.RUN
        && format != OutputFormat.PLAIN
        && converters.containsKey(who.service());
  }

  /**
   * Takes over the reading end of a pipe that is the stdout of {@code who}. What a log program
   * writes there is what its service has to say, and is marked so.
   */
  public void attachStdout(int descriptor, Incarnation who) {
    if (converts(who)) {
      attachConverted(descriptor, who, converters.get(who.service()));
      return;
    }
    Stage stage = who.stage() == Stage.LOG ? Stage.RUN : who.stage();
    attachStdout(descriptor, who.service().toString(), stage.label());
  }

  /** Takes over the reading end of a pipe that is a stdout, whose lines are marked so. */
  public void attachStdout(int descriptor, String service, String stage) {
    String label = service + "/" + stage + ": ";
    attach(
        descriptor,
        switch (format) {
          case JSON ->
              new JsonStamper(
                  kernel.memory(), out, service, stage, scanners, prefix(err, notJson(label)));
          case TRUSTED_JSON ->
              new TrustingStamper(
                  kernel.memory(), out, service, stage, prefix(err, notJson(label)));
          case STRICT_JSON -> new StrictStamper(kernel.memory(), out, service, stage, scanners);
          case PLAIN -> prefix(out, label);
        });
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
  private String notJson(String label) {
    return verbosity.allows(Level.WARNING)
        ? "gatun: " + Level.WARNING.label() + ": " + label + "not JSON stdout: "
        : label;
  }

  private Stamper prefix(Sink sink, String label) {
    return new PrefixStamper(kernel.memory(), sink, label);
  }

  private void attachConverted(int descriptor, Incarnation who, LineConverter converter) {
    Memory memory = kernel.memory();
    String service = who.service().toString();
    String stage = who.stage().label();
    attach(
        descriptor,
        new LineFramer(memory, lineLimitBytes, PatternStamper.READ_BYTES),
        new PatternStamper(
            memory, out, service, stage, converter, line, largestBytes, new Warner()));
  }

  private void attach(int descriptor, Stamper stamper) {
    attach(descriptor, new LineFramer(kernel.memory(), lineLimitBytes), stamper);
  }

  private void attach(int descriptor, LineFramer framer, Stamper stamper) {
    LineStream stream = new LineStream(kernel, descriptor, framer, stamper);
    StreamHandler handler = new StreamHandler(stream);
    streams.add(handler);
    poll.watch(descriptor, Interest.READABLE, handler);
  }

  private void pump(StreamHandler handler) {
    LineStream stream = handler.stream;
    now.set(kernel.realtimeMillis());
    LineStream.Progress progress = stream.pump(now);
    if (progress == LineStream.Progress.HELD_UP && flushSinks()) {
      progress = stream.pump(now);
    }
    switch (progress) {
      case WAITS -> poll.watch(stream.descriptor(), Interest.READABLE, handler);
      case HELD_UP -> {
        poll.forget(stream.descriptor());
        heldUp.add(handler);
      }
      case ENDED -> {
        poll.forget(stream.descriptor());
        streams.remove(handler);
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

  /**
   * Writes what can be written; to be called once a turn. Takes up only so much of what is held up
   * that signals do not have to wait: {@link #nextDeadline} then asks for another turn.
   *
   * @return whether anything was written
   */
  public boolean flush() {
    long before = out.writtenBytes() + err.writtenBytes();
    flushSinks();
    for (int round = 0; mayGoOn && !heldUp.isEmpty() && round < MAX_ROUNDS_A_TURN; round++) {
      mayGoOn = false;
      goOn();
      flushSinks();
    }
    watchForRoom(out);
    watchForRoom(err);
    return out.writtenBytes() + err.writtenBytes() != before;
  }

  /** When there is something to do though nothing may be ready. */
  public Deadline nextDeadline() {
    if (mayGoOn && !heldUp.isEmpty()) {
      return new Deadline(kernel.monotonicNanos());
    }
    return out.isStalled() || err.isStalled() ? new Deadline(retryAtNanos) : Deadline.NEVER;
  }

  /** Says what cannot be used of the lines that are converted. */
  private final class Warner implements Consumer<String> {
    @Override
    public void accept(String text) {
      say(Level.WARNING, text);
    }
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
      pump(this);
    }
  }

  private boolean flushSinks() {
    boolean progress = flush(out) | flush(err);
    mayGoOn |= progress;
    return progress;
  }

  private boolean flush(Sink sink) {
    boolean wasStalled = sink.isStalled();
    if (wasStalled && kernel.monotonicNanos() - retryAtNanos < 0) {
      return false;
    }
    int before = sink.error();
    boolean progress = sink.flush();
    if (sink.error() != before) {
      sayWhatChanged(sink);
    }
    if (sink.isStalled()) {
      retryAtNanos = kernel.monotonicNanos() + RETRY_NANOS;
    }
    return progress;
  }

  private void sayWhatChanged(Sink sink) {
    if (sink.error() == 0) {
      say(Level.WARNING, "can write to " + sink.name() + " again: lost " + sink.lostBytes() + " B");
      return;
    }
    say(
        Level.ERROR,
        "cannot write to "
            + sink.name()
            + ": "
            + kernel.explain(sink.error())
            + (sink.isStalled()
                ? ": services that write there wait until it can be written"
                : ": what services write there is lost as long as that lasts"));
  }

  /** Another one is first each time: who fills a sink at once does not keep the others waiting. */
  private void goOn() {
    List<StreamHandler> again = new ArrayList<>(heldUp);
    for (int i = 1; i <= again.size(); i++) {
      goOn(again.get(i % again.size()));
    }
  }

  /** Whatever is thrown meanwhile, no stream is forgotten that somebody writes to. */
  private void goOn(StreamHandler handler) {
    heldUp.remove(handler);
    boolean pumped = false;
    try {
      pump(handler);
      pumped = true;
    } finally {
      if (!pumped) {
        heldUp.add(handler);
      }
    }
  }

  private void watchForRoom(Sink sink) {
    if (sink.descriptor() < 0) {
      return;
    }
    if (sink.isEmpty() || sink.isStalled()) {
      poll.forget(sink.descriptor());
    } else {
      poll.watch(sink.descriptor(), Interest.WRITABLE, hasRoom);
    }
  }

  /** The last bytes on standard output, from the first time on that this is asked. */
  public RecentBytes recentStdout() {
    return out.remember();
  }

  /** The last bytes on standard error, from the first time on that this is asked. */
  public RecentBytes recentStderr() {
    return err.remember();
  }

  /** No process is left: takes what is in the pipes, whoever else holds them open. */
  public void drain() {
    draining = true;
    List<StreamHandler> left = new ArrayList<>(streams);
    for (StreamHandler handler : left) {
      handler.stream.drain();
      if (!heldUp.contains(handler)) {
        pump(handler);
      }
    }
  }

  /** What is lost if the program ends now, in words. What may still be in pipes is not counted. */
  public String unwritten() {
    long held = 0;
    for (StreamHandler handler : streams) {
      held += handler.stream.waitingBytes();
    }
    return out.waitingBytes()
        + " bytes for "
        + out.name()
        + ", "
        + err.waitingBytes()
        + " for "
        + err.name()
        + " and "
        + held
        + " of unfinished streams are lost; GATUN_DRAIN_TIMEOUT sets how long to wait";
  }

  /** Whether draining has been asked for and everything is written. */
  public boolean isDrained() {
    return draining && streams.isEmpty() && out.isEmpty() && err.isEmpty();
  }
}
