package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Job;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes up services of all kinds, and what their programs do. */
final class ServiceMaker {
  static final long PAUSE_NANOS = 1_000_000_000;
  static final int RESTART_CODE = 111;
  static final int ENDING_CODE = 100;
  static final int DISABLING_CODE = 115;
  static final List<Integer> FORGIVEN = List.of(143);
  static final long GRACE_NANOS = 10_000_000;
  static final ExitCode TABLE = new ExitCode.Table(0, 3);
  static final ExitArguments ARGUMENTS =
      new ExitArguments(-1, 128, List.of(OsString.of("111"), OsString.of("0")));

  private static final String SCRIPTS = "tduxh1";
  private static final String STAGES = "/etc/service/.stages/";

  final Map<String, Behavior> programs = new HashMap<>();
  final Map<String, Integer> errors = new HashMap<>();
  private final Chance chance;
  private final BehaviorMaker behaviors;
  private final boolean kills;
  private final boolean floods;
  private final long killAfterNanos;

  /**
   * @param killAfterNanos when services get KILL; {@link Stop#NO_KILL} for never
   * @param floods whether services write more than all buffers hold
   */
  ServiceMaker(Chance chance, BehaviorMaker behaviors, long killAfterNanos, boolean floods) {
    this.chance = chance;
    this.behaviors = behaviors;
    this.killAfterNanos = killAfterNanos;
    this.kills = killAfterNanos != Stop.NO_KILL;
    this.floods = floods;
  }

  static String run(String name) {
    return "/etc/service/" + name + "/run";
  }

  static String log(String name) {
    return "/etc/service/" + name + "/log/run";
  }

  static String script(String name) {
    return "/etc/service/" + name + "/terminate";
  }

  /** The order that runsv(8) has this letter for. */
  static Order order(char letter) {
    return Order.of((byte) letter).orElseThrow();
  }

  /** A service of the dinit layout, and its log program when it has one. */
  static List<Service> plain(
      String name, boolean logged, boolean scripted, long killAfterNanos, Hooks hooks) {
    OsString directory = OsString.of("/etc/service/" + name);
    ServiceId run = ServiceId.run(ServiceName.of(name));
    ServiceId log = ServiceId.log(run.name());
    Program stops = Program.of(OsString.of(script(name)), directory);
    Optional<Stop.StopProgram> stop =
        scripted ? Optional.of(new Stop.StopProgram(stops, "DINIT_PID")) : Optional.empty();
    Service.Builder service =
        Service.longrun(run, Program.of(OsString.of(run(name)), directory))
            .means(new Meaning.EndsContainer(TABLE, DISABLING_CODE, 0))
            .standIns(hooks.standIns())
            .stop(new Stop(stop, killAfterNanos, false));
    hooks.finish().ifPresent(service::finish);
    if (!logged) {
      return List.of(service.build());
    }
    Program reads = Program.of(OsString.of(log(name)), directory.resolve("log"));
    return List.of(
        service.wiring(Wiring.writingTo(log)).build(),
        Service.longrun(log, reads)
            .means(new Meaning.EndsContainer(TABLE, ExitCode.NONE, GRACE_NANOS))
            .stop(Stop.bySignal(killAfterNanos))
            .after(After.started(run))
            .wiring(Wiring.readingFrom(run))
            .build());
  }

  /** A service that is started once. */
  List<Service> plain(String name) {
    boolean logged = chance.oneIn(3);
    boolean scripted = chance.oneIn(4);
    if (logged && chance.oneIn(4)) {
      addThatEndTogether(name);
    } else {
      add(run(name), floods ? behaviors.flood(name) : behaviors.service(name));
      if (logged) {
        add(log(name), behaviors.logProgram(name));
      }
    }
    if (scripted) {
      add(script(name), behaviors.stopScript(name));
    }
    return plain(name, logged, scripted, killAfterNanos, Hooks.NONE);
  }

  /** A service and its log program that end within a few milliseconds, in either order. */
  private void addThatEndTogether(String name) {
    long nanos = chance.millis(0, 900);
    Step.Sleep runs = new Step.Sleep(nanos + chance.millis(0, 15));
    Step.Sleep logs = new Step.Sleep(nanos + chance.millis(0, 15));
    add(run(name), Behavior.of(name, runs, new Step.Exit(chance.of(0, 1, 115, 115))));
    add(log(name), Behavior.of(name + "-log", logs, new Step.Exit(chance.of(0, 1))));
  }

  private void add(String program, Behavior behavior) {
    programs.put(program, behavior);
    if (chance.oneIn(40)) {
      errors.put(
          program,
          chance.of(Errno.ENOENT, Errno.EACCES, Errno.EAGAIN, Errno.ENOMEM, Errno.ENOEXEC));
    }
  }

  /** The command that gets the signals: started when all services of this container are. */
  Service command(String name, List<Service> others) {
    programs.put(run(name), behaviors.service(name));
    if (chance.oneIn(15)) {
      errors.put(run(name), chance.of(Errno.ENOENT, Errno.EACCES, Errno.EAGAIN, Errno.ENOMEM));
    }
    Optional<Job> job = Optional.of(new Job(OsString.of(name), false));
    List<OsString> arguments = List.of(OsString.of("all"));
    OsString here = OsString.of("/work");
    Program program = new Program(OsString.of(run(name)), arguments, here, job, false);
    Service.Builder command =
        Service.longrun(ServiceId.run(ServiceName.of(name)), program)
            .means(new Meaning.EndsContainer(new ExitCode.PassedOn(FORGIVEN)))
            .stop(Stop.bySignal(killAfterNanos));
    for (Service other : others) {
      if (!other.takesOrders() && other.id().stage() == Stage.RUN) {
        command.after(After.started(other.id()));
      }
    }
    return command.build();
  }

  /** A service that is started again, and its log program when it has one. */
  List<Service> supervised(String name) {
    ServiceId run = ServiceId.run(ServiceName.of(name));
    ServiceId log = ServiceId.log(run.name());
    OsString directory = OsString.of("/etc/service/" + name);
    boolean logged = chance.oneIn(2);
    Behavior service = behaviors.service(name);
    programs.put(run(name), kills ? service : silentAfterTerm(service));
    if (chance.oneIn(20)) {
      errors.put(run(name), chance.of(Errno.ENOENT, Errno.EAGAIN));
    }
    programs.put(log(name), behaviors.logProgram(name));
    Hooks hooks = hooks(directory);
    Service.Builder builder =
        Service.longrun(run, Program.of(OsString.of(run(name)), directory))
            .wanted(Span.UP_AND_CLOSING)
            .restart(chance.oneIn(8) ? Restart.NEVER : Restart.always(PAUSE_NANOS))
            .stop(Stop.bySignal(killAfterNanos))
            .standIns(hooks.standIns())
            .takesOrders();
    hooks.finish().ifPresent(builder::finish);
    if (chance.oneIn(10)) {
      builder.means(new Meaning.EndsContainer(chance.oneIn(2) ? TABLE : passedOn()));
    }
    if (chance.oneIn(5)) {
      builder.startedByOrder();
    }
    if (!logged) {
      return List.of(builder.build());
    }
    Service.Builder reads =
        Service.longrun(log, Program.of(OsString.of(log(name)), directory.resolve("log")))
            .wanted(Span.UP_AND_CLOSING)
            .restart(Restart.always(PAUSE_NANOS))
            .stop(Stop.bySignal(killAfterNanos))
            .wiring(Wiring.readingFrom(run))
            .takesOrders();
    if (chance.oneIn(8)) {
      reads.startedByOrder();
    }
    return List.of(builder.wiring(Wiring.writingTo(log)).build(), reads.build());
  }

  private static ExitCode passedOn() {
    return ExitCode.PassedOn.AS_IT_IS;
  }

  /** A log program need not read; what waits for it to do so never ends, and nobody kills it. */
  private static Behavior silentAfterTerm(Behavior service) {
    List<Step> after =
        service.afterTerm().stream().filter(step -> !(step instanceof Step.Write)).toList();
    return new Behavior(
        service.name(), service.steps(), service.onTerm(), after, service.reapsChildren());
  }

  /** Programs that the plan knows of, of which some turn out not to be there. */
  Hooks hooks(OsString directory) {
    List<Hooks.StandIn> standIns = new ArrayList<>();
    if (chance.oneIn(2)) {
      for (int i = 0; i < SCRIPTS.length(); i++) {
        if (chance.oneIn(3)) {
          char letter = SCRIPTS.charAt(i);
          OsString path = directory.resolve("control").resolve(String.valueOf(letter));
          script(path, chance.below(300));
          Program program = Program.of(path, directory).optional();
          standIns.add(new Hooks.StandIn(order(letter), program));
        }
      }
    }
    if (chance.oneIn(2)) {
      return new Hooks(Optional.empty(), standIns);
    }
    OsString finish = directory.resolve("finish");
    script(finish, chance.below(600));
    Program program = Program.of(finish, directory).optional();
    return new Hooks(Optional.of(new Hooks.Finish(program, ARGUMENTS)), standIns);
  }

  /** What is there ends, and stands in for TERM only if KILL follows. */
  private void script(OsString path, int millis) {
    boolean isTerm = path.toString().endsWith("/t");
    int code = kills || !isTerm ? chance.of(0, 1) : 1;
    Step.Sleep runs = new Step.Sleep(millis * 1_000_000L);
    programs.put(path.toString(), Behavior.of("script", runs, new Step.Exit(code)));
    if (chance.oneIn(5)) {
      errors.put(path.toString(), Errno.ENOENT);
    }
  }

  private Program program(String name, Step... steps) {
    OsString path = OsString.of(STAGES + name);
    programs.put(path.toString(), Behavior.of(name, steps));
    if (chance.oneIn(25)) {
      errors.put(path.toString(), Errno.ENOENT);
    }
    return Program.of(path, OsString.of("/"));
  }

  /** Up to so many programs that are run one after another. */
  List<Service> oneshots(String name, Stage stage, Span span, int most) {
    List<Service> services = new ArrayList<>();
    int count = chance.below(most + 1);
    for (int i = 0; i < count; i++) {
      ServiceId id = new ServiceId(ServiceName.of(name + i), stage);
      boolean sets = stage == Stage.FIRST && chance.oneIn(4);
      Service.Builder service =
          Service.oneshot(id, oneshot(name + i), new Meaning.Oneshot(failure(stage), sets))
              .wanted(span)
              .stop(Stop.bySignal(killAfterNanos));
      if (i > 0) {
        service.after(After.ended(services.getLast().id()));
      }
      services.add(service.build());
    }
    return services;
  }

  private Meaning.Failure failure(Stage stage) {
    Meaning.Failure one = new Meaning.Failure(false, ENDING_CODE, true, true);
    return stage == Stage.FIRST
        ? chance.of(one, one, Meaning.Failure.ENDS, Meaning.Failure.IS_SAID)
        : chance.of(Meaning.Failure.GIVES_CODE, Meaning.Failure.IS_SAID);
  }

  private Program oneshot(String name) {
    Step end =
        chance.oneIn(6)
            ? new Step.Die(chance.of(6, 9, 11))
            : new Step.Exit(chance.of(0, 0, 0, 0, 0, 1, 7, ENDING_CODE));
    return program(name, new Step.Sleep(chance.millis(0, 700)), end);
  }

  /** A program beside the services. */
  Service main() {
    Step end =
        switch (chance.below(5)) {
          case 0 -> new Step.Exit(chance.of(0, 1));
          case 1 -> new Step.Exit(RESTART_CODE);
          case 2 -> new Step.Die(11);
          default -> new Step.Sleep(BehaviorMaker.FOR_EVER_NANOS);
        };
    Program program = program("main", new Step.Sleep(chance.millis(0, 3000)), end);
    return Service.longrun(new ServiceId(ServiceName.of("main"), Stage.MAIN), program)
        .restart(Restart.afterCrash(RESTART_CODE, PAUSE_NANOS))
        .means(new Meaning.EndsContainer(new ExitCode.Table(0, 0)))
        .stop(new Stop(Optional.empty(), killAfterNanos, true))
        .build();
  }

  /** The program that INT has run before a file is asked. */
  Service onInterrupt() {
    Program program = program("ctrlaltdel", new Step.Sleep(chance.millis(0, 300))).optional();
    ServiceId id = new ServiceId(ServiceName.of(Signal.INT.toString()), Stage.SIGNAL);
    return Service.oneshot(id, program, new Meaning.Oneshot(Meaning.Failure.IS_SAID))
        .wanted(Span.START_AND_UP)
        .stop(Stop.bySignal(killAfterNanos))
        .startedByOrder()
        .build();
  }

  /** INT ends the container where a file is executable. */
  SignalRule rule(Optional<Service> program) {
    OsString permit = program("stopit", new Step.Exit(0)).path();
    if (chance.oneIn(2)) {
      errors.put(permit.toString(), Errno.ENOENT);
    }
    return new SignalRule(Signal.INT, program.map(Service::id), permit);
  }
}
