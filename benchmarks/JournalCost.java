import dev.gatun.journal.Recorder;
import dev.gatun.kernel.Poll;
import dev.gatun.layout.DinitLayout;
import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.LinuxJournalFile;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Observer;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.Configuration;
import java.lang.management.ManagementFactory;

/**
 * A container with a journal, in which the time that the journal takes is measured beside the CPU
 * time of the loop, in the same run. Run by scripts/bench-journal.
 */
final class JournalCost implements Observer {
  private static final double MILLI = 1e6;

  private final Recorder recorder;
  private long events;
  private long nanos;
  private long firstNanos;

  private JournalCost(Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void booted(long atNanos, Transition boot) {
    long begin = System.nanoTime();
    recorder.booted(atNanos, boot);
    firstNanos += System.nanoTime() - begin;
  }

  /** The first event loads what the boot has not loaded. */
  @Override
  public void decided(State before, Event event, Transition transition) {
    long begin = System.nanoTime();
    recorder.decided(before, event, transition);
    long took = System.nanoTime() - begin;
    if (events++ == 0) {
      firstNanos += took;
    } else {
      nanos += took;
    }
  }

  @Override
  public void settled() {
    long begin = System.nanoTime();
    recorder.settled();
    nanos += System.nanoTime() - begin;
  }

  public static void main(String[] arguments) throws Exception {
    Environment environment = LinuxEnvironment.read();
    Configuration configuration =
        new DinitLayout(new LinuxFiles(), environment, OsString.of("/")).read();
    LinuxKernel kernel = new LinuxKernel(environment);
    int signals = kernel.openSignals();
    Poll poll = new Poll(kernel);
    OutputPlane output =
        new OutputPlane(
            kernel,
            poll,
            configuration.stdout(),
            configuration.verbosity(),
            configuration.lineLimitBytes());
    EventLoop loop = new EventLoop(kernel, poll, output, signals);
    Recorder recorder =
        new Recorder(
            kernel,
            LinuxJournalFile.at(OsString.of(arguments[0])),
            1 << 30,
            "bench",
            (level, text) -> System.err.println(text));
    JournalCost cost = new JournalCost(recorder);
    loop.observe(cost);
    var threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    loop.run(configuration.plan());
    long cpu = threads.getCurrentThreadCpuTime() - begin;
    System.err.printf(
        "%d events; the loop's CPU time %.1f ms, of it the journal %.2f ms (%.2f %%), %.2f µs an"
            + " event; its beginning %.1f ms more%n",
        cost.events,
        (cpu - cost.firstNanos) / MILLI,
        cost.nanos / MILLI,
        100.0 * cost.nanos / (cpu - cost.firstNanos),
        cost.nanos / 1e3 / cost.events,
        cost.firstNanos / MILLI);
    Runtime.getRuntime().halt(0);
  }
}
