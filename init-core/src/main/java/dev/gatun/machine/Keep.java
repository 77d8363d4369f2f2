package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import dev.gatun.plan.RestartPolicy;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeping services: starting them, and what follows the end of one of their processes. */
final class Keep {
  /** What a finish script is told when its program could not be executed. */
  private static final List<OsString> NOT_EXECUTED = List.of(OsString.of("111"), OsString.of("0"));

  private static final int CORE_DUMPED = 128;

  private Keep() {}

  /** It is the services' turn: pipes first, since a log program reads from one. */
  static void startAll(Turn turn) {
    for (Kept kept : turn.regime().services()) {
      start(turn, kept);
    }
  }

  private static void start(Turn turn, Kept kept) {
    Kept open = kept;
    if (kept.log().isPresent()) {
      turn.act(new Effect.OpenLogPipe(kept.name()));
      open = kept.withPipe(true);
    }
    for (Part part : Part.values()) {
      if (open.has(part)) {
        publish(turn, open, part);
      }
    }
    settle(turn, open);
  }

  static Transition onFound(State state, Event.ServiceFound event) {
    ServiceSpec spec = event.spec();
    if (!state.isRunning() || state.regime().isEmpty() || spec.keeping().isEmpty()) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    Optional<Kept> known = turn.regime().find(spec.name());
    if (known.isPresent()) {
      Kept kept = known.get();
      boolean leaves = kept.vanished();
      turn.become(
          leaves ? turn.regime().with(kept.withSuccessor(Optional.of(spec))) : turn.regime());
    } else {
      add(turn, spec);
    }
    return turn.transition();
  }

  private static void add(Turn turn, ServiceSpec spec) {
    turn.say(Level.INFO, "service " + spec.name() + " has been found");
    Kept kept = Kept.down(spec, turn.nowNanos);
    turn.become(turn.regime().with(kept));
    if (!(turn.regime().progress() instanceof Progress.First)) {
      start(turn, kept);
    }
  }

  static Transition onVanished(State state, Event.ServiceVanished event) {
    Turn turn = new Turn(state, event.atNanos());
    Optional<Kept> known = find(state, event.service());
    if (known.isPresent()) {
      turn.say(Level.INFO, "service " + event.service() + " has vanished: stopping it");
      Kept leaving = known.get().withVanished().withSuccessor(Optional.empty());
      settle(turn, Obey.exit(turn, leaving));
    }
    return turn.transition();
  }

  private static Optional<Kept> find(State state, ServiceName name) {
    return state.regime().isEmpty() ? Optional.empty() : state.regime().get().find(name);
  }

  /** The service that a process is of, when it is a kept one's. */
  static Optional<Kept> owner(State state, Incarnation who) {
    Optional<Kept> found = find(state, who.service());
    return found.isPresent() && found.get().has(who) ? found : Optional.empty();
  }

  /** The container ends: every service is to exit, and what is deaf gets KILL some day. */
  static void exitAll(Turn turn) {
    for (Kept kept : turn.regime().services()) {
      Kept leaving = Obey.exit(turn, kept.withSuccessor(Optional.empty()));
      Part first = kept.service().isGone() ? Part.LOG : Part.SERVICE;
      settle(turn, killRestLater(turn, leaving, first));
    }
  }

  /** Starts the countdown to KILL anew for a part, once the container is to end. */
  private static Kept killRestLater(Turn turn, Kept kept, Part part) {
    long delayNanos = turn.state().plan().killAfterNanos();
    Keeper keeper = kept.keeper(part);
    Deadline killAt = keeper.isGone() ? Deadline.NEVER : Deadline.after(turn.nowNanos, delayNanos);
    return kept.with(part, keeper.withKillAt(killAt));
  }

  static Transition onSpawned(State state, Kept before, Event.ProcessSpawned event) {
    Turn turn = new Turn(state, event.atNanos());
    Incarnation who = event.who();
    turn.say(Level.DEBUG, who.label() + " has started as process " + event.pid());
    Kept kept = before;
    switch (who.stage()) {
      case RUN -> kept = up(turn, before, Part.SERVICE, event);
      case LOG -> kept = up(turn, before, Part.LOG, event);
      case FINISH -> {
        Doing.Finishing finishing = (Doing.Finishing) before.service().doing();
        kept =
            before.with(
                Part.SERVICE,
                before
                    .service()
                    .with(new Doing.Finishing(who, event.pid(), finishing.sinceNanos())));
      }
      case TERM, CONTROL, FIRST, MAIN, LAST, SIGNAL -> {}
    }
    settle(turn, kept);
    return turn.transition();
  }

  private static Kept up(Turn turn, Kept kept, Part part, Event.ProcessSpawned event) {
    Keeper keeper = kept.keeper(part);
    Doing up = new Doing.Up(event.who(), event.pid(), turn.nowNanos, false, false);
    Kept started = kept.with(part, keeper.with(up));
    boolean overtaken = part == Part.SERVICE && keeper.aim() == Aim.EXIT;
    if (!overtaken) {
      return started;
    }
    Kept stopped = Obey.stop(turn, started, part);
    return turn.state().isTerminating() ? killRestLater(turn, stopped, part) : stopped;
  }

  static Transition onSpawnFailed(State state, Kept before, Event.SpawnFailed event) {
    Turn turn = new Turn(state, event.atNanos());
    Stage stage = event.who().stage();
    String what = "cannot start " + event.who().label();
    turn.say(
        event.cause().isEmpty() ? Level.DEBUG : Level.ERROR,
        event.cause().isEmpty()
            ? what + " for a reason that others had"
            : what + ": " + event.cause());
    settle(
        turn,
        switch (stage) {
          case RUN -> Obey.afterEnd(turn, ended(turn, before, Part.SERVICE, NOT_EXECUTED));
          case LOG -> ended(turn, before, Part.LOG, NOT_EXECUTED);
          case FINISH -> down(turn, before, Part.SERVICE);
          case CONTROL -> Obey.scriptEnded(turn, before, false);
          case TERM, FIRST, MAIN, LAST, SIGNAL -> before;
        });
    boolean decides = stage == Stage.RUN && before.keeping().endsContainer();
    if (decides) {
      String cause = event.who().label() + " could not be started";
      Verdict verdict = Verdict.of(Verdict.OWN_FAILURE, cause);
      turn.take(Terminate.begin(turn.state(), turn.nowNanos, verdict));
    }
    return turn.transition();
  }

  static Transition onMissing(State state, Kept before, Event.ProgramMissing event) {
    Turn turn = new Turn(state, event.atNanos());
    boolean finish = event.who().stage() == Stage.FINISH;
    settle(turn, finish ? down(turn, before, Part.SERVICE) : Obey.scriptEnded(turn, before, false));
    return turn.transition();
  }

  static Transition onExited(State state, Kept before, Event.ProcessExited event) {
    Turn turn = new Turn(state, event.atNanos());
    ExitStatus status = event.status();
    switch (event.who().stage()) {
      case RUN -> runEnded(turn, before, status);
      case LOG -> {
        turn.say(Level.INFO, "log program of service " + before.name() + " " + status);
        settle(turn, ended(turn, before, Part.LOG, List.of()));
      }
      case FINISH -> settle(turn, down(turn, before, Part.SERVICE));
      case CONTROL -> settle(turn, Obey.scriptEnded(turn, before, status.isSuccess()));
      case TERM, FIRST, MAIN, LAST, SIGNAL -> {}
    }
    return turn.transition();
  }

  private static void runEnded(Turn turn, Kept before, ExitStatus status) {
    long upSinceNanos =
        before.service().doing() instanceof Doing.Up up ? up.sinceNanos() : turn.nowNanos;
    String what =
        "service "
            + before.name()
            + " "
            + status
            + " after "
            + Seconds.text(turn.nowNanos - upSinceNanos);
    turn.say(Level.INFO, what);
    settle(turn, Obey.afterEnd(turn, ended(turn, before, Part.SERVICE, arguments(status))));
    if (before.keeping().endsContainer()) {
      Verdict verdict = Verdict.of(before.spec().exits().containerCode(status), what);
      turn.take(Terminate.begin(turn.state(), turn.nowNanos, verdict));
    }
  }

  /** An exit code, -1 when there is none, and the low byte of the status that wait(2) gives. */
  private static List<OsString> arguments(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> List.of(number(exited.code()), number(0));
      case ExitStatus.Signaled by ->
          List.of(number(-1), number(by.signal().number() + (by.dumpedCore() ? CORE_DUMPED : 0)));
      case ExitStatus.Unknown u -> List.of(number(-1), number(0));
    };
  }

  private static OsString number(int value) {
    return OsString.of(String.valueOf(value));
  }

  /** The program of a part has ended or could not be executed: its finish script follows. */
  private static Kept ended(Turn turn, Kept before, Part part, List<OsString> arguments) {
    Optional<Command> finish = before.keeping().of(part).finish();
    if (finish.isEmpty()) {
      return down(turn, before, part);
    }
    Incarnation who = turn.incarnation(before.name(), Stage.FINISH);
    turn.act(new Effect.SpawnScript(who, with(finish.get(), arguments)));
    Doing finishing = new Doing.Finishing(who, ServiceStatus.NO_PID, turn.nowNanos);
    return counted(turn, before.with(part, before.keeper(part).with(finishing)), part);
  }

  private static Command with(Command command, List<OsString> arguments) {
    List<OsString> all = new ArrayList<>(command.arguments());
    all.addAll(arguments);
    return new Command(command.program(), all, command.directory());
  }

  private static Kept down(Turn turn, Kept before, Part part) {
    Keeper keeper = before.keeper(part);
    boolean stays = keeper.aim() == Aim.UP && !before.keeping().of(part).restarts().restarts();
    Keeper down = keeper.with(new Doing.Down(turn.nowNanos));
    return counted(turn, before.with(part, stays ? down.with(Aim.DOWN) : down), part);
  }

  private static Kept counted(Turn turn, Kept kept, Part part) {
    boolean counts =
        turn.state().isTerminating()
            && kept.keeper(part).aim().shown() == ServiceStatus.Wanted.EXIT;
    return counts ? killRestLater(turn, kept, part) : kept;
  }

  static void onTimePassed(Turn turn) {
    for (Kept kept : turn.regime().services()) {
      if (kept.nextDeadline().isDue(turn.nowNanos)) {
        Kept spared = kill(turn, kill(turn, kept, Part.SERVICE), Part.LOG);
        settle(turn, spared);
      }
    }
  }

  private static Kept kill(Turn turn, Kept kept, Part part) {
    if (!kept.has(part) || !kept.keeper(part).killAt().isDue(turn.nowNanos)) {
      return kept;
    }
    Keeper deaf = kept.keeper(part);
    switch (deaf.doing()) {
      case Doing.Up up -> turn.kill(up.who());
      case Doing.Finishing finishing -> turn.kill(finishing.who());
      case Doing.Starting s -> {}
      case Doing.Down d -> {}
      case Doing.Gone g -> {}
    }
    if (deaf.script().isPresent()) {
      turn.kill(deaf.script().get().who());
    }
    return kept.with(part, deaf.withKillAt(Deadline.NEVER));
  }

  /** Does all that can be done about a service now, and makes it the state's. */
  static void settle(Turn turn, Kept changed) {
    Kept kept = Obey.waiting(turn, changed);
    for (Part part : Part.values()) {
      if (kept.has(part)) {
        kept = startIfWanted(turn, kept, part);
      }
    }
    kept = leave(turn, kept);
    publishChanges(turn, kept);
    if (kept.isGone()) {
      release(turn, kept);
    } else {
      turn.become(turn.regime().with(kept));
    }
  }

  private static Kept startIfWanted(Turn turn, Kept kept, Part part) {
    Keeper keeper = kept.keeper(part);
    boolean itsTurn = part == Part.LOG ? kept.pipeIsOpen() : turn.regime().isServing();
    if (!itsTurn || !keeper.isToStart() || !keeper.startAt().isDue(turn.nowNanos)) {
      return kept;
    }
    return Obey.beforeStart(turn, kept, part);
  }

  /** Orders the start of a part's program. */
  static Kept order(Turn turn, Kept kept, Part part) {
    Keeper keeper = kept.keeper(part);
    Incarnation who = turn.incarnation(kept.name(), part.stage());
    turn.act(new Effect.Spawn(who, kept.spec().program(part)));
    RestartPolicy restarts = kept.keeping().of(part).restarts();
    long downSinceNanos =
        keeper.doing() instanceof Doing.Down down ? down.sinceNanos() : turn.nowNanos;
    return kept.with(
        part,
        keeper
            .with(new Doing.Starting(who, downSinceNanos))
            .with(keeper.aim().onceStarted())
            .withStartAt(Deadline.after(turn.nowNanos, restarts.pauseNanos())));
  }

  /** What is down and told to exit is gone, its log program last. */
  private static Kept leave(Turn turn, Kept before) {
    Kept kept = before;
    if (leaves(kept.service())) {
      kept = kept.with(Part.SERVICE, gone(kept.service()));
    }
    if (!kept.service().isGone() || kept.log().isEmpty()) {
      return kept;
    }
    return leaveLog(turn, kept);
  }

  private static boolean leaves(Keeper keeper) {
    return keeper.doing() instanceof Doing.Down && keeper.aim() == Aim.EXIT && !keeper.isBusy();
  }

  private static Keeper gone(Keeper keeper) {
    long sinceNanos = ((Doing.Down) keeper.doing()).sinceNanos();
    return keeper.with(new Doing.Gone(sinceNanos)).withKillAt(Deadline.NEVER);
  }

  /** The pipe is closed behind the last start of the log program, which is to find its end. */
  private static Kept leaveLog(Turn turn, Kept before) {
    Kept kept = before;
    Keeper log = kept.log().get();
    if (log.aim() != Aim.EXIT && log.aim() != Aim.READ_ON) {
      boolean readsOn =
          kept.pipeIsOpen() && log.aim().starts() && log.doing() instanceof Doing.Down;
      kept = kept.with(Part.LOG, log.with(readsOn ? Aim.READ_ON : Aim.EXIT));
      kept = Obey.goOn(turn, kept, Part.LOG);
      kept = turn.state().isTerminating() ? killRestLater(turn, kept, Part.LOG) : kept;
      kept = startIfWanted(turn, kept, Part.LOG);
    }
    boolean reads = kept.log().get().doing() instanceof Doing.Down;
    if (kept.pipeIsOpen() && !(reads && kept.log().get().aim() == Aim.READ_ON)) {
      turn.act(new Effect.CloseLogPipe(kept.name()));
      kept = kept.withPipe(false);
    }
    return leaves(kept.log().get()) ? kept.with(Part.LOG, gone(kept.log().get())) : kept;
  }

  private static void release(Turn turn, Kept kept) {
    turn.act(new Effect.ReleaseService(kept.name()));
    turn.become(turn.regime().without(kept.name()));
    if (kept.successor().isPresent()) {
      add(turn, kept.successor().get());
    }
  }

  private static void publishChanges(Turn turn, Kept kept) {
    Optional<Kept> known = turn.regime().find(kept.name());
    for (Part part : Part.values()) {
      if (kept.has(part) && !status(kept, part).equals(status(known.get(), part))) {
        publish(turn, kept, part);
      }
    }
  }

  private static void publish(Turn turn, Kept kept, Part part) {
    turn.act(new Effect.PublishStatus(kept.name(), part, status(kept, part)));
  }

  private static ServiceStatus status(Kept kept, Part part) {
    Upkeep upkeep = kept.keeping().of(part);
    return kept.keeper(part).status(upkeep.startsUntold());
  }
}
