package dev.gatun.machine.level;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.service.Reconcile;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Stopping;
import dev.gatun.machine.service.Want;
import dev.gatun.model.Deadline;
import dev.gatun.model.Environment;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Action;
import dev.gatun.plan.Runlevels.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Going from one runlevel to another. */
public final class LevelChange {
  private LevelChange() {}

  /** The container begins before its first level. */
  public static Levels first(Runlevels runlevels) {
    return Levels.before(runlevels);
  }

  /** Begins to change the level: what the next one does not want is told to stop. */
  static void begin(Decision decision, Levels levels, String level) {
    begin(decision, levels, level, Set.of());
  }

  /**
   * @param changed what is to stop although the level wants it: it means something else by now
   */
  static void begin(Decision decision, Levels levels, String level, Set<ServiceId> changed) {
    List<ServiceId> leaving = new ArrayList<>();
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      ServiceId id = state.id();
      Optional<Entry> entry = levels.entry(id);
      boolean stays =
          entry.isPresent()
              && levels.isWanted(entry.get(), level, !state.isToStart())
              && !changed.contains(id);
      boolean isTold = levels.leaving().contains(id);
      if (isTold || !stays && !state.isGone()) {
        leaving.add(id);
        if (!isTold) {
          leave(decision, levels, state);
        }
      }
    }
    decision.become(levels.goingTo(level, leaving));
  }

  /** Tells a service to stop that is not wanted, whether or not it will be some day. */
  static void leave(Decision decision, Levels levels, ServiceState state) {
    Deadline killAt = Deadline.after(decision.nowNanos(), levels.killAfterNanos());
    decision.put(Stopping.leave(decision, state, killAt));
  }

  /** Goes on when what the level waits for is over. Says whether there is anything new. */
  public static boolean advance(Decision decision) {
    if (!decision.container().isRunning() || decision.isToEnd()) {
      return false;
    }
    Levels levels = decision.levels().orElseThrow();
    if (levels.isChanging()) {
      return arriveIfAllHaveLeft(decision, levels);
    }
    if (startInOrder(decision, levels)) {
      return true;
    }
    sayIfNothingIsLeft(decision, levels);
    if (levels.isToHalt() && !runs(decision, levels, Action.CTRLALTDEL)) {
      begin(decision, levels, Runlevels.HALT);
      return true;
    }
    return isOver(decision, levels) && follow(decision, levels);
  }

  private static boolean arriveIfAllHaveLeft(Decision decision, Levels levels) {
    for (ServiceId id : levels.leaving()) {
      Optional<ServiceState> state = decision.find(id);
      if (state.isPresent() && state.get().livesAtAll()) {
        return false;
      }
    }
    arrive(decision, levels);
    return true;
  }

  private static void arrive(Decision decision, Levels levels) {
    for (ServiceId id : levels.leaving()) {
      if (levels.entry(id).isEmpty() && decision.find(id).isPresent()) {
        decision.remove(id);
      }
    }
    Levels entered = levels.entered();
    decision.become(entered);
    Environment environment = decision.environment();
    environment = environment.with("RUNLEVEL", OsString.of(entered.shown()));
    environment = environment.with("PREVLEVEL", OsString.of(entered.previous()));
    decision.become(environment);
    if (!levels.isSameAgain()) {
      decision.act(
          new Effect.ActOnLevels(new LevelAction.ShowLevel(entered.previous(), entered.current())));
      decision.say(Level.INFO, "entering runlevel " + entered.current());
    }
    for (Entry entry : entered.entries()) {
      Optional<ServiceState> state = decision.find(entry.id());
      if (state.isPresent()) {
        ServiceState fresh = state.get().with(state.get().timers().forgetting());
        decision.put(fresh.with(wanted(entered, entry, fresh, levels)));
      }
    }
  }

  private static Want wanted(Levels entered, Entry entry, ServiceState state, Levels before) {
    if (!entered.isWanted(entry, entered.current(), false)) {
      // It may have been asked for on the way.
      return state.isToStart() ? Want.DOWN : state.want();
    }
    if (entry.action().isTriggered()) {
      return state.want();
    }
    return switch (entry.action()) {
      case RESPAWN -> Want.UP;
      case ONDEMAND -> entered.demanded().contains(entry.id()) ? Want.UP : state.want();
      default -> isToRun(entered, entry, state, before) ? Want.ONCE : state.want();
    };
  }

  /** What is run once is run on the way into its levels, and not on the way between them. */
  private static boolean isToRun(Levels entered, Entry entry, ServiceState state, Levels before) {
    boolean wasThere = !before.current().isEmpty() && entry.isIn(before.current());
    boolean isNew = state.life().isNew() || before.leaving().contains(entry.id());
    return state.isGone() && entry.isIn(entered.current()) && (isNew || !wasThere);
  }

  /** Starts what may be started by now, in the order of the entries. */
  private static boolean startInOrder(Decision decision, Levels levels) {
    boolean started = false;
    for (Entry entry : levels.entries()) {
      Optional<ServiceState> state = decision.find(entry.id());
      if (state.isPresent() && state.get().isToStart()) {
        decision.reconcile(entry.id());
        Reconcile.all(decision);
        started |= !decision.find(entry.id()).orElseThrow().isToStart();
      }
    }
    return started;
  }

  private static void sayIfNothingIsLeft(Decision decision, Levels levels) {
    boolean isLeft = false;
    for (Entry entry : levels.entries()) {
      isLeft |= !LevelGate.isGone(decision, entry);
    }
    boolean comesFurther = isOfWay(levels.current()) || levels.isToHalt();
    if (!isLeft && !comesFurther && !levels.isEmptySaid()) {
      decision.say(Level.WARNING, "INIT: no more processes left in this runlevel");
    }
    decision.become(levels.sayingThatNothingIsLeft(!isLeft && !comesFurther));
  }

  /** Whether another level, or the end, follows by itself. */
  private static boolean isOfWay(String level) {
    return level.equals(Runlevels.SYSINIT)
        || level.equals(Runlevels.BOOT)
        || level.equals(Runlevels.SINGLE)
        || Runlevels.isLast(level);
  }

  private static boolean runs(Decision decision, Levels levels, Action action) {
    for (Entry entry : levels.entries()) {
      if (entry.action() == action && !LevelGate.isGone(decision, entry)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all has ended that the level is there for, where it is left by itself. */
  private static boolean isOver(Decision decision, Levels levels) {
    String level = levels.current();
    if (!isOfWay(level)) {
      return false;
    }
    boolean isSingle = level.equals(Runlevels.SINGLE);
    for (Entry entry : levels.entries()) {
      Optional<ServiceState> state = decision.find(entry.id());
      boolean matters = entry.isIn(level) && entry.action() != Action.BOOT;
      boolean counts =
          isSingle && matters
              || entry.isIn(level) && entry.action().isWaitedFor()
              || state.isPresent() && state.get().want() == Want.ONCE;
      if (counts && !LevelGate.isGone(decision, entry)) {
        return false;
      }
    }
    return true;
  }

  private static boolean follow(Decision decision, Levels levels) {
    String level = levels.current();
    Runlevels plan = levels.runlevels();
    if (Runlevels.isLast(level)) {
      decision.end(Verdict.asked("runlevel " + level + " was entered"), Level.INFO);
      return true;
    }
    boolean firstIsSingle = plan.first().equals(Runlevels.SINGLE);
    String next = firstIsSingle ? plan.usual() : plan.first();
    if (level.equals(Runlevels.SYSINIT)) {
      next = firstIsSingle ? Runlevels.SINGLE : Runlevels.BOOT;
    } else if (level.equals(Runlevels.SINGLE)) {
      next = levels.isBooted() ? plan.usual() : Runlevels.BOOT;
    }
    if (next.isEmpty() || next.equals(level)) {
      decision.end(Verdict.asked("runlevel S is over, and initdefault names no other"), Level.INFO);
    } else {
      begin(decision, levels, next);
    }
    return true;
  }

  /** Tells those who record logins which processes have begun and ended. */
  public static void recordProcesses(Decision decision) {
    for (Entry entry : decision.levels().orElseThrow().entries()) {
      int before = pid(decision.before().services().find(entry.id()));
      int now = pid(decision.find(entry.id()));
      if (entry.isRecorded() && before != now) {
        if (before != 0) {
          decision.act(
              new Effect.ActOnLevels(new LevelAction.ShowProcess(entry.name(), before, false)));
        }
        if (now != 0) {
          decision.act(
              new Effect.ActOnLevels(new LevelAction.ShowProcess(entry.name(), now, true)));
        }
      }
    }
  }

  private static int pid(Optional<ServiceState> state) {
    return state.isPresent() && state.get().up().isPresent() ? state.get().up().get().pid() : 0;
  }
}
