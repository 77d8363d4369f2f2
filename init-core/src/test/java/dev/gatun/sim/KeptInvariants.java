package dev.gatun.sim;

import dev.gatun.loop.Observer;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.model.Control;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Stage;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds after every decision about kept services and a container's course, and the exit code
 * that the contract demands. Written from the contract, by what is heard and what is done, and not
 * from the machine's state.
 */
final class KeptInvariants implements Observer {
  private static final int SIGNALED = 128;

  /** What clients have last asked for. */
  private enum Asked {
    UP,
    ONCE,
    DOWN,
    EXIT
  }

  private final KeptMaker.Made made;
  private final SimulatedKernel kernel;
  private final Transcript transcript;
  private final Map<String, Incarnation> alive = new HashMap<>();
  private final Map<String, Integer> pids = new HashMap<>();
  private final Map<ServiceName, ServiceSpec> services = new HashMap<>();
  private final Map<String, Long> lastStarts = new HashMap<>();
  private final Map<ServiceName, Asked> asked = new HashMap<>();
  private final Set<ServiceName> openPipes = new HashSet<>();
  private final Set<ServiceName> vanished = new HashSet<>();
  private final Map<ServiceName, ServiceSpec> successors = new HashMap<>();
  private final Set<Long> numbers = new HashSet<>();
  private int firstsDone;
  private int lastsDone;
  private boolean startEnded;
  private int verdictCode = -1;
  private int failureCode;
  private long endBeganNanos;
  private int decisions;

  KeptInvariants(KeptMaker.Made made, SimulatedKernel kernel, Transcript transcript) {
    this.made = made;
    this.kernel = kernel;
    this.transcript = transcript;
    made.plan().services().forEach(this::add);
  }

  private void add(ServiceSpec spec) {
    services.put(spec.name(), spec);
    boolean up = spec.keeping().get().service().startsUntold();
    asked.put(spec.name(), up ? Asked.UP : Asked.DOWN);
  }

  int decisions() {
    return decisions;
  }

  long endBeganNanos() {
    return endBeganNanos;
  }

  /** What the container must end with. */
  int expectedCode() {
    int decided = Math.max(0, verdictCode);
    return decided == 0 ? failureCode : decided;
  }

  @Override
  public void booted(long atNanos, Transition boot) {
    // Heard after the effects have been carried out, and before their outcomes are.
    boot.effects().forEach(effect -> act(atNanos, effect, null));
  }

  @Override
  public void decided(State before, Event event, Transition transition) {
    decisions++;
    if (transcript.isOn()) {
      transcript.add(event.atNanos(), "event", event.toString());
      transition.effects().forEach(e -> transcript.add(event.atNanos(), "effect", Texts.of(e)));
    }
    if (!InitMachine.step(before, event).equals(transition)) {
      broken("the same state and event gave another transition: " + event);
    }
    List<String> finishes = hear(event);
    boolean ends = before.isRunning() && !transition.state().isRunning();
    for (Effect effect : transition.effects()) {
      act(event.atNanos(), effect, finishes);
    }
    if (!finishes.isEmpty()) {
      broken("no finish script was run: " + finishes + " after " + event);
    }
    if (ends) {
      endBeganNanos = event.atNanos();
      checkThatAllThatShouldRuns(event);
    }
    if (ends != (verdictCode >= 0 && before.isRunning())) {
      broken("it should " + (ends ? "not " : "") + "end after " + event);
    }
    boolean isDue = transition.state().nextDeadline().isDue(event.atNanos());
    boolean hasTime = made.plan().orphans().killAfterNanos() > 0;
    if (event instanceof Event.TimePassed
        && isDue
        && hasTime
        && made.plan().killAfterNanos() != 0) {
      broken("what was due is still due: " + transition.state().nextDeadline());
    }
  }

  /** The finish scripts that must follow, as {@code LABEL CODE STATUS}. */
  private List<String> hear(Event event) {
    List<String> finishes = new ArrayList<>();
    switch (event) {
      case Event.ProcessSpawned e -> pids.put(e.who().label(), e.pid());
      case Event.SpawnFailed e -> {
        gone(e.who());
        finishAfter(e.who(), "111 0", finishes);
        couldNotStart(e.who());
      }
      case Event.ProgramMissing e -> gone(e.who());
      case Event.ProcessExited e -> {
        gone(e.who());
        finishAfter(e.who(), arguments(e.status()), finishes);
        ended(e.who(), e.status());
      }
      case Event.ControlReceived e -> {
        if (e.part() == Part.SERVICE && services.containsKey(e.service())) {
          asks(e.service(), e.control());
        }
      }
      case Event.ServiceFound e -> found(e.spec());
      case Event.ServiceVanished e -> {
        if (services.containsKey(e.service())) {
          vanished.add(e.service());
          successors.remove(e.service());
          asked.put(e.service(), Asked.EXIT);
        }
      }
      case Event.SignalReceived e -> decide(0);
      case Event.EndRequested e -> decide(0);
      case Event.ChildrenSwept e -> {
        boolean nothing = made.plan().course().isEmpty() && services.isEmpty();
        if (nothing && !e.childrenLeft()) {
          decide(0);
        }
      }
      case Event.OrphansArrived e -> {}
      case Event.OrphansUnlisted e -> {}
      case Event.OrphanInspected e -> {}
      case Event.OrphansReaped e -> {}
      case Event.TimePassed e -> {}
      case Event.OutputProgressed e -> {}
      case Event.OutputEnded e -> {}
      case Event.ProcessStopped e -> broken("nobody runs a job: " + e);
      case Event.LoopFailed e -> broken(e.toString());
    }
    return finishes;
  }

  private void found(ServiceSpec spec) {
    if (verdictCode >= 0) {
      return;
    }
    if (!services.containsKey(spec.name())) {
      add(spec);
    } else if (vanished.contains(spec.name())) {
      successors.put(spec.name(), spec);
    }
  }

  private void asks(ServiceName name, Control control) {
    if (vanished.contains(name) || verdictCode >= 0) {
      return;
    }
    switch (control) {
      case UP -> asked.put(name, Asked.UP);
      case DOWN -> asked.put(name, Asked.DOWN);
      case EXIT -> asked.put(name, Asked.EXIT);
      case ONCE -> asked.put(name, alive.containsKey(name + "/run") ? Asked.DOWN : Asked.ONCE);
      case PAUSE, CONTINUE, HANGUP, ALARM, INTERRUPT, QUIT, USER1, USER2, TERMINATE, KILL -> {}
    }
  }

  private void gone(Incarnation who) {
    if (alive.remove(who.label()) == null) {
      broken(who + " ended without being alive");
    }
    pids.remove(who.label());
  }

  private void finishAfter(Incarnation who, String arguments, List<String> finishes) {
    if (who.stage() == Stage.RUN) {
      finishes.add(who.service() + "/finish " + arguments);
    }
  }

  private static String arguments(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code() + " 0";
      case ExitStatus.Signaled by ->
          "-1 " + (by.signal().number() + (by.dumpedCore() ? SIGNALED : 0));
      case ExitStatus.Unknown u -> "-1 0";
    };
  }

  private void couldNotStart(Incarnation who) {
    switch (who.stage()) {
      case RUN -> {
        if (services.get(who.service()).keeping().get().endsContainer()) {
          decide(1);
        }
      }
      case MAIN -> decide(1);
      case FIRST -> firstEnded(1, false, true);
      case LAST -> lastEnded(1);
      case LOG, TERM, FINISH, CONTROL, SIGNAL -> {}
    }
  }

  private void ended(Incarnation who, ExitStatus status) {
    int code = code(status);
    boolean crashed = !(status instanceof ExitStatus.Exited);
    switch (who.stage()) {
      case RUN -> {
        if (services.get(who.service()).keeping().get().endsContainer()) {
          decide(status.isSuccess() ? 0 : 3);
        }
      }
      case MAIN -> {
        if (!crashed && code != KeptMaker.RESTART_CODE) {
          decide(0);
        }
      }
      case FIRST -> firstEnded(code, code == 100 && !crashed, crashed);
      case LAST -> lastEnded(code);
      case LOG, TERM, FINISH, CONTROL, SIGNAL -> {}
    }
  }

  private static int code(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code();
      case ExitStatus.Signaled by -> SIGNALED + by.signal().number();
      case ExitStatus.Unknown u -> 1;
    };
  }

  private void firstEnded(int code, boolean asksToEnd, boolean crashed) {
    Step.Failure failure = made.plan().course().get().first().get(firstsDone++).failure();
    if (verdictCode >= 0 || code == 0) {
      return;
    }
    boolean ends =
        failure.endsStart()
            || asksToEnd && failure.endingCode() == 100
            || crashed && failure.crashEndsStart();
    if (ends) {
      startEnded = true;
      decide(failure.givesCode() ? code : 0);
    } else if (failure.givesCode() && failureCode == 0) {
      failureCode = code;
    }
  }

  private void lastEnded(int code) {
    Step.Failure failure = made.plan().course().get().last().get(lastsDone++).failure();
    if (code != 0 && failure.givesCode() && failureCode == 0) {
      failureCode = code;
    }
  }

  private void decide(int code) {
    verdictCode = verdictCode < 0 ? code : verdictCode;
  }

  /**
   * @param finishes what has to be run yet; null for the boot
   */
  private void act(long atNanos, Effect effect, List<String> finishes) {
    switch (effect) {
      case Effect.Spawn e -> start(atNanos, e.who());
      case Effect.SpawnScript e -> {
        String arguments =
            String.join(" ", e.command().arguments().stream().map(Object::toString).toList());
        boolean isFinish = e.who().stage() == Stage.FINISH;
        if (isFinish && !finishes.remove(e.who().label() + " " + arguments)) {
          broken("a finish script for nothing: " + Texts.of(e) + ", expected " + finishes);
        }
        start(atNanos, e.who());
      }
      case Effect.SendSignal e -> {
        if (!e.who().equals(alive.get(e.who().label()))) {
          broken("a signal for what is not alive: " + e);
        }
      }
      case Effect.OpenLogPipe e -> {
        if (!openPipes.add(e.service())) {
          broken("opened twice: " + e);
        }
      }
      case Effect.CloseLogPipe e -> close(e.service());
      case Effect.PublishStatus e -> check(e);
      case Effect.ReleaseService e -> release(e.service());
      case Effect.SignalOrphan e -> {
        boolean ignores = made.plan().orphans().kind() == dev.gatun.plan.OrphanPolicy.Kind.IGNORE;
        if (ignores && !isCourseOver()) {
          broken("an orphan is told too early: " + e);
        }
      }
      case Effect.DrainOutput e -> {
        if (!alive.isEmpty() || !services.isEmpty() || !isCourseOver()) {
          broken("draining while these live: " + alive.keySet() + services.keySet());
        }
      }
      case Effect.SpawnStopScript e -> broken("nobody has one: " + e);
      case Effect.ForwardSignal e -> broken("nobody runs a job: " + e);
      case Effect.StopSelf e -> broken("nobody runs a job: " + e);
      case Effect.FollowStop e -> broken("nobody runs a job: " + e);
      case Effect.SignalGroup e -> {}
      case Effect.FindServices e -> {}
      case Effect.RefreshEnvironment e -> {}
      case Effect.AskWhetherToEnd e -> {}
      case Effect.SweepChildren e -> {}
      case Effect.ScanOrphans e -> {}
      case Effect.InspectOrphan e -> {}
      case Effect.AdoptOrphan e -> {}
      case Effect.SignalRest e -> {}
      case Effect.AbandonOutput e -> {}
      case Effect.Report e -> {}
    }
  }

  private boolean isCourseOver() {
    return made.plan().course().isEmpty() || lastsDone == made.plan().course().get().last().size();
  }

  private void start(long atNanos, Incarnation who) {
    if (!numbers.add(who.number())) {
      broken("the number of " + who + " is used twice");
    }
    if (alive.put(who.label(), who) != null) {
      broken("two incarnations of " + who.label() + " at once");
    }
    switch (who.stage()) {
      case FIRST -> checkAlone(who);
      case LAST -> checkLast(who);
      case RUN -> {
        checkPause(atNanos, who);
        checkWanted(who);
      }
      case LOG -> {
        checkPause(atNanos, who);
        if (!openPipes.contains(who.service())) {
          broken("a log program without a pipe: " + who);
        }
      }
      case MAIN -> {
        if (verdictCode >= 0) {
          broken("started at the end: " + who);
        }
      }
      case FINISH, CONTROL, SIGNAL, TERM -> {}
    }
  }

  private void checkAlone(Incarnation who) {
    if (alive.size() != 1 || verdictCode >= 0) {
      broken(who + " overlaps " + alive.keySet());
    }
  }

  private void checkLast(Incarnation who) {
    for (Incarnation other : alive.values()) {
      boolean may = other.equals(who) || other.stage() == Stage.LOG;
      if (!may) {
        broken(who + " overlaps " + other);
      }
    }
    if (verdictCode < 0) {
      broken("it is not the end yet: " + who);
    }
  }

  private void checkPause(long atNanos, Incarnation who) {
    Long before = lastStarts.put(who.label(), atNanos);
    if (before != null && atNanos - before < KeptMaker.PAUSE_NANOS) {
      broken(who + " is started " + (atNanos - before) + " ns after the one before");
    }
  }

  private void checkWanted(Incarnation who) {
    boolean firsts =
        made.plan().course().isPresent() && firstsDone < made.plan().course().get().first().size();
    if (verdictCode >= 0 || startEnded || firsts) {
      broken("it is not the services' turn: " + who);
    }
    // Commands wait for scripts, and only the machine knows how long.
    boolean immediate = hasNoScripts(who.service());
    Asked wish = asked.get(who.service());
    if (immediate && wish != Asked.UP && wish != Asked.ONCE) {
      broken(who + " is started and is wanted " + wish);
    }
    if (wish == Asked.ONCE) {
      asked.put(who.service(), Asked.DOWN);
    }
  }

  private boolean hasNoScripts(ServiceName name) {
    return services.get(name).keeping().get().service().controls().isEmpty();
  }

  private void close(ServiceName name) {
    if (!openPipes.remove(name)) {
      broken("closed without being open: the pipe of " + name);
    }
    for (Stage stage : List.of(Stage.RUN, Stage.FINISH, Stage.CONTROL)) {
      if (alive.containsKey(name + "/" + stage.label())) {
        broken("the pipe of " + name + " is closed while " + stage + " lives");
      }
    }
  }

  private void check(Effect.PublishStatus effect) {
    ServiceStatus status = effect.status();
    String run = effect.service() + "/" + effect.part().stage().label();
    String finish = effect.service() + "/finish";
    int pid =
        switch (status.activity()) {
          case DOWN -> ServiceStatus.NO_PID;
          case RUN -> pids.getOrDefault(run, -1);
          case FINISH -> pids.getOrDefault(finish, ServiceStatus.NO_PID);
        };
    if (status.pid() != pid) {
      broken("the pid should be " + pid + ": " + effect);
    }
    if (status.activity() == ServiceStatus.Activity.DOWN && pids.containsKey(run)) {
      broken("shown as down: " + effect);
    }
  }

  private void release(ServiceName name) {
    for (Incarnation who : alive.values()) {
      if (who.service().equals(name)) {
        broken("released while " + who + " lives");
      }
    }
    if (openPipes.contains(name)) {
      broken("released with an open pipe: " + name);
    }
    services.remove(name);
    vanished.remove(name);
    lastStarts.remove(name + "/run");
    lastStarts.remove(name + "/log");
    if (successors.containsKey(name) && verdictCode < 0) {
      add(successors.remove(name));
    }
  }

  /** Just before the end everything runs that is wanted up and has had the time to come up. */
  private void checkThatAllThatShouldRuns(Event event) {
    long lateNanos = made.environment().lateNanos() + 1_000_000;
    for (ServiceName name : services.keySet()) {
      long started = lastStarts.getOrDefault(name + "/run", Long.MAX_VALUE / 2);
      boolean hasHadTime = event.atNanos() - started > KeptMaker.PAUSE_NANOS + lateNanos;
      boolean should = asked.get(name) == Asked.UP && hasNoScripts(name) && hasHadTime;
      boolean justEnded =
          event instanceof Event.ProcessExited e && e.who().service().equals(name)
              || event instanceof Event.SpawnFailed f && f.who().service().equals(name);
      boolean runs = alive.containsKey(name + "/run") || alive.containsKey(name + "/finish");
      if (should && !runs && !justEnded) {
        broken(name + " should be up");
      }
    }
  }

  private void broken(String what) {
    kernel.history.violated(what);
  }
}
