package dev.gatun.machine;

import dev.gatun.model.Control;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Doing what kept services are told: by clients, one command after the other, and by the container,
 * which waits for no command.
 */
final class Obey {
  private Obey() {}

  static Transition onControl(State state, Event.ControlReceived event) {
    Optional<Kept> found =
        state.regime().isEmpty() ? Optional.empty() : state.regime().get().find(event.service());
    if (found.isEmpty() || !found.get().has(event.part())) {
      return Transition.to(state);
    }
    Turn turn = new Turn(state, event.atNanos());
    Kept kept = found.get();
    Keeper keeper = kept.keeper(event.part());
    if (keeper.waiting().size() == Keeper.MAX_WAITING) {
      turn.say(
          Level.WARNING,
          "too many commands wait for service " + kept.name() + ": ignoring " + event.control());
      return turn.transition();
    }
    Keep.settle(turn, kept.with(event.part(), keeper.withWaiting(event.control())));
    return turn.transition();
  }

  /** Carries out the commands that wait, as far as none has to wait for a script. */
  static Kept waiting(Turn turn, Kept before) {
    Kept kept = before;
    for (Part part : Part.values()) {
      while (kept.has(part) && mayObey(kept.keeper(part))) {
        List<Control> waiting = new ArrayList<>(kept.keeper(part).waiting());
        Control next = waiting.removeFirst();
        kept = kept.with(part, kept.keeper(part).withWaiting(waiting));
        kept = obey(turn, kept, part, next);
      }
    }
    return kept;
  }

  private static boolean mayObey(Keeper keeper) {
    return !keeper.isBusy() && !keeper.waiting().isEmpty();
  }

  private static Kept obey(Turn turn, Kept kept, Part part, Control control) {
    Keeper keeper = kept.keeper(part);
    boolean up = keeper.doing() instanceof Doing.Up;
    return switch (control) {
      case UP -> aim(turn, kept, part, Aim.UP);
      case ONCE -> aim(turn, kept, part, up ? Aim.DOWN : Aim.ONCE);
      case DOWN -> stop(turn, aim(turn, kept, part, Aim.DOWN), part);
      case EXIT -> part == Part.LOG ? kept : stop(turn, aim(turn, kept, part, Aim.EXIT), part);
      case TERMINATE -> stop(turn, kept, part);
      case PAUSE -> up && !isSettled(turn, kept) ? signal(turn, kept, part, control) : kept;
      case CONTINUE, HANGUP, ALARM, INTERRUPT, QUIT, USER1, USER2, KILL ->
          up ? signal(turn, kept, part, control) : kept;
    };
  }

  /** What is to exit for good is wanted no more, whatever clients say. */
  private static Kept aim(Turn turn, Kept kept, Part part, Aim aim) {
    return isSettled(turn, kept) ? kept : kept.with(part, kept.keeper(part).with(aim));
  }

  private static boolean isSettled(Turn turn, Kept kept) {
    boolean ends = !turn.state().isRunning() && !turn.regime().isServing();
    return kept.vanished() || kept.service().isGone() || ends;
  }

  /** A service whose end ends the container is not started again while others still run. */
  static Kept afterEnd(Turn turn, Kept ended) {
    boolean othersRun = !turn.regime().course().closing().isEmpty();
    return othersRun && ended.keeping().endsContainer() ? exit(turn, ended) : ended;
  }

  /** The service is to exit, and nothing that it was told before matters any more. */
  static Kept exit(Turn turn, Kept kept) {
    if (kept.service().isGone()) {
      return kept;
    }
    boolean told = kept.service().aim() == Aim.EXIT;
    Kept leaving = kept.with(Part.SERVICE, kept.service().with(Aim.EXIT).withWaiting(List.of()));
    if (!leaving.service().isBusy()) {
      return told && hasTerm(leaving)
          ? goOn(turn, leaving, Part.SERVICE)
          : stop(turn, leaving, Part.SERVICE);
    }
    boolean runs = leaving.service().doing() instanceof Doing.Up;
    return runs ? leaving.with(Part.SERVICE, leaving.service().withWaiting(Control.EXIT)) : leaving;
  }

  private static boolean hasTerm(Kept kept) {
    return kept.service().doing() instanceof Doing.Up up && up.terminated();
  }

  /** TERM, or the script that is run instead, and what belongs to a stop. */
  static Kept stop(Turn turn, Kept kept, Part part) {
    if (!(kept.keeper(part).doing() instanceof Doing.Up)) {
      return kept;
    }
    Script.Purpose purpose = Script.Purpose.INSTEAD_OF_TERM;
    return hasScripts(kept, part)
        ? run(turn, kept, purpose, Control.TERMINATE)
        : afterTerm(turn, send(turn, kept, part, Signal.TERM), part);
  }

  /** What is not to be started again must hear TERM even when it was stopped in its tracks. */
  private static Kept afterTerm(Turn turn, Kept kept, Part part) {
    Aim aim = kept.keeper(part).aim();
    if (aim != Aim.DOWN && aim != Aim.EXIT) {
      return kept;
    }
    Kept continued = send(turn, kept, part, Signal.CONT);
    Control last = aim == Aim.DOWN ? Control.DOWN : Control.EXIT;
    return hasScripts(kept, part)
        ? run(turn, continued, Script.Purpose.AFTER_STOP, last)
        : continued;
  }

  /** What was stopped in its tracks hears neither TERM nor the end of what it reads. */
  static Kept goOn(Turn turn, Kept kept, Part part) {
    boolean paused = kept.keeper(part).doing() instanceof Doing.Up up && up.paused();
    return paused ? send(turn, kept, part, Signal.CONT) : kept;
  }

  private static Kept signal(Turn turn, Kept kept, Part part, Control control) {
    return hasScripts(kept, part)
        ? run(turn, kept, Script.Purpose.INSTEAD_OF_SIGNAL, control)
        : send(turn, kept, part, control.signal().get());
  }

  private static Kept send(Turn turn, Kept kept, Part part, Signal signal) {
    if (!(kept.keeper(part).doing() instanceof Doing.Up up)) {
      return kept;
    }
    turn.act(new Effect.SendSignal(up.who(), signal));
    boolean paused = signal.is(Signal.STOP) || up.paused() && !signal.is(Signal.CONT);
    boolean terminated = up.terminated() || signal.is(Signal.TERM);
    Doing told = new Doing.Up(up.who(), up.pid(), up.sinceNanos(), paused, terminated);
    return kept.with(part, kept.keeper(part).with(told));
  }

  private static boolean hasScripts(Kept kept, Part part) {
    return kept.keeping().of(part).controls().isPresent();
  }

  /** Starts a part, after the script that comes before each start. */
  static Kept beforeStart(Turn turn, Kept kept, Part part) {
    return hasScripts(kept, part)
        ? run(turn, kept, Script.Purpose.BEFORE_START, Control.UP)
        : Keep.order(turn, kept, part);
  }

  private static Kept run(Turn turn, Kept kept, Script.Purpose purpose, Control control) {
    OsString directory = kept.keeping().service().controls().get();
    OsString program = directory.resolve(String.valueOf(control.letter()));
    Incarnation who = turn.incarnation(kept.name(), Stage.CONTROL);
    Command command = Command.of(program, kept.spec().run().directory());
    turn.act(new Effect.SpawnScript(who, command));
    return kept.with(Part.SERVICE, kept.service().with(new Script(who, purpose, control)));
  }

  /** A script has ended, or there is none: on with what it stood before. */
  static Kept scriptEnded(Turn turn, Kept before, boolean succeeded) {
    Script script = before.service().script().get();
    Kept kept = before.with(Part.SERVICE, before.service().withoutScript());
    return switch (script.purpose()) {
      case BEFORE_START -> kept.service().isToStart() ? Keep.order(turn, kept, Part.SERVICE) : kept;
      case INSTEAD_OF_SIGNAL ->
          succeeded ? kept : send(turn, kept, Part.SERVICE, script.control().signal().get());
      case INSTEAD_OF_TERM ->
          afterTerm(
              turn, succeeded ? kept : send(turn, kept, Part.SERVICE, Signal.TERM), Part.SERVICE);
      case AFTER_STOP -> kept;
    };
  }
}
