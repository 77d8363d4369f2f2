package dev.gatun.sim;

import dev.gatun.machine.Event;
import dev.gatun.model.Control;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.RestartPolicy;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.Step.Failure;
import dev.gatun.plan.Upkeep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A container with kept services, put together by hand. */
final class KeptScenario {
  private final Map<String, Behavior> programs = new HashMap<>();
  private final List<ServiceSpec> services = new ArrayList<>();
  private final List<KeptMaker.Outside> outside = new ArrayList<>();
  private Optional<Course> course = Optional.empty();

  KeptScenario service(String name, Behavior run) {
    return add(name, run, Optional.empty(), Optional.empty());
  }

  KeptScenario finished(String name, Behavior run, Behavior finish) {
    return add(name, run, Optional.empty(), Optional.of(finish));
  }

  KeptScenario logged(String name, Behavior run, Behavior log) {
    return add(name, run, Optional.of(log), Optional.empty());
  }

  private KeptScenario add(
      String name, Behavior run, Optional<Behavior> log, Optional<Behavior> finish) {
    OsString directory = OsString.of("/etc/service/" + name);
    RestartPolicy restarts = RestartPolicy.always(KeptMaker.PAUSE_NANOS);
    Optional<Command> finishes = finish.map(does -> program(directory.resolve("finish"), does));
    Upkeep upkeep = new Upkeep(restarts, true, finishes, Optional.empty());
    Upkeep logUpkeep = new Upkeep(restarts, true, Optional.empty(), Optional.empty());
    services.add(
        new ServiceSpec(
            ServiceName.of(name),
            program(directory.resolve("run"), run),
            log.map(does -> program(directory.resolve("log/run"), does)),
            Optional.empty(),
            Optional.empty(),
            new ExitPolicy(ExitPolicy.NO_CODE, 0, 3),
            Optional.of(new Keeping(upkeep, log.map(any -> logUpkeep), false))));
    return this;
  }

  private Command program(OsString path, Behavior does) {
    programs.put(path.toString(), does);
    return Command.of(path, OsString.of("/"));
  }

  /** Stages 1 and 3. */
  KeptScenario stages(Behavior first, Behavior last) {
    OsString directory = OsString.of("/etc/service/.stages");
    course =
        Optional.of(
            new Course(
                List.of(
                    new dev.gatun.plan.Step(
                        ServiceName.of("1"), program(directory.resolve("1"), first), Failure.ENDS)),
                Optional.empty(),
                List.of(
                    new dev.gatun.plan.Step(
                        ServiceName.of("3"),
                        program(directory.resolve("3"), last),
                        Failure.GIVES_CODE)),
                List.of()));
    return this;
  }

  KeptScenario told(long atNanos, String name, Control control) {
    Event event = new Event.ControlReceived(atNanos, ServiceName.of(name), Part.SERVICE, control);
    outside.add(new KeptMaker.Outside(atNanos, event));
    return this;
  }

  KeptMaker.Made endingAt(long atNanos) {
    Event end = new Event.SignalReceived(atNanos, Signal.TERM);
    outside.add(new KeptMaker.Outside(atNanos, end));
    services.sort(Comparator.comparing(ServiceSpec::name));
    OrphanPolicy orphans = new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 10_000_000, 0);
    Plan plan =
        new Plan(
            services, List.of(Signal.TERM), orphans, Plan.NO_KILL, Workload.DRAIN_NANOS, course);
    return new KeptMaker.Made(plan, Environment.healthy(programs), outside);
  }
}
