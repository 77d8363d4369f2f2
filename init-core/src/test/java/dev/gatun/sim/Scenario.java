package dev.gatun.sim;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container that is made by hand. */
final class Scenario {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;
  static final Step SLEEP_ON = new Step.Sleep(BehaviorMaker.FOR_EVER_NANOS);

  private final List<ServiceSpec> services = new ArrayList<>();
  private final Map<String, Behavior> programs = new HashMap<>();
  private final List<Workload.OutsideSignal> outside = new ArrayList<>();
  private OrphanPolicy.Kind policy = OrphanPolicy.Kind.TERMINATE;
  private long killAfterNanos = Plan.NO_KILL;
  private long orphanKillNanos = 30 * SECOND;
  private SimSink.Manner stdout = SimSink.Manner.FAST;
  private SimSink.Manner stderr = SimSink.Manner.FAST;
  private OutputFormat format = OutputFormat.JSON;
  private long endsWithinNanos = 2 * SECOND;
  private boolean hasProc = true;

  Scenario service(String name, Step... steps) {
    return service(name, Behavior.of(name, steps));
  }

  Scenario service(String name, Behavior run) {
    programs.put(WorkloadMaker.run(name), run);
    services.add(WorkloadMaker.spec(name, false, false));
    return this;
  }

  Scenario logged(String name, Behavior run, Behavior log) {
    programs.put(WorkloadMaker.run(name), run);
    programs.put(WorkloadMaker.log(name), log);
    services.add(WorkloadMaker.spec(name, true, false));
    return this;
  }

  Scenario scripted(String name, Behavior run, Behavior script) {
    programs.put(WorkloadMaker.run(name), run);
    programs.put(WorkloadMaker.script(name), script);
    services.add(WorkloadMaker.spec(name, false, true));
    return this;
  }

  Scenario signal(long atNanos, int signal) {
    outside.add(new Workload.OutsideSignal(atNanos, signal));
    return this;
  }

  Scenario ignoringOrphans() {
    policy = OrphanPolicy.Kind.IGNORE;
    return this;
  }

  Scenario adoptingOrphans() {
    policy = OrphanPolicy.Kind.ADOPT;
    return this;
  }

  Scenario killingAfter(long nanos) {
    killAfterNanos = nanos;
    return this;
  }

  Scenario killingOrphansAfter(long nanos) {
    orphanKillNanos = nanos;
    return this;
  }

  Scenario stdout(SimSink.Manner manner) {
    stdout = manner;
    return this;
  }

  Scenario withoutProc() {
    hasProc = false;
    return this;
  }

  Scenario plain() {
    format = OutputFormat.PLAIN;
    return this;
  }

  Scenario endingWithin(long nanos) {
    endsWithinNanos = nanos;
    return this;
  }

  Workload workload() {
    services.sort(Comparator.comparing(ServiceSpec::name));
    Environment healthy = Environment.healthy(programs);
    return new Workload(
        new Plan(
            services,
            WorkloadMaker.STOPS,
            new OrphanPolicy(policy, 10 * MILLI, orphanKillNanos),
            killAfterNanos,
            Workload.DRAIN_NANOS),
        new Environment(
            programs,
            Map.of(),
            stdout,
            stderr,
            hasProc,
            true,
            0,
            healthy.pidMax(),
            healthy.maxDescriptors(),
            0,
            new Chance(0)),
        format,
        Verbosity.DEBUG,
        64 * 1024,
        outside,
        endsWithinNanos);
  }

  Simulation run() {
    return Simulation.run(workload(), true);
  }

  /** For what happens too often to be written down. */
  Simulation runSilently() {
    return Simulation.run(workload(), false);
  }

  static Step.Write out(String text) {
    return new Step.Write(false, text.getBytes(StandardCharsets.UTF_8));
  }

  static Step.Write err(String text) {
    return new Step.Write(true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A process that forks {@code daemon} and is gone at once. */
  static Step doubleFork(Behavior daemon) {
    return new Step.Fork(Behavior.of(daemon.name() + "-fork", new Step.Fork(daemon)));
  }
}
