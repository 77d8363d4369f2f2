package dev.gatun.machine;

import dev.gatun.model.Environment;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans for tests, of services that are written as words. */
public final class Plans {
  public static final long MILLI = 1_000_000;
  public static final long SECOND = 1000 * MILLI;
  public static final Environment ENVIRONMENT = new Environment(List.of(OsString.of("A=1")));
  public static final OrphanPolicy TERMINATE =
      new OrphanPolicy(OrphanPolicy.Kind.TERMINATE, 10 * MILLI, 30 * SECOND);
  public static final OrphanPolicy IGNORE =
      new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 10 * MILLI, 30 * SECOND);
  public static final OrphanPolicy IGNORE_TO_THE_LAST =
      new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 10 * MILLI, 10 * SECOND).toldAfterAll();

  private static final ExitCode FAILURE_IS_3 = new ExitCode.Table(0, 3);
  private static final ExitArguments ARGUMENTS =
      new ExitArguments(-1, 128, List.of(OsString.of("111"), OsString.of("0")));

  private Plans() {}

  /** Plain services: {@code "api"}, {@code "api+log"}, {@code "api+term"}, {@code "a+log+term"}. */
  public static Plan plain(OrphanPolicy orphans, long killAfterNanos, String... services) {
    Plan.Builder plan = Plan.builder().environment(ENVIRONMENT).orphans(orphans);
    for (String service : services) {
      plan.addAll(plain(service, killAfterNanos));
    }
    List<Signal> stops = List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);
    return plan.signals(Signals.stoppingOn(stops)).build();
  }

  static List<Service> plain(String words, long killAfterNanos) {
    List<String> parts = List.of(words.split("\\+"));
    OsString directory = OsString.of("/etc/service/" + parts.getFirst());
    ServiceId run = ServiceId.run(ServiceName.of(parts.getFirst()));
    Program term = Program.of(directory.resolve("terminate"), directory);
    Optional<Stop.StopProgram> stop =
        parts.contains("term")
            ? Optional.of(new Stop.StopProgram(term, "DINIT_PID"))
            : Optional.empty();
    Service.Builder service =
        Service.longrun(run, Program.of(directory.resolve("run"), directory))
            .means(new Meaning.EndsContainer(FAILURE_IS_3, 115, 0))
            .stop(new Stop(stop, killAfterNanos, false));
    if (!parts.contains("log")) {
      return List.of(service.build());
    }
    ServiceId log = ServiceId.log(run.name());
    Program reads = Program.of(directory.resolve("log/run"), directory.resolve("log"));
    return List.of(
        service.wiring(Wiring.writingTo(log)).build(),
        Service.longrun(log, reads)
            .means(new Meaning.EndsContainer(FAILURE_IS_3, ExitCode.NONE, 10 * MILLI))
            .stop(Stop.bySignal(killAfterNanos))
            .after(After.started(run))
            .wiring(Wiring.readingFrom(run))
            .build());
  }

  /**
   * Services that are started again: {@code NAME}, with {@code +log}, {@code +down}, {@code +ends}
   * or {@code +once}; or {@code +plain}, which are as {@link #plain} has them.
   */
  static Plan supervised(Stages stages, long killAfterNanos, String... services) {
    Plan.Builder plan = Plan.builder().environment(ENVIRONMENT).orphans(IGNORE_TO_THE_LAST);
    for (String service : services) {
      plan.addAll(service(service, killAfterNanos));
    }
    plan.addAll(stages.services(killAfterNanos)).findsServices(true);
    return plan.signals(new Signals(List.of(Signal.TERM), stages.rules(), Optional.empty()))
        .build();
  }

  /** Services that are started again, in a container in which no others are looked for. */
  static Plan withoutSearch(String... services) {
    Plan plan = supervised(Stages.none(), Stop.NO_KILL, services);
    return plan.toBuilder().findsServices(false).build();
  }

  static List<Service> service(String words, long killAfterNanos) {
    List<String> parts = List.of(words.split("\\+"));
    if (parts.contains("plain")) {
      return plain(words, killAfterNanos);
    }
    OsString directory = OsString.of("/s/" + parts.getFirst());
    ServiceId run = ServiceId.run(ServiceName.of(parts.getFirst()));
    Service.Builder service =
        Service.longrun(run, Program.of(directory.resolve("run"), directory))
            .wanted(Span.UP_AND_CLOSING)
            .restart(parts.contains("once") ? Restart.NEVER : Restart.always(SECOND))
            .stop(Stop.bySignal(killAfterNanos))
            .takesOrders();
    if (parts.contains("down")) {
      service.startedByOrder();
    }
    if (parts.contains("ends")) {
      service.means(new Meaning.EndsContainer(FAILURE_IS_3));
    }
    if (!parts.contains("log")) {
      return List.of(service.build());
    }
    ServiceId log = ServiceId.log(run.name());
    Program reads = Program.of(directory.resolve("log/run"), directory.resolve("log"));
    return List.of(
        service.wiring(Wiring.writingTo(log)).build(),
        Service.longrun(log, reads)
            .wanted(Span.UP_AND_CLOSING)
            .restart(Restart.always(SECOND))
            .stop(Stop.bySignal(killAfterNanos))
            .wiring(Wiring.readingFrom(run))
            .takesOrders()
            .build());
  }

  /** The plan, whose services have these scripts: {@code f} for finish, or an order's letter. */
  static Plan having(Plan plan, String scripts) {
    List<String> names = new ArrayList<>();
    for (char letter : scripts.toCharArray()) {
      names.add(letter == 'f' ? "finish" : String.valueOf(letter));
    }
    List<Service> services = new ArrayList<>();
    for (Service service : plan.services()) {
      boolean has = service.takesOrders() && !service.isReader() && !names.isEmpty();
      OsString directory = service.program().directory();
      services.add(has ? service.with(hooks(directory, names)) : service);
    }
    return Plan.builder()
        .environment(plan.environment())
        .addAll(services)
        .signals(plan.signals())
        .orphans(plan.orphans())
        .findsServices(plan.findsServices())
        .build();
  }

  /** The hooks of a service, when these scripts are there: {@code finish}, {@code t}. */
  static Hooks hooks(OsString directory, Iterable<String> scripts) {
    Optional<Hooks.Finish> finish = Optional.empty();
    List<Hooks.StandIn> standIns = new ArrayList<>();
    for (String script : scripts) {
      if (script.equals("finish")) {
        Program program = Program.of(directory.resolve("finish"), directory).optional();
        finish = Optional.of(new Hooks.Finish(program, ARGUMENTS));
      } else {
        OsString path = directory.resolve("control").resolve(script);
        Program program = Program.of(path, directory).optional();
        standIns.add(new Hooks.StandIn(order(script.charAt(0)), program));
      }
    }
    return new Hooks(finish, standIns);
  }

  /** An order by the letter that runsv(8) has for it. */
  static Order order(char letter) {
    return Order.of((byte) letter).orElseThrow();
  }
}
