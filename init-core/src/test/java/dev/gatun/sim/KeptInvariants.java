package dev.gatun.sim;

import dev.gatun.loop.Observer;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Course;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.OrphanPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What holds after every decision about kept services and a container's course, and the exit code
 * that the contract demands. Written from the contract, by what is heard and what is done, and not
 * from the machine's state.
 */
final class KeptInvariants implements Observer {
  private static final int SIGNALED = 128;

  private final KeptMaker.Made made;
  private final SimulatedKernel kernel;
  private final Transcript transcript;
  private final boolean prompt;
  private final CourseRule course;
  private final Wishes wishes;
  private final Lives lives;
  private final Map<String, Long> lastStarts = new HashMap<>();

  /** Whether somebody is to be asked, because of a signal, whether the container may end. */
  private boolean mustAsk;

  private long turnNanos;
  private long turnBeforeNanos;
  private long endBeganNanos;
  private int decisions;

  /**
   * @param prompt whether the kernel tells of everything in time
   */
  KeptInvariants(
      KeptMaker.Made made, SimulatedKernel kernel, Transcript transcript, boolean prompt) {
    this.made = made;
    this.kernel = kernel;
    this.transcript = transcript;
    this.prompt = prompt;
    this.lives = new Lives(kernel.history);
    this.course = new CourseRule(made.plan());
    this.wishes = new Wishes(made.plan().services());
  }

  int decisions() {
    return decisions;
  }

  long endBeganNanos() {
    return endBeganNanos;
  }

  int expectedCode() {
    return course.expectedCode();
  }

  @Override
  public void booted(long atNanos, Transition boot) {
    // Heard after the effects have been carried out, and before their outcomes are.
    boot.effects().forEach(effect -> act(atNanos, effect, null));
  }

  @Override
  public void decided(State before, Event event, Transition transition) {
    decisions++;
    noteTime(event);
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
    if (ends != (course.isEnding() && before.isRunning())) {
      broken("it should " + (ends ? "not " : "") + "end after " + event);
    }
    if (mustAsk && transition.state().isRunning() && !lives.has(KeptMaker.SIGNAL_SCRIPT)) {
      broken("nobody was asked whether to end after " + event);
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

  private void noteTime(Event event) {
    if (event.atNanos() > turnNanos) {
      turnBeforeNanos = turnNanos;
      turnNanos = event.atNanos();
    }
  }

  /** The finish scripts that must follow, as {@code LABEL CODE STATUS}. */
  private List<String> hear(Event event) {
    List<String> finishes = new ArrayList<>();
    switch (event) {
      case Event.ProcessSpawned e -> {
        lives.spawned(e.who(), e.pid());
        if (e.who().stage() == Stage.RUN) {
          wishes.started(e.who().service());
        }
      }
      case Event.SpawnFailed e -> {
        gone(e.who());
        finishAfter(e.who(), "111 0", finishes);
        course.couldNotStart(e.who(), endsContainer(e.who()));
      }
      case Event.ProgramMissing e -> gone(e.who());
      case Event.ProcessExited e -> {
        gone(e.who());
        finishAfter(e.who(), arguments(e.status()), finishes);
        course.ended(e.who(), e.status());
        if (e.who().stage() == Stage.RUN) {
          ExitPolicy exits = wishes.spec(e.who().service()).exits();
          course.serviceEnded(endsContainer(e.who()), exits, e.status());
        }
      }
      case Event.ControlReceived e -> {
        if (e.part() == Part.SERVICE && !course.isEnding()) {
          String run = e.service() + "/run";
          boolean starts = lives.has(run) && !lives.isUp(run);
          boolean down = !lives.has(run) && !lives.has(e.service() + "/finish");
          wishes.asks(e.service(), e.control(), lives.isUp(run), starts, down);
        }
      }
      case Event.ServiceFound e -> {
        if (!course.isEnding()) {
          wishes.found(e.spec());
        }
      }
      case Event.ServiceVanished e -> wishes.vanished(e.service());
      case Event.SignalReceived e -> hearSignal(e);
      case Event.EndRequested e -> course.decide(0);
      case Event.ChildrenSwept e -> {
        boolean nothing = made.plan().course().isEmpty() && wishes.names().isEmpty();
        if (nothing && !e.childrenLeft()) {
          course.decide(0);
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

  private void hearSignal(Event.SignalReceived event) {
    if (made.plan().stopsOn(event.signal())) {
      course.decide(0);
    } else if (!course.isEnding() && !lives.has(KeptMaker.SIGNAL_SCRIPT)) {
      mustAsk = hasRule(event);
    }
  }

  private boolean hasRule(Event.SignalReceived event) {
    Course rules = made.plan().course().orElse(Course.NONE);
    return rules.signals().stream().anyMatch(rule -> rule.signal().is(event.signal()));
  }

  private boolean endsContainer(Incarnation who) {
    return who.stage() == Stage.RUN && wishes.spec(who.service()).keeping().get().endsContainer();
  }

  private void gone(Incarnation who) {
    lives.gone(who);
    if (who.stage() == Stage.RUN) {
      wishes.couldNotStart(who.service());
    }
    boolean isDown = who.stage() == Stage.RUN && !hasFinish(who.service());
    if (isDown || who.stage() == Stage.FINISH) {
      wishes.isDown(who.service());
    }
  }

  private boolean hasFinish(ServiceName name) {
    return wishes.spec(name).keeping().get().service().finish().isPresent();
  }

  private void finishAfter(Incarnation who, String arguments, List<String> finishes) {
    if (who.stage() == Stage.RUN && hasFinish(who.service())) {
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
        if (!lives.has(e.who())) {
          broken("a signal for what is not alive: " + e);
        }
      }
      case Effect.OpenLogPipe e -> lives.open(e);
      case Effect.CloseLogPipe e -> lives.close(e);
      case Effect.PublishStatus e -> lives.check(e);
      case Effect.ReleaseService e -> release(e.service());
      case Effect.SignalOrphan e -> {
        boolean ignores = made.plan().orphans().kind() == OrphanPolicy.Kind.IGNORE;
        if (ignores && !course.isOver()) {
          broken("an orphan is told too early: " + e);
        }
      }
      case Effect.DrainOutput e -> {
        if (!lives.all().isEmpty() || !wishes.names().isEmpty() || !course.isOver()) {
          broken("draining while these live: " + lives.all() + wishes.names());
        }
      }
      case Effect.SpawnStopScript e -> broken("nobody has one: " + e);
      case Effect.ForwardSignal e -> broken("nobody runs a job: " + e);
      case Effect.StopSelf e -> broken("nobody runs a job: " + e);
      case Effect.FollowStop e -> broken("nobody runs a job: " + e);
      case Effect.SignalGroup e -> {}
      case Effect.FindServices e -> {}
      case Effect.RefreshEnvironment e -> {}
      case Effect.AskWhetherToEnd e -> {
        if (!mustAsk) {
          broken("asked for nothing: " + e);
        }
        mustAsk = false;
      }
      case Effect.SweepChildren e -> {}
      case Effect.ScanOrphans e -> {}
      case Effect.InspectOrphan e -> {}
      case Effect.AdoptOrphan e -> {}
      case Effect.SignalRest e -> {}
      case Effect.AbandonOutput e -> {}
      case Effect.Report e -> {}
    }
  }

  private void start(long atNanos, Incarnation who) {
    lives.ordered(who);
    switch (who.stage()) {
      case FIRST -> checkAlone(who);
      case LAST -> checkLast(who);
      case RUN -> {
        checkPause(atNanos, who);
        checkWanted(who);
      }
      case LOG -> checkPause(atNanos, who);
      case MAIN -> {
        if (course.isEnding()) {
          broken("started at the end: " + who);
        }
      }
      case FINISH, CONTROL, SIGNAL, TERM -> {}
    }
  }

  private void checkAlone(Incarnation who) {
    for (Incarnation other : lives.all()) {
      if (!other.equals(who) && other.stage() != Stage.SIGNAL) {
        broken(who + " overlaps " + other);
      }
    }
    if (course.isEnding()) {
      broken("started at the end: " + who);
    }
  }

  private void checkLast(Incarnation who) {
    for (Incarnation other : lives.all()) {
      boolean may = other.equals(who) || other.stage() == Stage.LOG;
      if (!may) {
        broken(who + " overlaps " + other);
      }
    }
    if (!course.isEnding()) {
      broken("it is not the end yet: " + who);
    }
  }

  private void checkPause(long atNanos, Incarnation who) {
    Long before = lastStarts.put(who.label(), atNanos);
    if (before != null && atNanos - before < pauseNanos(who)) {
      broken(who + " is started " + (atNanos - before) + " ns after the one before");
    }
  }

  private long pauseNanos(Incarnation who) {
    Keeping keeping = wishes.spec(who.service()).keeping().get();
    return keeping.of(who.stage() == Stage.LOG ? Part.LOG : Part.SERVICE).restarts().pauseNanos();
  }

  private void checkWanted(Incarnation who) {
    if (!course.isServing()) {
      broken("it is not the services' turn: " + who);
    }
    Wishes.Asked wish = wishes.of(who.service());
    boolean isWanted = wish == Wishes.Asked.UP || wish == Wishes.Asked.ONCE;
    if (wishes.isPlain(who.service()) && !isWanted) {
      broken(who + " is started and is wanted " + wish);
    }
    wishes.ordered(who.service());
  }

  private void release(ServiceName name) {
    lives.release(name);
    lastStarts.remove(name + "/run");
    lastStarts.remove(name + "/log");
    wishes.released(name, course.isEnding());
  }

  /** Just before the end everything runs that is wanted up and has had the time to come up. */
  private void checkThatAllThatShouldRuns(Event event) {
    for (ServiceName name : wishes.names()) {
      boolean should =
          wishes.of(name) == Wishes.Asked.UP
              && wishes.isPlain(name)
              && hasHadTime(lastStarts.get(name + "/run"), event.atNanos());
      boolean justEnded =
          event instanceof Event.ProcessExited e && e.who().service().equals(name)
              || event instanceof Event.SpawnFailed f && f.who().service().equals(name);
      boolean runs = lives.has(name + "/run") || lives.has(name + "/finish");
      if (should && !runs && !justEnded) {
        broken(name + " should be up");
      }
    }
  }

  /** In the turn before this at the latest, what was due by then has been started. */
  private boolean hasHadTime(Long startedNanos, long nowNanos) {
    if (startedNanos == null) {
      return false;
    }
    long dueNanos = startedNanos + KeptMaker.PAUSE_NANOS;
    long lateNanos = made.environment().lateNanos() + 1_000_000;
    return turnBeforeNanos > dueNanos || prompt && nowNanos > dueNanos + lateNanos;
  }

  private void broken(String what) {
    kernel.history.violated(what);
  }
}
