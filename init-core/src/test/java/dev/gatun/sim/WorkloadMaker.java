package dev.gatun.sim;

import dev.gatun.machine.Event;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a workload from a seed: a container of anything that one may be made of. */
final class WorkloadMaker {
  static final List<Signal> STOPS = List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);

  /** How many happenings at the end are needed for the container to end. */
  static final int LAST = 3;

  private static final String COMMAND = "make";
  private static final String ORDERS = "uuuudddottxpchaiq12k";
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

  private static final String[] PLAIN_NAMES = {
    "api", "cron", "db", "proxy", "q\"u\\o", "web", "worker", "zoë"
  };
  private static final String[] SUPERVISED_NAMES = {"agent", "cache", "mail", "queue"};

  private static final List<Forwarding.Rewrite> REWRITES =
      List.of(
          new Forwarding.Rewrite(new Signal(34), Optional.of(Signal.INT)),
          new Forwarding.Rewrite(Signal.USR1, Optional.empty()),
          new Forwarding.Rewrite(new Signal(28), Optional.empty()));

  private final Chance chance;

  /** Whether services write more than all buffers hold, to a reader that does not read. */
  private final boolean floods;

  /** Whether all services are started once, and nothing comes before or after them. */
  private final boolean isPlain;

  private final boolean stuck;
  private final long killAfterNanos;
  private final boolean hasProc;
  private final int lineLimitBytes;
  private final ServiceMaker services;

  /** Makes services that depend on one another; choices of its own, so that the others stay. */
  private final GraphMaker graph;

  private WorkloadMaker(long seed) {
    chance = new Chance(seed);
    floods = chance.oneIn(25);
    isPlain = chance.oneIn(2);
    lineLimitBytes = chance.of(1000, 4096, 4096);
    stuck = isPlain && chance.oneIn(25);
    boolean kills = stuck || chance.oneIn(3);
    killAfterNanos = kills ? chance.millis(0, 3000) : Stop.NO_KILL;
    hasProc = !chance.oneIn(30);
    BehaviorMaker behaviors = new BehaviorMaker(chance, lineLimitBytes, kills, hasProc);
    services = new ServiceMaker(chance, behaviors, killAfterNanos, floods && isPlain);
    graph = new GraphMaker(new Chance(~seed), services.programs, killAfterNanos);
  }

  static Workload make(long seed) {
    return new WorkloadMaker(seed).make();
  }

  private Workload make() {
    List<Service> all = new ArrayList<>();
    if (isPlain || chance.oneIn(4)) {
      for (String name : names(PLAIN_NAMES, isPlain ? 7 : 3)) {
        all.addAll(services.plain(name));
      }
    }
    List<SignalRule> rules = new ArrayList<>();
    if (!isPlain) {
      addOthers(all, rules);
    }
    boolean forwards = chance.oneIn(4);
    Optional<Forwarding> forwarding = Optional.empty();
    if (forwards) {
      Service command = services.command(COMMAND, all);
      all.add(command);
      forwarding = Optional.of(new Forwarding(command.id(), true, REWRITES));
    }
    List<Signal> stops = isPlain ? forwards ? List.of() : STOPS : List.of(Signal.TERM, Signal.QUIT);
    OutputFormat format = isPlain && !chance.oneIn(3) ? OutputFormat.JSON : OutputFormat.PLAIN;
    Verbosity verbosity =
        format == OutputFormat.JSON
            ? chance.of(Verbosity.WARN, Verbosity.INFO, Verbosity.DEBUG)
            : chance.of(Verbosity.values());
    OrphanPolicy orphans = orphans();
    long drainNanos = stuck ? chance.millis(100, 5000) : Workload.DRAIN_NANOS;
    boolean finds = !isPlain && !chance.oneIn(10);
    if (finds) {
      all.addAll(graph.services());
    }
    Plan plan =
        Plan.builder()
            .environment(SimEnvironment.FIRST)
            .addAll(all)
            .signals(new Signals(stops, rules, forwarding))
            .orphans(orphans)
            .drainNanos(drainNanos)
            .findsServices(finds)
            .build();
    List<Workload.Outside> outside = outside();
    outside.addAll(0, graph.changes());
    return new Workload(plan, setting(), format, verbosity, lineLimitBytes, outside, BOUND_NANOS);
  }

  private void addOthers(List<Service> all, List<SignalRule> rules) {
    for (String name : names(SUPERVISED_NAMES, 4)) {
      all.addAll(services.supervised(name));
    }
    all.addAll(services.oneshots("first", Stage.FIRST, Span.START, 2));
    if (chance.oneIn(3)) {
      all.addAll(services.oneshots("closing", Stage.LAST, Span.CLOSING, 2));
    }
    all.addAll(services.oneshots("last", Stage.LAST, Span.LAST, 2));
    if (chance.oneIn(4)) {
      all.add(services.main());
    }
    if (chance.oneIn(3)) {
      Optional<Service> program =
          chance.oneIn(2) ? Optional.of(services.onInterrupt()) : Optional.empty();
      program.ifPresent(all::add);
      rules.add(services.rule(program));
    }
  }

  private OrphanPolicy orphans() {
    OrphanPolicy policy = new OrphanPolicy(chance.of(POLICIES), 10_000_000, chance.millis(0, 3000));
    return isPlain || chance.oneIn(3) ? policy : policy.toldAfterAll();
  }

  private TreeSet<String> names(String[] from, int bound) {
    TreeSet<String> names = new TreeSet<>();
    int count = chance.below(bound);
    for (int i = 0; i < count; i++) {
      names.add(chance.of(from));
    }
    return names;
  }

  private Setting setting() {
    boolean slow = chance.oneIn(3);
    boolean isScarce = isPlain;
    return new Setting(
        services.programs,
        services.errors,
        stuck
            ? SimSink.Manner.STUCK
            : floods && isPlain ? blocked() : isPlain ? sink() : SimSink.Manner.FAST,
        stuck || !isPlain ? SimSink.Manner.FAST : sink(),
        hasProc,
        !chance.oneIn(6),
        chance.oneIn(5) ? chance.millis(0, 30) : 0,
        isScarce && chance.oneIn(4) ? chance.between(12, 60) : Setting.PIDS,
        isScarce && chance.oneIn(10) ? chance.between(8, 40) : Setting.DESCRIPTORS,
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

  /** At last somebody asks for the end, and for that of a command, whatever state it is in. */
  private List<Workload.Outside> outside() {
    List<Workload.Outside> outside = new ArrayList<>();
    int signals = chance.below(5);
    for (int i = 0; i < signals; i++) {
      int signal = chance.of(1, 10, 12, 28, 1, 10, 15, 2, 3, 37, 34, 64, 13, 17);
      boolean ends = signal == 15 || signal == 3;
      if (isPlain || !ends || chance.oneIn(4)) {
        outside.add(Workload.Outside.signal(chance.millis(0, 4000), signal));
      }
    }
    if (!isPlain) {
      addClients(outside);
      int interrupts = chance.oneIn(3) ? chance.below(3) : 0;
      for (int i = 0; i < interrupts; i++) {
        outside.add(Workload.Outside.signal(chance.millis(0, 6000), Signal.INT.number()));
      }
    }
    long last = chance.millis(1, isPlain ? 8000 : 9000);
    int end = isPlain ? chance.of(15, 15, 2, 3, 37) : 15;
    outside.add(Workload.Outside.signal(last, end));
    outside.add(Workload.Outside.signal(last + 1_000_000, 34));
    outside.add(Workload.Outside.signal(last + 2_000_000, Signal.CONT.number()));
    return outside;
  }

  private void addClients(List<Workload.Outside> outside) {
    int orders = chance.below(16);
    for (int i = 0; i < orders; i++) {
      ServiceName name = ServiceName.of(chance.of(SUPERVISED_NAMES));
      ServiceId id = chance.oneIn(4) ? ServiceId.log(name) : ServiceId.run(name);
      order(outside, chance.millis(0, 6000), id, ORDERS.charAt(chance.below(ORDERS.length())));
    }
    if (chance.oneIn(3)) {
      // Down and up again, as a restart by hand: often within the pause after the start.
      ServiceId id = ServiceId.run(ServiceName.of(chance.of(SUPERVISED_NAMES)));
      long downNanos = chance.millis(0, 1500);
      order(outside, downNanos, id, 'd');
      order(outside, downNanos + chance.millis(0, 900), id, 'u');
    }
    int changes = chance.below(5);
    for (int i = 0; i < changes; i++) {
      long atNanos = chance.millis(0, 6000);
      String name = chance.of(SUPERVISED_NAMES);
      outside.add(new Workload.Outside(atNanos, change(atNanos, name)));
    }
  }

  private Event change(long atNanos, String name) {
    return switch (chance.below(5)) {
      case 0, 1 -> new Event.ServiceFound(atNanos, services.supervised(name));
      case 2 ->
          new Event.HooksChanged(
              atNanos,
              ServiceId.run(ServiceName.of(name)),
              services.hooks(OsString.of("/etc/service/" + name)));
      default -> new Event.ServiceVanished(atNanos, ServiceName.of(name));
    };
  }

  private static void order(
      List<Workload.Outside> outside, long atNanos, ServiceId id, char letter) {
    Event event = new Event.OrderReceived(atNanos, id, ServiceMaker.order(letter));
    outside.add(new Workload.Outside(atNanos, event));
  }
}
