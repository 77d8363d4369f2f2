package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.StopScript;
import dev.gatun.sim.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A container's life as a test tells it, on the machine alone: what happens is said, what the
 * machine does is read. Time only passes when it is told to.
 */
final class Life {
  static final long MILLI = 1_000_000;
  static final OrphanPolicy TERMINATE =
      new OrphanPolicy(OrphanPolicy.Kind.TERMINATE, 10 * MILLI, 30_000 * MILLI);
  static final OrphanPolicy IGNORE =
      new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 10 * MILLI, 30_000 * MILLI);

  private State state;
  private long nowNanos;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Incarnation> everStarted = new ArrayList<>();

  private Life(Plan plan) {
    take(InitMachine.boot(plan, 0));
  }

  /**
   * Services by name: {@code "api"}, {@code "api+log"}, {@code "api+term"}, {@code "a+log+term"}.
   */
  static Life of(String... services) {
    return of(IGNORE, Plan.NO_KILL, services);
  }

  static Life of(OrphanPolicy orphans, long killAfterNanos, String... services) {
    return new Life(plan(orphans, killAfterNanos, services));
  }

  /** A plan of services that are called as {@link #of} has it. */
  static Plan plan(OrphanPolicy orphans, long killAfterNanos, String... services) {
    List<ServiceSpec> specs = new ArrayList<>();
    for (String service : services) {
      specs.add(spec(service));
    }
    specs.sort(Comparator.comparing(ServiceSpec::name));
    List<Signal> stops = List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);
    return new Plan(specs, stops, orphans, killAfterNanos);
  }

  private static ServiceSpec spec(String service) {
    List<String> parts = List.of(service.split("\\+"));
    OsString directory = OsString.of("/etc/service/" + parts.getFirst());
    Command log = Command.of(directory.resolve("log/run"), directory.resolve("log"));
    Command term = Command.of(directory.resolve("terminate"), directory);
    return new ServiceSpec(
        ServiceName.of(parts.getFirst()),
        Command.of(directory.resolve("run"), directory),
        parts.contains("log") ? Optional.of(log) : Optional.empty(),
        parts.contains("term") ? Optional.of(new StopScript(term, "DINIT_PID")) : Optional.empty(),
        new ExitPolicy(115, 0, 3));
  }

  private Life take(Transition transition) {
    state = transition.state();
    effects.addAll(transition.effects());
    for (Effect effect : transition.effects()) {
      if (effect instanceof Effect.Spawn(Incarnation who, Command c)) {
        everStarted.add(who);
      } else if (effect instanceof Effect.SpawnStopScript e) {
        everStarted.add(e.who());
      }
    }
    return this;
  }

  Life hears(Event event) {
    return take(InitMachine.step(state, event));
  }

  /** Every start that has been ordered succeeds. */
  Life started() {
    for (Incarnation who : List.copyOf(everStarted)) {
      if (state.services().get(who.service()).process(who.stage())
          instanceof ProcessState.Starting) {
        hears(new Event.ProcessSpawned(nowNanos, who, 100 + (int) who.number()));
      }
    }
    return this;
  }

  /** {@code process} is {@code NAME/STAGE}. */
  Life starts(String process) {
    return hears(new Event.ProcessSpawned(nowNanos, find(process), 77));
  }

  Life cannotStart(String process) {
    return hears(new Event.SpawnFailed(nowNanos, find(process), "No such file or directory"));
  }

  Life exits(String process, int code) {
    return hears(new Event.ProcessExited(nowNanos, find(process), new ExitStatus.Exited(code)));
  }

  Life dies(String process, Signal signal) {
    return hears(
        new Event.ProcessExited(nowNanos, find(process), new ExitStatus.Signaled(signal, false)));
  }

  /** The last process of that name that was ordered. */
  Incarnation find(String process) {
    for (Incarnation who : everStarted.reversed()) {
      if (who.label().equals(process)) {
        return who;
      }
    }
    throw new AssertionError(process + " was never started");
  }

  Life receives(Signal signal) {
    return hears(new Event.SignalReceived(nowNanos, signal));
  }

  Life orphansArrive(OrphanId... orphans) {
    return hears(new Event.OrphansArrived(nowNanos, List.of(orphans)));
  }

  Life orphansAreReaped(OrphanId... orphans) {
    return hears(new Event.OrphansReaped(nowNanos, exits(List.of(orphans))));
  }

  /** Orphans that all exited with 0. */
  static List<Event.OrphanExit> exits(List<OrphanId> orphans) {
    return orphans.stream()
        .map(orphan -> new Event.OrphanExit(orphan, new ExitStatus.Exited(0)))
        .toList();
  }

  Life swept(boolean childrenLeft) {
    return hears(new Event.ChildrenSwept(nowNanos, childrenLeft, false));
  }

  /** Time passes; whenever something is due, the machine is told. */
  Life passes(long nanos) {
    long until = nowNanos + nanos;
    for (int i = 0; state.nextDeadline().isDue(until); i++) {
      if (i > 1000) {
        throw new AssertionError("deadlines that never end: " + state.nextDeadline());
      }
      nowNanos = Math.max(nowNanos, state.nextDeadline().atNanos());
      hears(new Event.TimePassed(nowNanos));
    }
    nowNanos = until;
    return this;
  }

  /** All that is left is gone and written. */
  Life ends() {
    swept(false);
    return hears(new Event.OutputEnded(nowNanos));
  }

  Life forgetsWhatItDid() {
    effects.clear();
    return this;
  }

  /** What was done since, without messages and looks around. */
  List<String> did() {
    List<String> texts = new ArrayList<>();
    for (Effect effect : effects) {
      boolean looks =
          effect instanceof Effect.SweepChildren || effect instanceof Effect.ScanOrphans;
      if (!(effect instanceof Effect.Report) && !looks) {
        texts.add(Texts.of(effect).replaceAll("#\\d+", ""));
      }
    }
    return texts;
  }

  /** What was said since, {@code LEVEL: TEXT}. */
  List<String> said() {
    List<String> texts = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Report r) {
        texts.add(r.level().label() + ": " + r.text());
      }
    }
    return texts;
  }

  boolean scans() {
    return effects.stream().anyMatch(Effect.ScanOrphans.class::isInstance);
  }

  State state() {
    return state;
  }

  Life isRunning() {
    assertEquals("Running", phase());
    return this;
  }

  Life isTerminatingWith(int code) {
    assertEquals("Terminating " + code, phase());
    return this;
  }

  Life isDrainingWith(int code) {
    assertEquals("Draining " + code, phase());
    return this;
  }

  Life isOverWith(int code) {
    assertEquals("Over " + code, phase());
    return this;
  }

  private String phase() {
    return switch (state.phase()) {
      case Phase.Running r -> "Running";
      case Phase.Terminating t -> "Terminating " + t.verdict().exitCode();
      case Phase.Draining d -> "Draining " + d.verdict().exitCode();
      case Phase.Over o -> "Over " + o.verdict().exitCode();
    };
  }
}
