package dev.gatun.sim;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.EventLoop;
import dev.gatun.machine.Verdict;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.OutputFormat;
import dev.gatun.output.OutputPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One run of the real loop, machine and output plane on a simulated kernel, and its judgement. */
final class Simulation implements Judged {
  /** Readiness that comes late, and what is swept instead of told, is heard so much later. */
  private static final long FAULTY_NANOS = 200_000_000;

  private static final int SINKS = 2;

  final SimulatedKernel kernel;
  final Workload workload;
  final Transcript transcript;
  private final long toleranceNanos;
  private final List<String> faults = new ArrayList<>();
  private Invariants invariants;
  private ActualOutput actual;
  private Verdict verdict;
  private long endedAtNanos;

  private Simulation(Workload workload, Transcript transcript, long toleranceNanos) {
    this.workload = workload;
    this.transcript = transcript;
    this.toleranceNanos = toleranceNanos;
    this.kernel = new SimulatedKernel(workload.environment(), transcript);
  }

  /**
   * Runs a case and judges it.
   *
   * @param whole the case's workload, before anything is left away
   */
  static Simulation of(Workload whole, Case container, boolean trace) {
    Workload workload = Parts.without(whole, container.without());
    return container.faulty()
        ? run(
            workload,
            trace,
            FAULTY_NANOS,
            kernel -> new FaultyKernel(kernel, new Faults(container.seed())))
        : run(workload, trace);
  }

  /** Runs it and judges it. */
  static Simulation run(Workload workload, boolean trace) {
    return run(workload, trace, 0, kernel -> (Kernel) kernel);
  }

  /**
   * @param toleranceNanos how late the init may hear of things because of {@code around}
   * @param around what stands between the loop and the kernel
   */
  static Simulation run(
      Workload workload,
      boolean trace,
      long toleranceNanos,
      Function<SimulatedKernel, Kernel> around) {
    Simulation simulation = new Simulation(workload, new Transcript(trace), toleranceNanos);
    try {
      simulation.run(around.apply(simulation.kernel));
      simulation.judge();
    } catch (SimulatedKernel.Stuck e) {
      simulation.faults.add(e.getMessage());
    } catch (RuntimeException e) {
      StackTraceElement[] where = e.getStackTrace();
      simulation.faults.add("the loop threw " + e + (where.length > 0 ? " at " + where[0] : ""));
    }
    simulation.faults.addAll(0, simulation.kernel.history.violations());
    simulation.kernel.files.memory().freeAll();
    return simulation;
  }

  @Override
  public List<String> faults() {
    return faults;
  }

  @Override
  public Transcript transcript() {
    return transcript;
  }

  Verdict verdict() {
    return verdict;
  }

  ActualOutput output() {
    return actual;
  }

  @Override
  public int decisions() {
    return invariants.decisions();
  }

  long endedAtNanos() {
    return endedAtNanos;
  }

  private void run(Kernel port) {
    for (Workload.OutsideSignal signal : workload.outside()) {
      kernel.agenda.at(signal.atNanos(), () -> kernel.signalFromOutside(signal.signal()));
    }
    int signals = port.openSignals();
    Poll poll = new Poll(port);
    OutputPlane output =
        new OutputPlane(
            port, poll, workload.format(), workload.verbosity(), workload.lineLimitBytes());
    EventLoop loop = new EventLoop(port, poll, output, signals);
    invariants = new Invariants(kernel, transcript);
    loop.observe(invariants);
    verdict = loop.run(workload.plan());
    endedAtNanos = kernel.agenda.nowNanos();
    transcript.add(endedAtNanos, "end", verdict.toString());
  }

  private void judge() {
    judgeExitCode();
    judgeProcesses();
    judgeResources();
    judgeOutput();
  }

  private void judgeExitCode() {
    long late = Math.max(workload.environment().lateNanos(), toleranceNanos);
    Oracle.Answer right =
        Oracle.judge(
            kernel.history.happenings(), late, toleranceNanos == 0, CommandRule.of(workload));
    if (!right.codes().contains(verdict.exitCode())) {
      faults.add("the exit code is " + verdict + " and must be of " + right.codes());
    }
    boolean decided = right.atNanos() != Long.MAX_VALUE;
    if (decided
        && endedAtNanos - right.atNanos()
            > workload.endsWithinNanos() + kernel.clock.leaptNanos()) {
      faults.add("it took " + (endedAtNanos - right.atNanos()) / 1_000_000 + " ms to end");
    }
    if (toleranceNanos == 0 && right.sure()) {
      long beganNanos = Math.min(right.atNanos(), endedAtNanos);
      Conduct conduct = new Conduct(workload, beganNanos, endedAtNanos);
      faults.addAll(conduct.judge(kernel.orphans(), kernel.started()));
    }
  }

  private void judgeProcesses() {
    for (SimProcess left : kernel.processes.left()) {
      faults.add(left + " is left: " + left.life);
    }
    List<String> ended = new ArrayList<>();
    for (History.Happening happening : kernel.history.happenings()) {
      if (happening
          instanceof History.Ended(var at, var turn, var program, int pid, ExitStatus s)) {
        ended.add(pid + " " + s);
      }
    }
    List<String> heard = new ArrayList<>(invariants.exitsHeard());
    ended.sort(null);
    heard.sort(null);
    if (!ended.equals(heard)) {
      faults.add("these ended: " + ended + ", and these were heard to: " + heard);
    }
  }

  private void judgeResources() {
    if (kernel.files.sink(1).manner.equals(SimSink.Manner.STUCK)) {
      return;
    }
    int kept = 1;
    for (int standard = 1; standard <= SINKS; standard++) {
      kept += kernel.files.sink(standard).descriptor() >= 0 ? 1 : 0;
    }
    if (kernel.files.openCount() != kept) {
      faults.add(kernel.files.openCount() + " descriptors are open at the end, not " + kept);
    }
    if (kernel.files.memory().blockCount() != SINKS) {
      faults.add(kernel.files.memory().blockCount() - SINKS + " blocks of memory are not freed");
    }
  }

  private void judgeOutput() {
    SimSink out = kernel.files.sink(1);
    SimSink err = kernel.files.sink(2);
    actual = new ActualOutput(kernel.clock.timesTold(), toleranceNanos == 0);
    boolean wholeOut = out.manner.takesAll();
    // What is said last, that output was given up, is written once: half of it if the kernel fails.
    boolean isCut = toleranceNanos > 0 && out.manner.equals(SimSink.Manner.STUCK);
    boolean wholeErr = err.manner.takesAll() && !isCut;
    if (workload.format() == OutputFormat.JSON) {
      actual.addJson(out.received(), wholeOut);
    } else {
      actual.addPlain(out.received(), false, wholeOut);
    }
    actual.addPlain(err.received(), true, wholeErr);
    faults.addAll(actual.faults);
    ExpectedOutput expected =
        ExpectedOutput.of(kernel.files.pipes(), workload.format(), workload.lineLimitBytes());
    faults.addAll(OutputComparison.of("standard output", wholeOut, expected.stdout, actual.stdout));
    faults.addAll(OutputComparison.of("standard error", wholeErr, expected.stderr, actual.stderr));
    faults.addAll(
        OutputComparison.of(
            "the warnings about JSON", wholeOut && wholeErr, expected.notJson, actual.notJson));
  }
}
