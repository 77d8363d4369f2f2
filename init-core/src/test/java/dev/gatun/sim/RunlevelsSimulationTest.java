package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.machine.level.LevelAction;
import dev.gatun.machine.level.LevelRequest;
import dev.gatun.machine.level.Levels;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.LevelSignal;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Action;
import dev.gatun.plan.Runlevels.Entry;
import dev.gatun.plan.Runlevels.Request;
import dev.gatun.plan.Service;
import dev.gatun.plan.Stop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Containers of runlevels from a seed: entries of every action, requests, signals, new entries and
 * ends of processes at any time. After each step it is looked at what must always hold.
 */
class RunlevelsSimulationTest {
  private static final int SEEDS = 400;
  private static final int STEPS = 150;
  private static final long SECOND = 1_000_000_000L;
  private static final long WINDOW = 120 * SECOND;
  private static final int MOST_STARTS = 10;

  private static final List<LevelSignal> SIGNALS =
      List.of(
          new LevelSignal(Signal.INT, Request.CTRLALTDEL),
          new LevelSignal(Signal.TERM, Request.CTRLALTDEL_OR_HALT),
          new LevelSignal(new Signal(28), Request.KBREQUEST),
          new LevelSignal(Signal.TSTP, Request.PAUSE),
          new LevelSignal(Signal.CONT, Request.CONTINUE));

  private static final String LEVELS = "0123456S";

  /** One container, and what is known of its processes. */
  private static final class Life {
    final Random random;
    final Queue<Event> answers = new ArrayDeque<>();
    final Map<ServiceId, Incarnation> alive = new HashMap<>();
    final Map<ServiceId, List<Long>> starts = new HashMap<>();
    final List<Effect> transcript = new ArrayList<>();
    State state;
    long nowNanos;
    String level = "";
    int pids = 2;

    Life(long seed) {
      random = new Random(seed);
      take(InitMachine.boot(plan(), 0));
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    private Plan plan() {
      Plan.Builder plan = Plan.builder().findsServices(true);
      return plan.runlevels(entries(plan)).build();
    }

    private Runlevels entries(Plan.Builder plan) {
      List<Entry> entries = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        Action action = Action.values()[random.nextInt(Action.values().length)];
        ServiceId id = ServiceId.run(ServiceName.of("e" + random.nextInt(40) + "-" + i));
        Program program = Program.of(OsString.of("/bin/x"), OsString.of("/"));
        boolean isRespawned = action == Action.RESPAWN || action == Action.ONDEMAND;
        Service.Builder service =
            isRespawned
                ? Service.longrun(id, program).restart(Restart.always(0))
                : Service.oneshot(id, program, new Meaning.Oneshot(Meaning.Failure.IS_SAID));
        plan.add(service.startedByOrder().stop(Stop.bySignal(SECOND).ofGroup()).build());
        entries.add(new Entry(id, OsString.of("e"), levels(action), action, true));
      }
      String first = "" + LEVELS.charAt(1 + random.nextInt(LEVELS.length() - 1));
      Runlevels.Limit limit = new Runlevels.Limit(MOST_STARTS, WINDOW, 300 * SECOND);
      return new Runlevels(entries, first, "3", SIGNALS, limit, 3 * SECOND);
    }

    private String levels(Action action) {
      return switch (action) {
        case SYSINIT -> Runlevels.SYSINIT;
        case BOOT, BOOTWAIT -> Runlevels.BOOT;
        case ONDEMAND -> chance(50) ? "a" : "ab";
        default -> {
          StringBuilder some = new StringBuilder();
          for (char level : LEVELS.toCharArray()) {
            some.append(chance(40) ? level : "");
          }
          yield some.isEmpty() ? "3" : some.toString();
        }
      };
    }

    void take(Transition transition) {
      State before = state;
      state = transition.state();
      for (Effect effect : transition.effects()) {
        transcript.add(effect);
        if (effect instanceof Effect.ActOnLevels act
            && act.action() instanceof LevelAction.ShowLevel shown) {
          level = shown.level();
        }
        if (effect instanceof Effect.Spawn spawn) {
          ServiceId id = ServiceId.run(spawn.who().service());
          if (before != null) {
            checkStart(id);
          }
          assertFalse(alive.containsKey(id), id + " runs twice");
          alive.put(id, spawn.who());
          answers.add(
              chance(5)
                  ? new Event.SpawnFailed(nowNanos, spawn.who(), "no memory")
                  : new Event.ProcessSpawned(nowNanos, spawn.who(), pids++));
        } else if (effect instanceof Effect.FindServices && chance(80) && before != null) {
          Plan.Builder read = Plan.builder();
          Runlevels entries = entries(read);
          answers.add(asked(new LevelRequest.Reread(read.build().services(), entries)));
        }
      }
    }

    /** What is started is wanted, it is its turn, and it is not started too often. */
    private void checkStart(ServiceId id) {
      Levels levels = state.levels().orElseThrow();
      Entry entry =
          levels.runlevels().entries().stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElseThrow(() -> new AssertionError(id + " is no entry"));
      boolean isWanted =
          entry.isIn(level) || levels.demanded().contains(id) || entry.action().isTriggered();
      assertTrue(isWanted, entry + " is not wanted in " + level + ": " + levels);
      assertFalse(levels.isPaused(nowNanos), "started in a pause");
      for (Entry other : levels.runlevels().entries()) {
        if (other.id().equals(id)) {
          break;
        }
        boolean holdsUp = other.action().isWaitedFor() && alive.containsKey(other.id());
        assertFalse(holdsUp, id + " is started while " + other.id() + " runs");
      }
      List<Long> counted = starts.computeIfAbsent(id, any -> new ArrayList<>());
      counted.add(nowNanos);
    }

    Event asked(LevelRequest request) {
      return new Event.LevelRequested(nowNanos, request);
    }

    void hear(Event event) {
      take(InitMachine.step(state, event));
    }

    /** Something that happens by chance. */
    void next() {
      if (!answers.isEmpty() && chance(70)) {
        answer();
      } else if (!alive.isEmpty() && chance(50)) {
        endOne();
      } else if (chance(30)) {
        passTime(random.nextInt(20) * SECOND / 2);
      } else if (chance(50)) {
        String letters = LEVELS + "qqaabu";
        String level = "" + letters.charAt(random.nextInt(letters.length()));
        hear(asked(new LevelRequest.Enter(level, random.nextInt(5) * SECOND)));
      } else {
        Signal signal = SIGNALS.get(random.nextInt(SIGNALS.size())).signal();
        hear(new Event.SignalReceived(nowNanos, signal));
      }
    }

    private void answer() {
      Event event = answers.remove();
      if (event instanceof Event.SpawnFailed failed) {
        alive.remove(ServiceId.run(failed.who().service()));
      }
      hear(event);
    }

    /** One that is known to run has ended. */
    void endOne() {
      for (Incarnation who : List.copyOf(alive.values())) {
        boolean isKnown =
            answers.stream()
                .noneMatch(
                    event ->
                        event instanceof Event.ProcessSpawned e && e.who().is(who)
                            || event instanceof Event.SpawnFailed f && f.who().is(who));
        if (isKnown) {
          alive.remove(ServiceId.run(who.service()));
          ExitStatus status = new ExitStatus.Exited(random.nextInt(2));
          hear(new Event.ProcessExited(nowNanos, who, status));
          return;
        }
      }
    }

    void passTime(long nanos) {
      long until = nowNanos + nanos;
      while (state.nextDeadline().isDue(until)) {
        nowNanos = Math.max(nowNanos, state.nextDeadline().atNanos());
        hear(new Event.TimePassed(nowNanos));
        for (int i = 0; i < 1000 && !answers.isEmpty(); i++) {
          answer();
        }
      }
      nowNanos = until;
    }

    /** Everybody obeys: the container ends when it is asked to. */
    void end() {
      hear(new Event.SignalReceived(nowNanos, Signal.CONT));
      hear(asked(new LevelRequest.Enter("0", SECOND)));
      for (int i = 0; i < 500 && state.isRunning(); i++) {
        while (!answers.isEmpty()) {
          answer();
        }
        endOne();
        passTime(SECOND);
      }
      assertFalse(state.isRunning(), "it does not end: " + state.levels());
    }
  }

  @Test
  void whatMustHoldHoldsWheneverAnythingHappens() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        live(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static Life live(long seed) {
    Life life = new Life(seed);
    for (int i = 0; i < STEPS && life.state.isRunning(); i++) {
      life.next();
    }
    if (life.state.isRunning()) {
      life.end();
    }
    return life;
  }

  @Test
  void aSeedGivesTheSameLifeTwice() {
    for (long seed = 1; seed <= 20; seed++) {
      assertEquals(live(seed).transcript, live(seed).transcript);
    }
  }

  @Test
  void oneThatEndsAtOnceIsStartedTenTimesInTwoMinutes() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Life life = new Life(seed);
      for (int i = 0; i < STEPS && life.state.isRunning(); i++) {
        if (life.answers.isEmpty()) {
          life.endOne();
        } else {
          life.answer();
        }
        life.passTime(i % 7 == 0 ? SECOND : 0);
      }
      for (Map.Entry<ServiceId, List<Long>> started : life.starts.entrySet()) {
        List<Long> at = started.getValue();
        for (int i = MOST_STARTS; i < at.size(); i++) {
          long span = at.get(i) - at.get(i - MOST_STARTS);
          assertTrue(span >= WINDOW, seed + ": " + started.getKey() + " within " + span);
        }
      }
    }
  }
}
