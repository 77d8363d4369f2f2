package dev.gatun.sim;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Observer;
import dev.gatun.machine.Event;
import dev.gatun.machine.Verdict;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;
import dev.gatun.output.OutputPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** One run of the real loop over a simulated kernel with kept services, and its judgement. */
final class KeptRun implements Judged {
  private static final long BOUND_NANOS = 60_000_000_000L;
  private static final int LINE_LIMIT_BYTES = 4096;

  /** Signals, standard output and standard error. */
  private static final int OWN_DESCRIPTORS = 3;

  private final SimulatedKernel kernel;
  private final Transcript transcript;
  private final KeptInvariants invariants;
  private final KeptMaker.Made made;
  private final List<String> faults = new ArrayList<>();
  private Verdict verdict;

  private KeptRun(KeptMaker.Made made, boolean trace, boolean prompt) {
    this.made = made;
    this.transcript = new Transcript(trace);
    this.kernel = new SimulatedKernel(made.environment(), transcript);
    this.invariants = new KeptInvariants(made, kernel, transcript, prompt);
  }

  static KeptRun of(Case container, boolean trace) {
    KeptMaker.Made made = KeptParts.without(KeptMaker.make(container.seed()), container.without());
    return of(made, trace, !container.faulty(), kernel -> port(container, kernel));
  }

  /**
   * @param prompt whether the kernel tells of everything in time
   * @param around what stands between the loop and the kernel
   */
  static KeptRun of(
      KeptMaker.Made made,
      boolean trace,
      boolean prompt,
      Function<SimulatedKernel, Kernel> around) {
    KeptRun run = new KeptRun(made, trace, prompt);
    run.run(around.apply(run.kernel), run.invariants);
    run.judge();
    return run;
  }

  /** A run of which somebody else hears. */
  static void of(Case container, Function<Kernel, Observer> hears) {
    KeptRun run = new KeptRun(KeptMaker.make(container.seed()), false, !container.faulty());
    Kernel port = port(container, run.kernel);
    run.run(port, hears.apply(port));
  }

  /** A run of a healthy container of which somebody else hears. */
  static void of(KeptMaker.Made made, Function<Kernel, Observer> hears) {
    KeptRun run = new KeptRun(made, false, true);
    run.run(run.kernel, hears.apply(run.kernel));
  }

  private static Kernel port(Case container, SimulatedKernel kernel) {
    return container.faulty() ? new FaultyKernel(kernel, new Faults(container.seed())) : kernel;
  }

  @Override
  public List<String> faults() {
    return faults;
  }

  @Override
  public Transcript transcript() {
    return transcript;
  }

  @Override
  public int decisions() {
    return invariants.decisions();
  }

  private void run(Kernel port, Observer observer) {
    try {
      Poll poll = new Poll(port);
      int signals = port.openSignals();
      OutputPlane output =
          new OutputPlane(port, poll, OutputFormat.PLAIN, Verbosity.DEBUG, LINE_LIMIT_BYTES);
      EventLoop loop = new EventLoop(port, poll, output, signals);
      KeptClients clients = new KeptClients(kernel, loop, made.environment());
      loop.serve(clients);
      clients.listen(poll);
      loop.observe(observer);
      for (KeptMaker.Outside outside : made.outside()) {
        kernel.agenda.at(outside.atNanos(), () -> happens(clients, outside.event()));
      }
      verdict = loop.run(made.plan());
    } catch (SimulatedKernel.Stuck e) {
      faults.add(e.getMessage());
    } catch (RuntimeException e) {
      faults.add("the loop threw " + e + " at " + e.getStackTrace()[0]);
    } finally {
      faults.addAll(0, kernel.history.violations());
      kernel.files.memory().freeAll();
    }
  }

  private void happens(KeptClients clients, Event event) {
    transcript.add(kernel.agenda.nowNanos(), "client", event.toString());
    if (event instanceof Event.SignalReceived signal) {
      kernel.files.raise(signal.signal().number());
    } else {
      clients.say(event);
    }
  }

  private void judge() {
    if (verdict == null) {
      return;
    }
    if (verdict.exitCode() != invariants.expectedCode()) {
      faults.add("the exit code is " + verdict + " and must be " + invariants.expectedCode());
    }
    for (SimProcess left : kernel.processes.left()) {
      faults.add(left + " is left: " + left.life);
    }
    long tookNanos = kernel.agenda.nowNanos() - invariants.endBeganNanos();
    if (tookNanos > BOUND_NANOS + kernel.clock.leaptNanos()) {
      faults.add("it took " + tookNanos / 1_000_000 + " ms to end");
    }
    int kept = OWN_DESCRIPTORS + KeptClients.DESCRIPTORS;
    if (kernel.files.openCount() != kept) {
      faults.add(kernel.files.openCount() + " descriptors are open at the end, not " + kept);
    }
    judgeOutput();
  }

  /** All that was written must have arrived; in which order is judged without kept services. */
  private void judgeOutput() {
    ActualOutput actual = new ActualOutput(kernel.clock.timesTold(), false);
    actual.addPlain(kernel.files.sink(1).received(), false, true);
    actual.addPlain(kernel.files.sink(2).received(), true, true);
    faults.addAll(actual.faults);
    ExpectedOutput expected =
        ExpectedOutput.of(kernel.files.pipes(), OutputFormat.PLAIN, LINE_LIMIT_BYTES);
    compare("standard output", expected.stdout, actual.stdout);
    compare("standard error", expected.stderr, actual.stderr);
  }

  private void compare(
      String where, Map<String, ExpectedOutput.Streams> expected, Map<String, List<String>> got) {
    TreeSet<String> origins = new TreeSet<>(expected.keySet());
    origins.addAll(got.keySet());
    for (String origin : origins) {
      long right =
          expected.containsKey(origin)
              ? expected.get(origin).byPipe.stream().mapToLong(KeptRun::length).sum()
              : 0;
      long there = length(got.getOrDefault(origin, List.of()));
      if (right != there) {
        faults.add(where + ", " + origin + ": " + there + " characters, must be " + right);
      }
    }
  }

  private static long length(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }
}
