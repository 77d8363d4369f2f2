package dev.gatun.sim;

import dev.gatun.machine.Event;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A container that is made by hand. */
final class Scenario {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;
  static final Step SLEEP_ON = new Step.Sleep(BehaviorMaker.FOR_EVER_NANOS);

  private final List<Service> services = new ArrayList<>();

  /** Made when it is known when they are killed. */
  private final List<Supplier<List<Service>>> plain = new ArrayList<>();

  private final Map<String, Behavior> programs = new HashMap<>();
  private final List<Workload.Outside> outside = new ArrayList<>();
  private OrphanPolicy.Kind policy = OrphanPolicy.Kind.TERMINATE;
  private long killAfterNanos = Stop.NO_KILL;
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
    programs.put(ServiceMaker.run(name), run);
    plain.add(() -> ServiceMaker.plain(name, false, false, killAfterNanos, Hooks.NONE));
    return this;
  }

  Scenario logged(String name, Behavior run, Behavior log) {
    programs.put(ServiceMaker.run(name), run);
    programs.put(ServiceMaker.log(name), log);
    plain.add(() -> ServiceMaker.plain(name, true, false, killAfterNanos, Hooks.NONE));
    return this;
  }

  Scenario scripted(String name, Behavior run, Behavior script) {
    programs.put(ServiceMaker.run(name), run);
    programs.put(ServiceMaker.script(name), script);
    plain.add(() -> ServiceMaker.plain(name, false, true, killAfterNanos, Hooks.NONE));
    return this;
  }

  /** A service that is started again a second after its start. */
  Scenario supervised(String name, Behavior run) {
    return supervised(name, run, Optional.empty(), Optional.empty());
  }

  Scenario finished(String name, Behavior run, Behavior finish) {
    return supervised(name, run, Optional.empty(), Optional.of(finish));
  }

  Scenario supervised(String name, Behavior run, Behavior log) {
    return supervised(name, run, Optional.of(log), Optional.empty());
  }

  private Scenario supervised(
      String name, Behavior run, Optional<Behavior> log, Optional<Behavior> finish) {
    OsString directory = OsString.of("/etc/service/" + name);
    ServiceId id = ServiceId.run(ServiceName.of(name));
    Service.Builder service =
        Service.longrun(id, program(directory.resolve("run"), run))
            .wanted(Span.UP_AND_CLOSING)
            .restart(Restart.always(ServiceMaker.PAUSE_NANOS))
            .takesOrders();
    finish.ifPresent(
        does ->
            service.finish(
                new Hooks.Finish(
                    program(directory.resolve("finish"), does), ServiceMaker.ARGUMENTS)));
    if (log.isPresent()) {
      ServiceId reads = ServiceId.log(id.name());
      services.add(service.wiring(Wiring.writingTo(reads)).build());
      services.add(
          Service.longrun(reads, program(directory.resolve("log/run"), log.get()))
              .wanted(Span.UP_AND_CLOSING)
              .restart(Restart.always(ServiceMaker.PAUSE_NANOS))
              .wiring(Wiring.readingFrom(id))
              .takesOrders()
              .build());
    } else {
      services.add(service.build());
    }
    return this;
  }

  /** A service that is made elsewhere, and what its programs do. */
  Scenario with(Service service, Map<Program, Behavior> does) {
    services.add(service);
    does.forEach((program, behavior) -> programs.put(program.path().toString(), behavior));
    return this;
  }

  private Program program(OsString path, Behavior does) {
    programs.put(path.toString(), does);
    return Program.of(path, OsString.of("/"));
  }

  /** Stages 1 and 3. */
  Scenario stages(Behavior first, Behavior last) {
    stage("1", Stage.FIRST, Span.START, first, Meaning.Failure.ENDS);
    stage("3", Stage.LAST, Span.LAST, last, Meaning.Failure.GIVES_CODE);
    return this;
  }

  private void stage(String name, Stage stage, Span span, Behavior does, Meaning.Failure failure) {
    Program program = program(OsString.of("/etc/service/.stages/" + name), does);
    ServiceId id = new ServiceId(ServiceName.of(name), stage);
    services.add(Service.oneshot(id, program, new Meaning.Oneshot(failure)).wanted(span).build());
  }

  Scenario told(long atNanos, String name, Order order) {
    ServiceId id = ServiceId.run(ServiceName.of(name));
    outside.add(new Workload.Outside(atNanos, new Event.OrderReceived(atNanos, id, order)));
    return this;
  }

  Scenario signal(long atNanos, int signal) {
    outside.add(Workload.Outside.signal(atNanos, signal));
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
    Plan.Builder plan = Plan.builder().environment(SimEnvironment.FIRST).addAll(services);
    plain.forEach(made -> plan.addAll(made.get()));
    OrphanPolicy orphans = new OrphanPolicy(policy, 10 * MILLI, orphanKillNanos);
    boolean finds = !services.isEmpty();
    plan.signals(Signals.stoppingOn(WorkloadMaker.STOPS))
        .orphans(finds ? orphans.toldAfterAll() : orphans)
        .drainNanos(Workload.DRAIN_NANOS)
        .findsServices(finds);
    Setting healthy = Setting.healthy(programs);
    Setting setting =
        new Setting(
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
            new Chance(0));
    return new Workload(
        plan.build(), setting, format, Verbosity.DEBUG, 64 * 1024, outside, endsWithinNanos);
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
