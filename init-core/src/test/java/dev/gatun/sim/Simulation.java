package dev.gatun.sim;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Observer;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.OutputFormat;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.OrphanPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One run of the real loop, machine and output plane on a simulated kernel, and its judgement. */
final class Simulation {
  /** Readiness that comes late, and what is swept instead of told, is heard so much later. */
  private static final long FAULTY_NANOS = 200_000_000;

  private static final int SINKS = 2;

  final SimulatedKernel kernel;
  final Workload workload;
  final Transcript transcript;
  private final long toleranceNanos;
  private final List<String> faults = new ArrayList<>();
  private final Rules rules;
  private ActualOutput actual;
  private Verdict verdict;
  private long endedAtNanos;

  private Simulation(Workload workload, Transcript transcript, long toleranceNanos) {
    this.workload = workload;
    this.transcript = transcript;
    this.toleranceNanos = toleranceNanos;
    this.kernel = new SimulatedKernel(workload.setting(), transcript);
    this.rules = new Rules(workload, kernel.history, transcript, toleranceNanos == 0);
  }

  /** Runs a case and judges it. */
  static Simulation of(Case container, boolean trace) {
    Workload whole = WorkloadMaker.make(container.seed());
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

  public List<String> faults() {
    return faults;
  }

  public Transcript transcript() {
    return transcript;
  }

  Verdict verdict() {
    return verdict;
  }

  ActualOutput output() {
    return actual;
  }

  public int decisions() {
    return rules.decisions();
  }

  long endedAtNanos() {
    return endedAtNanos;
  }

  private void run(Kernel port) {
    verdict = loop(workload, kernel, port, rules).run();
    endedAtNanos = kernel.agenda.nowNanos();
    transcript.add(endedAtNanos, "end", verdict.toString());
  }

  /** The real loop on a simulated kernel, to which happens what the workload has. */
  static EventLoop loop(Workload workload, SimulatedKernel kernel, Kernel port, Observer observer) {
    int signals = port.openSignals();
    Poll poll = new Poll(port);
    OutputPlane output =
        new OutputPlane(
            port, poll, workload.format(), workload.verbosity(), workload.lineLimitBytes());
    Shell shell =
        new Shell(port, poll, output, signals, output::say)
            .withEnvironment(new SimEnvironment())
            .withObserver(observer);
    SimClients clients = workload.isPlain() ? null : new SimClients(kernel, shell.events());
    if (clients != null) {
      shell = shell.withClients(clients);
      clients.listen(poll);
    }
    for (Workload.Outside outside : workload.outside()) {
      kernel.agenda.at(outside.atNanos(), () -> happens(kernel, clients, outside.event()));
    }
    return new EventLoop(shell, workload.plan());
  }

  private static void happens(SimulatedKernel kernel, SimClients clients, Event event) {
    if (event instanceof Event.SignalReceived signal) {
      kernel.signalFromOutside(signal.signal().number());
    } else if (clients != null) {
      clients.say(event);
    }
  }

  private void judge() {
    if (workload.isPlain()) {
      judgeByHistory();
    }
    // A kernel that tells late of what has happened has the machine decide otherwise.
    int right = rules.contract.expectedCode();
    if (verdict.exitCode() != right) {
      faults.add("the exit code is " + verdict + " and must be " + right);
    }
    long tookNanos = endedAtNanos - rules.endBeganNanos();
    if (tookNanos > workload.endsWithinNanos() + kernel.clock.leaptNanos()) {
      faults.add("it took " + tookNanos / 1_000_000 + " ms to end");
    }
    judgeProcesses();
    judgeResources();
    judgeOutput();
  }

  /** What the kernel knows to have happened first must have decided. */
  private void judgeByHistory() {
    long late = Math.max(workload.setting().lateNanos(), toleranceNanos);
    Oracle.Answer right =
        Oracle.judge(
            kernel.history.happenings(), late, toleranceNanos == 0, CommandRule.of(workload));
    if (!right.codes().contains(verdict.exitCode())) {
      faults.add("the exit code is " + verdict + " and must be of " + right.codes());
    }
    // Where orphans are told last, when that is is not known from what happened outside.
    boolean areToldAtOnce = workload.plan().orphans().told() == OrphanPolicy.Told.AT_ONCE;
    if (toleranceNanos == 0 && right.sure() && areToldAtOnce) {
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
    List<String> heard = new ArrayList<>(rules.facts.exitsHeard());
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
    int kept = 1 + (workload.isPlain() ? 0 : SimClients.DESCRIPTORS);
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
    boolean inOrder = toleranceNanos == 0 && workload.isPlain();
    actual = new ActualOutput(kernel.clock.timesTold(), inOrder);
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
    if (!workload.isPlain()) {
      // The lives of a service that is started again share its name: in which order their lines
      // come is judged without such services.
      faults.addAll(OutputComparison.ofLength("standard output", expected.stdout, actual.stdout));
      faults.addAll(OutputComparison.ofLength("standard error", expected.stderr, actual.stderr));
      return;
    }
    faults.addAll(OutputComparison.of("standard output", wholeOut, expected.stdout, actual.stdout));
    faults.addAll(OutputComparison.of("standard error", wholeErr, expected.stderr, actual.stderr));
    faults.addAll(
        OutputComparison.of(
            "the warnings about JSON", wholeOut && wholeErr, expected.notJson, actual.notJson));
  }
}
