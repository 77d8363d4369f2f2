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
import java.lang.management.ThreadMXBean;

/**
 * A container with a journal, in which the time that the journal takes is measured beside the CPU
 * time of the loop, in the same run. Run by scripts/bench-journal.
 */
final class JournalCost implements Observer {
  private static final double MILLI = 1e6;

  private final Recorder recorder;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long events;
  private long turns;
  private long nanos;
  private long firstNanos;

  private JournalCost(Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void booted(long atNanos, Transition boot) {
    long begin = cpuNanos();
    recorder.booted(atNanos, boot);
    firstNanos += cpuNanos() - begin;
  }

  /** The first event loads what the boot has not loaded. */
  @Override
  public void decided(State before, Event event, Transition transition) {
    long begin = cpuNanos();
    recorder.decided(before, event, transition);
    long took = cpuNanos() - begin;
    if (events++ == 0) {
      firstNanos += took;
    } else {
      nanos += took;
    }
  }

  @Override
  public void settled() {
    long begin = cpuNanos();
    recorder.settled();
    turns++;
    nanos += cpuNanos() - begin;
  }

  /** Not the time of day: where processes die by the thousand, the loop is often preempted. */
  private static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** What reading the clock adds to each measurement. */
  private static double clockNanos() {
    final int rounds = 100_000;
    long begin = cpuNanos();
    for (int i = 0; i < rounds; i++) {
      cpuNanos();
    }
    return (cpuNanos() - begin) / (double) rounds;
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
    double clock = clockNanos();
    long begin = cpuNanos();
    loop.run(configuration.plan());
    long measurements = cost.events + cost.turns;
    double cpu = cpuNanos() - begin - 2 * clock * measurements - cost.firstNanos;
    double journal = cost.nanos - clock * measurements;
    System.err.printf(
        "%d events; the loop's CPU time %.1f ms, of it the journal %.2f ms (%.2f %%), %.2f µs an"
            + " event; its beginning %.1f ms more%n",
        cost.events,
        cpu / MILLI,
        journal / MILLI,
        100 * journal / cpu,
        journal / 1e3 / cost.events,
        cost.firstNanos / MILLI);
    Runtime.getRuntime().halt(0);
  }
}
