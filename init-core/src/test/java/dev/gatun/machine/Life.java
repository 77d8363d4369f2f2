package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Notice;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Stop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A container's life as a test tells it: what happens is said, what the machine does is read. */
final class Life {
  static final long MILLI = Plans.MILLI;
  static final long SECOND = Plans.SECOND;

  private State state;
  long nowNanos;
  private int pids = 100;
  private final Queue<Event> answers = new ArrayDeque<>();
  final List<Effect> effects = new ArrayList<>();
  private final List<Incarnation> everStarted = new ArrayList<>();
  private final Map<String, Incarnation> alive = new HashMap<>();
  private final Map<String, Incarnation> asked = new HashMap<>();
  private final Set<String> there = new TreeSet<>();
  private final Set<String> broken = new HashSet<>();
  private final Map<ServiceId, ServiceStatus> shown = new HashMap<>();
  private boolean permitted;
  private boolean slow;

  /** Plain services, as {@link Plans#plain} has them: the test says when one has started. */
  static Life of(String... services) {
    return of(Plans.IGNORE, Stop.NO_KILL, services);
  }

  static Life of(OrphanPolicy orphans, long killAfterNanos, String... services) {
    return startingSlowly(Plans.plain(orphans, killAfterNanos, services));
  }

  /** Whatever is started starts at once, unless the test says that it cannot. */
  static Life supervised(String... services) {
    return supervised(Stages.none(), Stop.NO_KILL, services);
  }

  static Life supervised(Stages stages, long killAfterNanos, String... services) {
    return of(Plans.supervised(stages, killAfterNanos, services));
  }

  static Life of(Plan plan) {
    Life life = new Life();
    return life.take(InitMachine.boot(plan, 0));
  }

  /** A life in which those programs cannot be executed: {@code NAME/STAGE}. */
  static Life broken(Stages stages, Set<String> broken, String... services) {
    Life life = new Life();
    life.broken.addAll(broken);
    return life.take(InitMachine.boot(Plans.supervised(stages, Stop.NO_KILL, services), 0));
  }

  /** A life in which nothing that is started is heard of at first. */
  static Life startingSlowly(Plan plan) {
    Life life = new Life();
    return life.startsSlowly().take(InitMachine.boot(plan, 0));
  }

  private Life take(Transition transition) {
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
        everStarted.add(spawn.who());
        start(spawn);
      } else if (effect instanceof Effect.PublishStatus published) {
        shown.put(published.service(), published.status());
      } else if (effect instanceof Effect.AskWhetherToEnd asked && permitted) {
        answers.add(new Event.EndRequested(nowNanos, asked.cause(), 0));
      } else if (effect instanceof Effect.Ask ask) {
        asked.put(ask.who().service().toString(), ask.who());
      } else if (effect instanceof Effect.ReadEnvironment) {
        answers.add(new Event.EnvironmentRead(nowNanos, Plans.ENVIRONMENT));
      }
    }
  }

  private void start(Effect.Spawn spawn) {
    Incarnation who = spawn.who();
    OsString path = spawn.program().path();
    String name = path.substring(path.lastIndexOf('/') + 1).toString();
    if (spawn.program().mayBeMissing() && !there.contains(name)) {
      answers.add(new Event.ProgramMissing(nowNanos, who));
    } else if (broken.contains(who.label())) {
      answers.add(new Event.SpawnFailed(nowNanos, who, "No such file or directory"));
    } else {
      alive.put(who.label(), who);
      answers.add(new Event.ProcessSpawned(nowNanos, who, pids++));
    }
  }

  /** These scripts are there from now on, in every service: {@code finish}, {@code t}. */
  Life having(String... scripts) {
    there.addAll(List.of(scripts));
    for (ServiceState service : state.services()) {
      if (service.id().stage() == Stage.RUN && service.service().takesOrders()) {
        OsString directory = service.service().program().directory();
        hears(new Event.HooksChanged(nowNanos, service.id(), Plans.hooks(directory, there)));
      }
    }
    return this;
  }

  /** From now on what is started is not heard of. */
  Life startsSlowly() {
    slow = true;
    return this;
  }

  /** The next of what was started is heard of. */
  Life hearsOfNext() {
    Event next = answers.remove();
    boolean spawned = next instanceof Event.ProcessSpawned;
    perform(InitMachine.step(state, spawned ? now((Event.ProcessSpawned) next) : next));
    return this;
  }

  private Event now(Event.ProcessSpawned event) {
    return new Event.ProcessSpawned(nowNanos, event.who(), event.pid());
  }

  /** All that was started is heard of, and from now on at once. */
  Life hasStarted() {
    slow = false;
    return take(new Transition(state, List.of()));
  }

  /** Every start that has been ordered succeeds. */
  Life started() {
    while (!answers.isEmpty()) {
      hearsOfNext();
    }
    return this;
  }

  /** {@code process} is {@code NAME/STAGE}. */
  Life starts(String process) {
    Incarnation who = find(process);
    answers.removeIf(event -> event instanceof Event.ProcessSpawned e && e.who().is(who));
    return hears(new Event.ProcessSpawned(nowNanos, who, 77));
  }

  Life cannotStart(String process) {
    Incarnation who = find(process);
    alive.remove(process);
    answers.removeIf(event -> event instanceof Event.ProcessSpawned e && e.who().is(who));
    return hears(new Event.SpawnFailed(nowNanos, who, "No such file or directory"));
  }

  Life cannotExecute(String process) {
    broken.add(process);
    return this;
  }

  Life exits(String process, int code) {
    return ends(process, new ExitStatus.Exited(code));
  }

  Life dies(String process, Signal signal) {
    return ends(process, new ExitStatus.Signaled(signal, false));
  }

  Life ends(String process, ExitStatus status) {
    Incarnation who = alive.remove(process);
    if (who == null) {
      throw new AssertionError(process + " does not live; " + alive.keySet() + " do");
    }
    return hears(new Event.ProcessExited(nowNanos, who, status));
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

  /** How the last process of that name was ordered. */
  Effect.Spawn spawned(String process) {
    return LifeTexts.spawned(effects, find(process));
  }

  Life hears(Event event) {
    return take(InitMachine.step(state, event));
  }

  Life told(String service, String letters) {
    return told(service, Stage.RUN, letters);
  }

  Life told(String service, Stage stage, String letters) {
    ServiceId id = new ServiceId(ServiceName.of(service), stage);
    for (int i = 0; i < letters.length(); i++) {
      hears(new Event.OrderReceived(nowNanos, id, Plans.order(letters.charAt(i))));
    }
    return this;
  }

  /** The process tells Gatun something by itself. */
  Life notified(String process, Notice notice) {
    return hears(new Event.Notified(nowNanos, find(process), notice, ""));
  }

  /** The last question about a service is answered: it has failed for that reason, or has not. */
  Life answered(String service, String failure) {
    return hears(new Event.ProbeAnswered(nowNanos, asked.get(service), failure));
  }

  Life found(String service) {
    return hears(new Event.ServiceFound(nowNanos, Plans.service(service, Stop.NO_KILL)));
  }

  Life vanished(String service) {
    return hears(new Event.ServiceVanished(nowNanos, ServiceName.of(service)));
  }

  Life receives(Signal signal) {
    return hears(new Event.SignalReceived(nowNanos, signal));
  }

  Life orphansArrive(OrphanId... orphans) {
    return hears(new Event.OrphansArrived(nowNanos, List.of(orphans)));
  }

  Life orphansAreReaped(OrphanId... orphans) {
    return hears(new Event.OrphansReaped(nowNanos, LifeTexts.exits(List.of(orphans))));
  }

  Life swept(boolean childrenLeft) {
    return hears(new Event.ChildrenSwept(nowNanos, childrenLeft, !slow));
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

  Life permitting() {
    permitted = true;
    return this;
  }

  Life forgets() {
    effects.clear();
    return this;
  }

  /** What was done since, without messages, looks around and statuses. */
  List<String> did() {
    return LifeTexts.deeds(effects);
  }

  /** What is asserted is all that was done since. */
  Life does(String... expected) {
    assertEquals(String.join("\n", expected), String.join("\n", did()));
    return forgets();
  }

  boolean did(Class<? extends Effect> kind) {
    return effects.stream().anyMatch(kind::isInstance);
  }

  boolean scans() {
    return effects.contains(Effect.Sweep.AND_SCAN);
  }

  /** What was said since, {@code LEVEL: TEXT}. */
  List<String> said() {
    return LifeTexts.said(effects);
  }

  /** What was said since, but for what helps to find faults only. */
  List<String> texts() {
    return texts(level -> level != Level.DEBUG);
  }

  /** What was said since, in one level. */
  List<String> said(Level level) {
    return texts(level::equals);
  }

  private List<String> texts(Predicate<Level> levels) {
    return LifeTexts.reports(effects).stream()
        .filter(report -> levels.test(report.level()))
        .map(Effect.Report::text)
        .toList();
  }

  /** As {@code sv status} has it: {@code run, got TERM, want down}. */
  Life shows(String service, String expected) {
    return shows(service, Stage.RUN, expected);
  }

  Life shows(String service, Stage stage, String expected) {
    assertEquals(expected, LifeTexts.of(status(service, stage)), "of " + service);
    return this;
  }

  ServiceStatus status(String service, Stage stage) {
    return shown.get(new ServiceId(ServiceName.of(service), stage));
  }

  Life lives(String... processes) {
    assertEquals(new TreeSet<>(List.of(processes)), new TreeSet<>(alive.keySet()));
    return this;
  }

  boolean isAlive(String process) {
    return alive.containsKey(process);
  }

  State state() {
    return state;
  }

  Life isRunning() {
    return is("running");
  }

  Life isTerminatingWith(int code) {
    return is("ending with " + code);
  }

  Life isDrainingWith(int code) {
    assertEquals(code, ((Container.Draining) state.container()).verdict().exitCode(), "draining");
    return this;
  }

  Life isOverWith(int code) {
    assertEquals(code, ((Container.Over) state.container()).verdict().exitCode(), "over");
    return this;
  }

  Life is(String expected) {
    assertEquals(expected, LifeTexts.of(state.container()));
    return this;
  }
}
