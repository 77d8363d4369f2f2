package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.Control;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.RestartPolicy;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.Upkeep;
import dev.gatun.sim.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * A container's life with kept services as a test tells it. Whatever is started starts at once,
 * unless the test says that it cannot; time only passes when it is told to.
 */
final class KeptLife {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  private State state;
  private long nowNanos;
  private int pids = 100;
  private final Queue<Event> answers = new ArrayDeque<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<String, Incarnation> alive = new HashMap<>();
  private final Set<String> there = new TreeSet<>();
  private final Set<String> broken = new TreeSet<>();
  private final Map<String, ServiceStatus> shown = new HashMap<>();
  private boolean permitted;
  private boolean slow;

  private KeptLife() {}

  /**
   * Services are {@code NAME}, with {@code +log}, {@code +down}, {@code +ends} or {@code +once}; or
   * {@code +plain}, which are not kept.
   */
  static KeptLife of(String... services) {
    return of(Course.NONE, Plan.NO_KILL, services);
  }

  static KeptLife of(Course course, long killAfterNanos, String... services) {
    return of(plan(Optional.of(course), killAfterNanos, services));
  }

  static KeptLife of(Plan plan) {
    KeptLife life = new KeptLife();
    life.take(InitMachine.boot(plan, 0));
    return life;
  }

  /** A life in which those programs cannot be executed: {@code NAME/STAGE}. */
  static KeptLife broken(Course course, Set<String> broken, String... services) {
    KeptLife life = new KeptLife();
    life.broken.addAll(broken);
    life.take(InitMachine.boot(plan(Optional.of(course), Plan.NO_KILL, services), 0));
    return life;
  }

  /** A life in which nothing that is started is heard of at first. */
  static KeptLife startingSlowly(Course course, long killAfterNanos) {
    KeptLife life = new KeptLife();
    life.startsSlowly().take(InitMachine.boot(plan(Optional.of(course), killAfterNanos), 0));
    return life;
  }

  static Plan plan(Optional<Course> course, long killAfterNanos, String... services) {
    OrphanPolicy orphans = new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 10 * MILLI, 10 * SECOND);
    List<ServiceSpec> specs = new ArrayList<>();
    for (String service : services) {
      specs.add(spec(service));
    }
    return new Plan(specs, List.of(Signal.TERM), orphans, killAfterNanos, 5 * SECOND, course);
  }

  static ServiceSpec spec(String service) {
    List<String> parts = List.of(service.split("\\+"));
    OsString directory = OsString.of("/s/" + parts.getFirst());
    Command finish = Command.of(directory.resolve("finish"), directory);
    RestartPolicy restarts =
        parts.contains("once") ? RestartPolicy.NEVER : RestartPolicy.always(SECOND);
    Upkeep upkeep =
        new Upkeep(
            restarts,
            !parts.contains("down"),
            Optional.of(finish),
            Optional.of(directory.resolve("control")));
    Upkeep logUpkeep =
        new Upkeep(RestartPolicy.always(SECOND), true, Optional.empty(), Optional.empty());
    boolean logged = parts.contains("log");
    Command log = Command.of(directory.resolve("log/run"), directory.resolve("log"));
    return new ServiceSpec(
        ServiceName.of(parts.getFirst()),
        Command.of(directory.resolve("run"), directory),
        logged ? Optional.of(log) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new ExitPolicy(ExitPolicy.NO_CODE, 0, 3),
        parts.contains("plain")
            ? Optional.empty()
            : Optional.of(
                new Keeping(
                    upkeep,
                    logged ? Optional.of(logUpkeep) : Optional.empty(),
                    parts.contains("ends"))));
  }

  private KeptLife take(Transition transition) {
    perform(transition);
    while (!answers.isEmpty() && !slow) {
      perform(InitMachine.step(state, answers.remove()));
    }
    return this;
  }

  private void perform(Transition transition) {
    state = transition.state();
    effects.addAll(transition.effects());
    for (Effect effect : transition.effects()) {
      if (effect instanceof Effect.Spawn spawn) {
        start(spawn.who());
      } else if (effect instanceof Effect.SpawnScript spawn) {
        boolean missing = !there.contains(script(spawn));
        if (missing) {
          answers.add(new Event.ProgramMissing(nowNanos, spawn.who()));
        } else {
          start(spawn.who());
        }
      } else if (effect instanceof Effect.PublishStatus published) {
        shown.put(published.service() + "/" + published.part(), published.status());
      } else if (effect instanceof Effect.AskWhetherToEnd asked && permitted) {
        answers.add(new Event.EndRequested(nowNanos, asked.cause()));
      }
    }
  }

  private static String script(Effect.SpawnScript spawn) {
    String path = spawn.command().program().toString();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void start(Incarnation who) {
    if (broken.contains(who.label())) {
      answers.add(new Event.SpawnFailed(nowNanos, who, "No such file or directory"));
    } else {
      alive.put(who.label(), who);
      answers.add(new Event.ProcessSpawned(nowNanos, who, pids++));
    }
  }

  /** These scripts are there, in every service: {@code finish}, {@code t}. */
  KeptLife having(String... scripts) {
    there.addAll(List.of(scripts));
    return this;
  }

  /** From now on what is started is not heard of. */
  KeptLife startsSlowly() {
    slow = true;
    return this;
  }

  /** The next of what was started is heard of. */
  KeptLife hearsOfNext() {
    perform(InitMachine.step(state, answers.remove()));
    return this;
  }

  /** All that was started is heard of. */
  KeptLife hasStarted() {
    slow = false;
    return take(Transition.to(state));
  }

  KeptLife permitting() {
    permitted = true;
    return this;
  }

  KeptLife cannotExecute(String process) {
    broken.add(process);
    return this;
  }

  KeptLife hears(Event event) {
    return take(InitMachine.step(state, event));
  }

  KeptLife told(String service, String letters) {
    return told(service, Part.SERVICE, letters);
  }

  KeptLife told(String service, Part part, String letters) {
    for (int i = 0; i < letters.length(); i++) {
      Control control = Control.of(letters.charAt(i)).orElseThrow();
      hears(new Event.ControlReceived(nowNanos, ServiceName.of(service), part, control));
    }
    return this;
  }

  KeptLife found(String service) {
    return hears(new Event.ServiceFound(nowNanos, spec(service)));
  }

  KeptLife vanished(String service) {
    return hears(new Event.ServiceVanished(nowNanos, ServiceName.of(service)));
  }

  KeptLife receives(Signal signal) {
    return hears(new Event.SignalReceived(nowNanos, signal));
  }

  KeptLife exits(String process, int code) {
    return ends(process, new ExitStatus.Exited(code));
  }

  KeptLife dies(String process, Signal signal) {
    return ends(process, new ExitStatus.Signaled(signal, false));
  }

  KeptLife ends(String process, ExitStatus status) {
    Incarnation who = alive.remove(process);
    if (who == null) {
      throw new AssertionError(process + " does not live; " + alive.keySet() + " do");
    }
    return hears(new Event.ProcessExited(nowNanos, who, status));
  }

  KeptLife passes(long nanos) {
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

  KeptLife swept(boolean childrenLeft) {
    return hears(new Event.ChildrenSwept(nowNanos, childrenLeft, true));
  }

  KeptLife forgets() {
    effects.clear();
    return this;
  }

  /** What is asserted is done since, without messages, looks around and statuses. */
  KeptLife did(String... expected) {
    List<String> texts = new ArrayList<>();
    for (Effect effect : effects) {
      boolean counts =
          !(effect instanceof Effect.Report
              || effect instanceof Effect.PublishStatus
              || effect instanceof Effect.SweepChildren
              || effect instanceof Effect.FindServices
              || effect instanceof Effect.ScanOrphans);
      if (counts) {
        texts.add(Texts.of(effect).replaceAll("#\\d+", "").replace(" if it is there", ""));
      }
    }
    assertEquals(String.join("\n", expected), String.join("\n", texts));
    return forgets();
  }

  List<String> said() {
    return effects.stream()
        .filter(Effect.Report.class::isInstance)
        .map(Effect.Report.class::cast)
        .filter(report -> report.level() != Level.DEBUG)
        .map(Effect.Report::text)
        .toList();
  }

  /** What was said since, in one level. */
  List<String> said(Level level) {
    return effects.stream()
        .filter(effect -> effect instanceof Effect.Report report && report.level() == level)
        .map(effect -> ((Effect.Report) effect).text())
        .toList();
  }

  boolean did(Class<? extends Effect> kind) {
    return effects.stream().anyMatch(kind::isInstance);
  }

  /** As {@code sv status} has it: {@code run, got TERM, want down}. */
  KeptLife shows(String service, String expected) {
    return shows(service, Part.SERVICE, expected);
  }

  KeptLife shows(String service, Part part, String expected) {
    ServiceStatus status = shown.get(service + "/" + part);
    String text =
        status.activity().name().toLowerCase(java.util.Locale.ROOT)
            + (status.paused() ? ", paused" : "")
            + (status.terminated() ? ", got TERM" : "")
            + (status.wanted() == ServiceStatus.Wanted.UP
                ? ""
                : ", want " + status.wanted().name().toLowerCase(java.util.Locale.ROOT));
    assertEquals(expected, text, "of " + service);
    return this;
  }

  ServiceStatus status(String service, Part part) {
    return shown.get(service + "/" + part);
  }

  KeptLife lives(String... processes) {
    assertEquals(new TreeSet<>(List.of(processes)), new TreeSet<>(alive.keySet()));
    return this;
  }

  boolean isAlive(String service, Stage stage) {
    return alive.containsKey(service + "/" + stage.label());
  }

  State state() {
    return state;
  }

  KeptLife is(String phase) {
    String text =
        switch (state.phase()) {
          case Phase.Running r -> "running";
          case Phase.Terminating t -> "ending with " + t.verdict().exitCode();
          case Phase.Draining d -> "over with " + d.verdict().exitCode();
          case Phase.Over o -> "over with " + o.verdict().exitCode();
        };
    assertEquals(phase, text);
    return this;
  }
}
