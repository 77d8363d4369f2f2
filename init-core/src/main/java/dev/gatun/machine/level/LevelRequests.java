package dev.gatun.machine.level;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Want;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.plan.LevelSignal;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Action;
import dev.gatun.plan.Runlevels.Entry;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is asked of runlevels, by signals and by those who write to the named pipe. */
public final class LevelRequests {
  private static final int MAX_VARIABLES = 16;
  private static final String OF_VARIABLES = "INIT_";

  /** Who has init pause and does not have it go on is somebody who could not go on himself. */
  private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

  private LevelRequests() {}

  /** Says whether a signal asks for anything. */
  public static boolean onSignal(Decision decision, Signal signal) {
    Levels levels = decision.levels().orElseThrow();
    for (LevelSignal rule : levels.runlevels().signals()) {
      if (rule.signal().is(signal)) {
        decision.say(Level.DEBUG, "signal " + signal + " asks for " + rule.request());
        carryOut(decision, levels, rule.request());
        return true;
      }
    }
    return false;
  }

  private static void carryOut(Decision decision, Levels levels, Runlevels.Request request) {
    switch (request) {
      case CTRLALTDEL -> trigger(decision, levels, Action.CTRLALTDEL);
      case CTRLALTDEL_OR_HALT -> {
        trigger(decision, levels, Action.CTRLALTDEL);
        decision.become(decision.levels().orElseThrow().halting(true));
      }
      case KBREQUEST -> trigger(decision, levels, Action.KBREQUEST);
      case POWER -> act(decision, LevelAction.LookAtPower.IT);
      case RELOAD -> decision.act(new Effect.FindServices());
      case HALT -> enter(decision, levels, Runlevels.HALT);
      case OPEN_PIPE -> act(decision, new LevelAction.HearRequests(true));
      case CLOSE_PIPE -> act(decision, new LevelAction.HearRequests(false));
      case PAUSE ->
          decision.become(
              levels.pausedUntil(Deadline.after(decision.nowNanos(), LONGEST_PAUSE_NANOS)));
      case CONTINUE -> decision.become(levels.pausedUntil(Deadline.NEVER));
    }
  }

  private static void act(Decision decision, LevelAction action) {
    decision.act(new Effect.ActOnLevels(action));
  }

  /** Has the programs of an action run, unless they do. */
  private static void trigger(Decision decision, Levels levels, Action action) {
    for (Entry entry : levels.entries()) {
      boolean counts =
          entry.action() == action
              && (entry.isIn(levels.current()) || !Runlevels.isLevel(levels.current()));
      Optional<ServiceState> state = decision.find(entry.id());
      if (counts && state.isPresent() && state.get().isGone()) {
        decision.put(state.get().with(Want.ONCE));
      }
    }
  }

  /** What there are no levels for, or what comes when the end has begun, means nothing. */
  public static void onRequested(Decision decision, Event.LevelRequested event) {
    Optional<Levels> levels = decision.levels();
    if (levels.isEmpty() || !decision.container().isRunning()) {
      return;
    }
    switch (event.request()) {
      case LevelRequest.Enter asked -> onEnter(decision, levels.get(), asked);
      case LevelRequest.Reread read -> onReread(decision, levels.get(), read);
      case LevelRequest.PowerIs is -> onPower(decision, levels.get(), is.power());
      case LevelRequest.SetVariable variable -> onVariable(decision, levels.get(), variable);
    }
  }

  private static void onEnter(Decision decision, Levels before, LevelRequest.Enter request) {
    Levels levels = before.killingAfter(request.sleepNanos());
    decision.become(levels);
    String asked = request.level();
    decision.say(Level.INFO, "runlevel " + asked + " is asked for");
    String level = asked.equals("s") ? Runlevels.SINGLE : asked;
    switch (asked.toLowerCase(Locale.ROOT)) {
      case "q" -> decision.act(new Effect.FindServices());
      case "u" -> {} // Nothing: this init need not execute itself anew.
      case "a", "b", "c" -> demand(decision, levels, asked.toLowerCase(Locale.ROOT));
      default -> enter(decision, levels, level);
    }
  }

  private static void enter(Decision decision, Levels levels, String level) {
    boolean isThere = !levels.isChanging() && level.equals(levels.current());
    boolean isOnItsWay = level.equals(levels.next());
    if (Runlevels.isLevel(level) && !isThere && !isOnItsWay) {
      LevelChange.begin(decision, levels, level);
    }
  }

  private static void demand(Decision decision, Levels levels, String letter) {
    Levels demanding = levels;
    for (Entry entry : levels.entries()) {
      Optional<ServiceState> state = decision.find(entry.id());
      boolean counts = entry.action() == Action.ONDEMAND && entry.isIn(letter);
      if (counts && state.isPresent() && !levels.current().equals(Runlevels.SINGLE)) {
        demanding = demanding.demanding(entry.id());
        decision.put(state.get().with(Want.UP));
      }
    }
    decision.become(demanding);
  }

  private static void onPower(Decision decision, Levels levels, Runlevels.Power power) {
    switch (power) {
      case FAILING -> {
        trigger(decision, levels, Action.POWERWAIT);
        trigger(decision, levels, Action.POWERFAIL);
      }
      case FAILING_NOW -> trigger(decision, levels, Action.POWERFAILNOW);
      case BACK -> trigger(decision, levels, Action.POWEROKWAIT);
    }
  }

  /** Programs get the variable from now on, or no longer. */
  private static void onVariable(Decision decision, Levels levels, LevelRequest.SetVariable event) {
    String name = event.name();
    if (!name.startsWith(OF_VARIABLES)) {
      return;
    }
    List<String> names = new ArrayList<>(levels.variables());
    if (event.value().isEmpty()) {
      names.remove(name);
      decision.become(decision.environment().without(name));
    } else if (names.contains(name) || names.size() < MAX_VARIABLES) {
      names.remove(name);
      names.add(name);
      OsString value = event.value().get();
      decision.become(decision.environment().with(name, value));
    } else {
      decision.say(
          Level.WARNING, "cannot set " + name + ": " + MAX_VARIABLES + " variables are set");
    }
    decision.become(levels.withVariables(names));
  }

  /** The entries have been read anew: what has gone or means something else is told to stop. */
  private static void onReread(Decision decision, Levels before, LevelRequest.Reread event) {
    Levels levels = before.with(before.runlevels().withEntriesOf(event.runlevels()));
    Set<ServiceId> changed = new HashSet<>();
    for (Entry entry : before.entries()) {
      Optional<Entry> now = levels.entry(entry.id());
      if (now.isPresent() && now.get().action() != entry.action()) {
        changed.add(entry.id());
      }
    }
    for (Service service : event.services()) {
      Optional<ServiceState> state = decision.find(service.id());
      decision.put(
          state.isPresent()
              ? state.get().with(service)
              : ServiceState.of(service, decision.nowNanos()));
    }
    LevelChange.begin(
        decision, levels, before.isChanging() ? before.next() : before.current(), changed);
  }

  /** When what waits for the end of a pause is to be looked at. */
  public static void onTimePassed(Decision decision) {
    Levels levels = decision.levels().orElseThrow();
    if (levels.pausedUntil().isDue(decision.nowNanos())) {
      decision.become(levels.pausedUntil(Deadline.NEVER));
    }
  }
}
