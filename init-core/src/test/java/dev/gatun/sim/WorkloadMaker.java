package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.StopScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a workload from a seed. */
final class WorkloadMaker {
  static final ExitPolicy EXITS = new ExitPolicy(115, 0, 3);
  static final List<Signal> STOPS = List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);

  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** All obey, or are killed. */
  private static final long BOUND_NANOS = 60 * NANOS_A_SECOND;

  private static final OrphanPolicy.Kind[] POLICIES = {
    OrphanPolicy.Kind.TERMINATE,
    OrphanPolicy.Kind.TERMINATE,
    OrphanPolicy.Kind.ADOPT,
    OrphanPolicy.Kind.ADOPT,
    OrphanPolicy.Kind.IGNORE
  };

  private static final String[] NAMES = {
    "api", "cron", "db", "proxy", "q\"u\\o", "web", "worker", "zoë"
  };

  private final Chance chance;
  private final Map<String, Behavior> programs = new HashMap<>();
  private final Map<String, Integer> spawnErrors = new HashMap<>();

  /** Whether services write more than all buffers hold, to a reader that does not read. */
  private final boolean floods;

  private WorkloadMaker(long seed) {
    this.chance = new Chance(seed);
    this.floods = chance.oneIn(25);
  }

  static Workload make(long seed) {
    return new WorkloadMaker(seed).make();
  }

  private Workload make() {
    int lineLimitBytes = chance.of(1000, 4096, 4096);
    boolean stuck = chance.oneIn(25);
    boolean kills = stuck || chance.oneIn(3);
    long killAfterNanos = kills ? chance.millis(0, 3000) : Plan.NO_KILL;
    boolean hasProc = !chance.oneIn(30);
    List<ServiceSpec> services =
        services(new BehaviorMaker(chance, lineLimitBytes, kills, hasProc));
    OrphanPolicy orphans =
        new OrphanPolicy(chance.of(POLICIES), 10_000_000, chance.millis(0, 3000));
    OutputFormat format = chance.oneIn(3) ? OutputFormat.PLAIN : OutputFormat.JSON;
    Verbosity verbosity =
        format == OutputFormat.JSON
            ? chance.of(Verbosity.WARN, Verbosity.INFO, Verbosity.DEBUG)
            : chance.of(Verbosity.values());
    Environment environment = environment(hasProc, stuck);
    return new Workload(
        new Plan(
            services,
            STOPS,
            orphans,
            killAfterNanos,
            stuck ? chance.millis(100, 5000) : Workload.DRAIN_NANOS),
        environment,
        format,
        verbosity,
        lineLimitBytes,
        outside(),
        BOUND_NANOS);
  }

  private List<ServiceSpec> services(BehaviorMaker behaviors) {
    List<ServiceSpec> services = new ArrayList<>();
    TreeSet<ServiceName> names = new TreeSet<>();
    int count = chance.below(7);
    for (int i = 0; i < count; i++) {
      names.add(ServiceName.of(chance.of(NAMES)));
    }
    for (ServiceName name : names) {
      boolean logged = chance.oneIn(3);
      boolean scripted = chance.oneIn(4);
      services.add(spec(name.toString(), logged, scripted));
      if (logged && chance.oneIn(4)) {
        addThatEndTogether(name.toString());
      } else {
        add(
            run(name.toString()),
            floods ? behaviors.flood(name.toString()) : behaviors.service(name.toString()));
        if (logged) {
          add(log(name.toString()), behaviors.logProgram(name.toString()));
        }
      }
      if (scripted) {
        add(script(name.toString()), behaviors.stopScript(name.toString()));
      }
    }
    return services;
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
      spawnErrors.put(
          program,
          chance.of(Errno.ENOENT, Errno.EACCES, Errno.EAGAIN, Errno.ENOMEM, Errno.ENOEXEC));
    }
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

  /** A service of the dinit layout. */
  static ServiceSpec spec(String name, boolean logged, boolean scripted) {
    OsString directory = OsString.of("/etc/service/" + name);
    return new ServiceSpec(
        ServiceName.of(name),
        Command.of(OsString.of(run(name)), directory),
        logged
            ? Optional.of(Command.of(OsString.of(log(name)), directory.resolve("log")))
            : Optional.empty(),
        scripted
            ? Optional.of(
                new StopScript(Command.of(OsString.of(script(name)), directory), "DINIT_PID"))
            : Optional.empty(),
        EXITS);
  }

  /**
   * @param stuck whether nobody reads standard output: what blocks on it then has to be killed
   */
  private Environment environment(boolean hasProc, boolean stuck) {
    boolean slow = chance.oneIn(3);
    return new Environment(
        programs,
        spawnErrors,
        stuck ? SimSink.Manner.STUCK : floods ? blocked() : sink(),
        stuck ? SimSink.Manner.FAST : sink(),
        hasProc,
        !chance.oneIn(6),
        chance.oneIn(5) ? chance.millis(0, 30) : 0,
        chance.oneIn(4) ? chance.between(12, 60) : Environment.PIDS,
        chance.oneIn(10) ? chance.between(8, 40) : Environment.DESCRIPTORS,
        slow ? chance.millis(0, 20) : 0,
        chance.split());
  }

  private SimSink.Manner sink() {
    return switch (chance.below(8)) {
      case 0 -> SimSink.Manner.FILE;
      case 1 ->
          new SimSink.Manner(
              false,
              chance.between(4096, 65_536),
              chance.between(4096, 65_536),
              chance.millis(0, 20),
              0,
              Long.MAX_VALUE);
      case 2 -> blocked();
      case 3 ->
          chance.oneIn(3)
              ? new SimSink.Manner(false, 65_536, 65_536, 0, 0, chance.millis(0, 3000))
              : SimSink.Manner.FAST;
      default -> SimSink.Manner.FAST;
    };
  }

  /** One whose reader reads nothing for a while. */
  private SimSink.Manner blocked() {
    int capacityBytes = chance.of(4096, 5000, 65_536);
    long untilNanos = chance.millis(0, 6000);
    return new SimSink.Manner(false, capacityBytes, 65_536, 0, untilNanos, Long.MAX_VALUE);
  }

  /** At last somebody asks for the end. */
  private List<Workload.OutsideSignal> outside() {
    List<Workload.OutsideSignal> outside = new ArrayList<>();
    int count = chance.below(5);
    for (int i = 0; i < count; i++) {
      int signal = chance.of(1, 10, 12, 28, 1, 10, 15, 2, 3, 37, 34, 64, 13, 17);
      outside.add(new Workload.OutsideSignal(chance.millis(0, 4000), signal));
    }
    outside.add(new Workload.OutsideSignal(chance.millis(1, 8000), chance.of(15, 15, 2, 3, 37)));
    return outside;
  }
}
