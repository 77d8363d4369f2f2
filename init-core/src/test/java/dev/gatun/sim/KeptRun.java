package dev.gatun.sim;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Observer;
import dev.gatun.machine.Event;
import dev.gatun.machine.Verdict;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.output.OutputPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One run of the real loop over a simulated kernel with kept services, and its judgement. */
final class KeptRun {
  private static final long BOUND_NANOS = 60_000_000_000L;

  final SimulatedKernel kernel;
  final Transcript transcript;
  final KeptInvariants invariants;
  private final KeptMaker.Made made;
  private Verdict verdict;

  private KeptRun(KeptMaker.Made made, boolean trace) {
    this.made = made;
    this.transcript = new Transcript(trace);
    this.kernel = new SimulatedKernel(made.environment(), transcript);
    this.invariants = new KeptInvariants(made, kernel, transcript);
  }

  static KeptRun of(KeptMaker.Made made, boolean trace) {
    KeptRun run = new KeptRun(made, trace);
    run.run(run.invariants);
    return run;
  }

  /** A run of which somebody else hears. */
  static void of(KeptMaker.Made made, Function<Kernel, Observer> hears) {
    KeptRun run = new KeptRun(made, false);
    run.run(hears.apply(run.kernel));
  }

  Verdict verdict() {
    return verdict;
  }

  private void run(Observer observer) {
    try {
      Poll poll = new Poll(kernel);
      int signals = kernel.openSignals();
      OutputPlane output = new OutputPlane(kernel, poll, OutputFormat.PLAIN, Verbosity.DEBUG, 4096);
      EventLoop loop = new EventLoop(kernel, poll, output, signals);
      loop.observe(observer);
      for (KeptMaker.Outside outside : made.outside()) {
        kernel.agenda.at(outside.atNanos(), () -> happens(loop, outside.event()));
      }
      verdict = loop.run(made.plan());
    } catch (SimulatedKernel.Stuck e) {
      kernel.history.violated(e.getMessage());
    } catch (RuntimeException e) {
      kernel.history.violated("the loop threw " + e + " at " + e.getStackTrace()[0]);
    } finally {
      kernel.files.memory().freeAll();
    }
  }

  /** What comes through files wakes the loop up, as a readable descriptor would. */
  private void happens(EventLoop loop, Event event) {
    transcript.add(kernel.agenda.nowNanos(), "outside", event.toString());
    if (event instanceof Event.SignalReceived signal) {
      kernel.files.raise(signal.signal().number());
    } else {
      loop.post(event);
      kernel.files.raise(Signal.CHLD.number());
    }
  }

  /** What is wrong with it, nothing when all is well. */
  List<String> faults() {
    List<String> faults = new ArrayList<>(kernel.history.violations());
    if (verdict == null) {
      return faults;
    }
    if (verdict.exitCode() != invariants.expectedCode()) {
      faults.add("the exit code is " + verdict + " and must be " + invariants.expectedCode());
    }
    for (SimProcess left : kernel.processes.left()) {
      faults.add(left + " is left: " + left.life);
    }
    long tookNanos = kernel.agenda.nowNanos() - invariants.endBeganNanos();
    if (tookNanos > BOUND_NANOS) {
      faults.add("it took " + tookNanos / 1_000_000 + " ms to end");
    }
    final int kept = 3;
    if (kernel.files.openCount() > kept) {
      faults.add(kernel.files.openCount() + " descriptors are open at the end");
    }
    return faults;
  }
}
