package dev.gatun.sim;

import dev.gatun.kernel.Errno;
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
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.RestartPolicy;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Step.Failure;
import dev.gatun.plan.Upkeep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes a container that keeps services, and what happens to it, from a seed. */
final class KeptMaker {
  static final long PAUSE_NANOS = 1_000_000_000;
  static final int RESTART_CODE = 111;

  static final int ENDING_CODE = 100;

  /** What is run before a file is asked whether INT may end the container. */
  static final String SIGNAL_SCRIPT = Signal.INT + "/signal";

  private static final String[] NAMES = {"api", "cron", "db", "web"};
  private static final String SCRIPTS = "tduxh1";
  private static final String COMMANDS = "uuuudddottxpchaiq12k";

  /** Something that a client or a file system does, at that time. */
  record Outside(long atNanos, Event event) {}

  /** All that a run is made of. */
  record Made(Plan plan, Environment environment, List<Outside> outside) {}

  private final Chance chance;
  private final BehaviorMaker behaviors;
  private final boolean kills;
  private final Map<String, Behavior> programs = new HashMap<>();
  private final Map<String, Integer> errors = new HashMap<>();

  private KeptMaker(long seed) {
    chance = new Chance(seed);
    kills = chance.oneIn(3);
    behaviors = new BehaviorMaker(chance, 4096, kills, true);
  }

  static Made make(long seed) {
    return new KeptMaker(seed).make();
  }

  private Made make() {
    OrphanPolicy orphans =
        new OrphanPolicy(
            chance.of(OrphanPolicy.Kind.IGNORE, OrphanPolicy.Kind.TERMINATE),
            10_000_000,
            chance.millis(0, 2000));
    List<ServiceSpec> services = new ArrayList<>();
    for (ServiceName name : names()) {
      services.add(spec(name));
    }
    Plan plan =
        new Plan(
            services,
            List.of(Signal.TERM),
            orphans,
            kills ? chance.millis(0, 3000) : Plan.NO_KILL,
            Workload.DRAIN_NANOS,
            chance.oneIn(10) ? Optional.empty() : Optional.of(course()));
    List<Outside> outside = outside();
    Environment environment =
        new Environment(
            programs,
            errors,
            SimSink.Manner.FAST,
            SimSink.Manner.FAST,
            !chance.oneIn(20),
            true,
            chance.oneIn(6) ? chance.millis(0, 20) : 0,
            Environment.PIDS,
            Environment.DESCRIPTORS,
            chance.oneIn(3) ? chance.millis(0, 20) : 0,
            chance.split());
    return new Made(plan, environment, outside);
  }

  private TreeSet<ServiceName> names() {
    TreeSet<ServiceName> names = new TreeSet<>();
    int count = chance.below(4);
    for (int i = 0; i < count; i++) {
      names.add(ServiceName.of(chance.of(NAMES)));
    }
    return names;
  }

  private ServiceSpec spec(ServiceName name) {
    OsString directory = OsString.of("/etc/service/" + name);
    OsString run = directory.resolve("run");
    OsString logRun = directory.resolve("log/run");
    boolean logged = chance.oneIn(2);
    boolean scripted = chance.oneIn(2);
    Behavior service = behaviors.service(name.toString());
    programs.put(run.toString(), kills ? service : silentAfterTerm(service));
    if (chance.oneIn(20)) {
      errors.put(run.toString(), chance.of(Errno.ENOENT, Errno.EAGAIN));
    }
    programs.put(logRun.toString(), behaviors.logProgram(name.toString()));
    script(directory.resolve("finish"), chance.below(600), chance.oneIn(2));
    for (int i = 0; i < SCRIPTS.length(); i++) {
      String letter = SCRIPTS.substring(i, i + 1);
      script(directory.resolve("control").resolve(letter), chance.below(300), chance.oneIn(4));
    }
    for (int i = 0; i < COMMANDS.length(); i++) {
      String path = directory.resolve("control/" + COMMANDS.charAt(i)).toString();
      if (!programs.containsKey(path)) {
        errors.put(path, Errno.ENOENT);
      }
    }
    RestartPolicy always = RestartPolicy.always(PAUSE_NANOS);
    Upkeep upkeep =
        new Upkeep(
            chance.oneIn(8) ? RestartPolicy.NEVER : always,
            !chance.oneIn(5),
            Optional.of(Command.of(directory.resolve("finish"), directory)),
            scripted ? Optional.of(directory.resolve("control")) : Optional.empty());
    Upkeep log = new Upkeep(always, !chance.oneIn(8), Optional.empty(), Optional.empty());
    return new ServiceSpec(
        name,
        Command.of(run, directory),
        logged ? Optional.of(Command.of(logRun, directory)) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new ExitPolicy(ExitPolicy.NO_CODE, 0, 3),
        Optional.of(
            new Keeping(upkeep, logged ? Optional.of(log) : Optional.empty(), chance.oneIn(10))));
  }

  /** A log program need not read; what waits for it to do so never ends, and nobody kills it. */
  private static Behavior silentAfterTerm(Behavior service) {
    List<Step> after =
        service.afterTerm().stream().filter(step -> !(step instanceof Step.Write)).toList();
    return new Behavior(
        service.name(), service.steps(), service.onTerm(), after, service.reapsChildren());
  }

  /** One that is there or not; what is there ends, and stands in for TERM only if KILL follows. */
  private void script(OsString path, int millis, boolean isThere) {
    boolean isTerm = path.toString().endsWith("/t");
    int code = kills || !isTerm ? chance.of(0, 1) : 1;
    String program = path.toString();
    programs.put(
        program, Behavior.of("script", new Step.Sleep(millis * 1_000_000L), new Step.Exit(code)));
    if (!isThere) {
      errors.put(program, Errno.ENOENT);
    }
  }

  private Course course() {
    List<dev.gatun.plan.Step> first = new ArrayList<>();
    List<dev.gatun.plan.Step> last = new ArrayList<>();
    int before = chance.below(3);
    for (int i = 0; i < before; i++) {
      Failure one = new Failure(false, ENDING_CODE, true, true);
      first.add(step("first" + i, chance.of(one, one, Failure.ENDS, Failure.IS_SAID)));
    }
    int after = chance.below(3);
    for (int i = 0; i < after; i++) {
      last.add(step("last" + i, chance.of(Failure.GIVES_CODE, Failure.IS_SAID)));
    }
    Optional<MainProgram> main = chance.oneIn(4) ? Optional.of(main()) : Optional.empty();
    return new Course(first, main, last, chance.oneIn(3) ? List.of(onInterrupt()) : List.of());
  }

  private SignalRule onInterrupt() {
    Command script = program("ctrlaltdel", new Step.Sleep(chance.millis(0, 300)));
    Command permit = program("stopit", new Step.Exit(0));
    if (chance.oneIn(2)) {
      errors.put(permit.program().toString(), Errno.ENOENT);
    }
    return new SignalRule(
        Signal.INT, chance.oneIn(2) ? Optional.of(script) : Optional.empty(), permit.program());
  }

  private Command program(String name, Step... steps) {
    OsString path = OsString.of("/etc/service/.course/" + name);
    programs.put(path.toString(), Behavior.of(name, steps));
    if (chance.oneIn(25)) {
      errors.put(path.toString(), Errno.ENOENT);
    }
    return Command.of(path, OsString.of("/"));
  }

  private dev.gatun.plan.Step step(String name, Failure failure) {
    Step end =
        chance.oneIn(6)
            ? new Step.Die(chance.of(6, 9, 11))
            : new Step.Exit(chance.of(0, 0, 0, 0, 0, 1, 7, ENDING_CODE));
    Step.Sleep runs = new Step.Sleep(chance.millis(0, 700));
    return new dev.gatun.plan.Step(ServiceName.of(name), program(name, runs, end), failure);
  }

  private MainProgram main() {
    Step end =
        switch (chance.below(5)) {
          case 0 -> new Step.Exit(chance.of(0, 1));
          case 1 -> new Step.Exit(RESTART_CODE);
          case 2 -> new Step.Die(11);
          default -> new Step.Sleep(BehaviorMaker.FOR_EVER_NANOS);
        };
    Step.Sleep runs = new Step.Sleep(chance.millis(0, 3000));
    return new MainProgram(
        ServiceName.of("main"), program("main", runs, end), RESTART_CODE, PAUSE_NANOS);
  }

  private List<Outside> outside() {
    List<Outside> outside = new ArrayList<>();
    int commands = chance.below(16);
    for (int i = 0; i < commands; i++) {
      long atNanos = chance.millis(0, 6000);
      ServiceName name = ServiceName.of(chance.of(NAMES));
      Part part = chance.oneIn(4) ? Part.LOG : Part.SERVICE;
      int letter = COMMANDS.charAt(chance.below(COMMANDS.length()));
      Control control = Control.of(letter).orElseThrow();
      outside.add(new Outside(atNanos, new Event.ControlReceived(atNanos, name, part, control)));
    }
    if (chance.oneIn(3)) {
      addDownAndUp(outside);
    }
    int changes = chance.below(5);
    for (int i = 0; i < changes; i++) {
      long atNanos = chance.millis(0, 6000);
      ServiceName name = ServiceName.of(chance.of(NAMES));
      outside.add(
          new Outside(
              atNanos,
              chance.oneIn(2)
                  ? new Event.ServiceFound(atNanos, spec(name))
                  : new Event.ServiceVanished(atNanos, name)));
    }
    int interrupts = chance.oneIn(3) ? chance.below(3) : 0;
    for (int i = 0; i < interrupts; i++) {
      long atNanos = chance.millis(0, 6000);
      outside.add(new Outside(atNanos, new Event.SignalReceived(atNanos, Signal.INT)));
    }
    long endNanos = chance.millis(1, 9000);
    outside.add(new Outside(endNanos, new Event.SignalReceived(endNanos, Signal.TERM)));
    return outside;
  }

  /** Down and up again, as a restart by hand: often within the pause after the start. */
  private void addDownAndUp(List<Outside> outside) {
    ServiceName name = ServiceName.of(chance.of(NAMES));
    long downNanos = chance.millis(0, 1500);
    long upNanos = downNanos + chance.millis(0, 900);
    for (Control control : List.of(Control.DOWN, Control.UP)) {
      long atNanos = control == Control.UP ? upNanos : downNanos;
      Event event = new Event.ControlReceived(atNanos, name, Part.SERVICE, control);
      outside.add(new Outside(atNanos, event));
    }
  }
}
