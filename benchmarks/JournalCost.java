import dev.gatun.journal.record.Recorder;
import dev.gatun.kernel.Poll;
import dev.gatun.layout.Layouts;
import dev.gatun.layout.Setup;
import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.LinuxJournalFile;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Observer;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.output.OutputPlane;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * The loop's CPU time in a container without a journal, and then, in the same run, the CPU time
 * that a recorder takes for the same events in the same turns, its first steps included. Timing
 * each call would measure the clock. Run by scripts/dev journal-cost.
 */
final class JournalCost implements Observer {
  private static final double MILLI = 1e6;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A decision, or null at the end of a turn. */
  private record Decision(Event event, Transition transition) {}

  private final List<Decision> decisions = new ArrayList<>();
  private Transition booted;
  private State another;
  private int events;

  @Override
  public void booted(long atNanos, Transition boot) {
    booted = boot;
  }

  /**
   * Not with the state, but only with whether it has changed: ten thousand of them, with ten
   * thousand orphans each, are too many.
   */
  @Override
  public void decided(State before, Event event, Transition transition) {
    events++;
    another = events == 1 ? transition.state() : another;
    State after = transition.state() == before ? booted.state() : another;
    decisions.add(new Decision(event, new Transition(after, transition.effects())));
  }

  @Override
  public void settled() {
    decisions.add(null);
  }

  private void replayInto(Recorder recorder) {
    for (Decision decision : decisions) {
      if (decision == null) {
        recorder.settled();
      } else {
        recorder.decided(booted.state(), decision.event(), decision.transition());
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Environment environment = LinuxEnvironment.read();
    Setup setup = new Layouts(new LinuxFiles(), environment, OsString.of("/")).read();
    LinuxKernel kernel = new LinuxKernel();
    int signals = kernel.openSignals();
    Poll poll = new Poll(kernel);
    OutputPlane output =
        new OutputPlane(
            kernel,
            poll,
            setup.output().stdout(),
            setup.output().verbosity(),
            setup.output().lineLimitBytes());
    JournalCost cost = new JournalCost();
    Shell shell = new Shell(kernel, poll, output, signals, output::say).withObserver(cost);
    EventLoop loop = new EventLoop(shell, setup.plan());
    long begin = THREADS.getCurrentThreadCpuTime();
    loop.run();
    long ended = THREADS.getCurrentThreadCpuTime();
    Recorder recorder =
        new Recorder(
            kernel,
            LinuxJournalFile.at(OsString.of(arguments[0])),
            1 << 30,
            "bench",
            (level, text) -> System.err.println(text));
    recorder.booted(System.nanoTime(), cost.booted);
    long recording = THREADS.getCurrentThreadCpuTime();
    cost.replayInto(recorder);
    long recorded = THREADS.getCurrentThreadCpuTime();
    cost.replayInto(recorder);
    double again = THREADS.getCurrentThreadCpuTime() - recorded;
    double journal = recorded - recording;
    System.err.printf(
        "%d events in %d turns; the loop's CPU time %.1f ms, the journal's %.2f ms (%.2f %%), once"
            + " compiled %.2f ms (%.2f %%), and %.1f ms to begin%n",
        cost.events,
        cost.decisions.size() - cost.events,
        (ended - begin) / MILLI,
        journal / MILLI,
        100 * journal / (ended - begin),
        again / MILLI,
        100 * again / (ended - begin),
        (recording - ended) / MILLI);
    Runtime.getRuntime().halt(0);
  }
}
