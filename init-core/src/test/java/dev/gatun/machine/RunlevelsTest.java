package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.level.LevelRequest;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
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
import dev.gatun.plan.Runlevels.Power;
import dev.gatun.plan.Runlevels.Request;
import dev.gatun.plan.Service;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runlevels: what is started in which order, what a change of the level stops, and what ends. */
class RunlevelsTest {
  private static final List<LevelSignal> SIGNALS =
      List.of(
          new LevelSignal(Signal.INT, Request.CTRLALTDEL),
          new LevelSignal(Signal.TERM, Request.CTRLALTDEL_OR_HALT),
          new LevelSignal(Signal.HUP, Request.RELOAD),
          new LevelSignal(Signal.TSTP, Request.PAUSE),
          new LevelSignal(Signal.CONT, Request.CONTINUE),
          new LevelSignal(Signal.PWR, Request.POWER));

  private static final Runlevels.Limit LIMIT = new Runlevels.Limit(10, 120 * SECOND, 300 * SECOND);

  /** Entries are written as {@code NAME:LEVELS:ACTION}. */
  private static Plan plan(String first, String... lines) {
    List<Entry> entries = new ArrayList<>();
    Plan.Builder plan = Plan.builder().environment(Plans.ENVIRONMENT).orphans(Plans.IGNORE);
    for (String line : lines) {
      String[] fields = line.split(":");
      Action action = Action.valueOf(fields[2].toUpperCase(java.util.Locale.ROOT));
      ServiceId id = ServiceId.run(ServiceName.of(fields[0]));
      Program program = Program.of(OsString.of("/bin/" + fields[0]), OsString.of("/"));
      boolean isRespawned = action == Action.RESPAWN || action == Action.ONDEMAND;
      Service.Builder service =
          isRespawned
              ? Service.longrun(id, program).restart(Restart.always(0))
              : Service.oneshot(id, program, new Meaning.Oneshot(Meaning.Failure.IS_SAID));
      plan.add(service.startedByOrder().stop(Stop.bySignal(SECOND).ofGroup()).build());
      entries.add(new Entry(id, OsString.of(fields[0]), fields[1], action, true));
    }
    return plan.findsServices(true)
        .runlevels(new Runlevels(entries, first, "3", SIGNALS, LIMIT, 3 * SECOND))
        .build();
  }

  private static Life life(String... lines) {
    return Life.of(plan("3", lines));
  }

  private static Event requested(Life life, LevelRequest request) {
    return new Event.LevelRequested(life.nowNanos, request);
  }

  private static Life asks(Life life, String level) {
    return life.hears(requested(life, new LevelRequest.Enter(level, 3 * SECOND)));
  }

  private static Life reads(Life life, String... lines) {
    Plan read = plan("3", lines);
    return life.hears(
        requested(life, new LevelRequest.Reread(read.services(), read.runlevels().orElseThrow())));
  }

  @Test
  void each_is_started_in_the_order_of_the_file_and_waited_for_where_that_is_said() {
    Life life =
        life("z:#:sysinit", "y:#:sysinit", "b:*:boot", "c:*:bootwait", "w:3:wait", "a:3:once");
    life.lives("z/run").exits("z/run", 0).lives("y/run");
    life.exits("y/run", 1).lives("b/run", "c/run").exits("c/run", 0).lives("b/run", "w/run");
    life.forgets().exits("w/run", 0).lives("b/run", "a/run");
    life.exits("a/run", 0).exits("b/run", 0).isRunning();
    assertTrue(life.said(Level.WARNING).contains("INIT: no more processes left in this runlevel"));
  }

  @Test
  void programs_are_told_which_level_it_is() {
    Life life = life("s:#:sysinit", "a:3:once", "b:2:once");
    assertEquals("S N", told(life, "s"));
    life.exits("s/run", 0);
    assertEquals("3 N", told(life, "a"));
    asks(life.exits("a/run", 0), "2");
    assertEquals("2 3", told(life, "b"));
  }

  private static String told(Life life, String name) {
    Environment environment = environmentOf(life, name + "/run");
    return environment.get("RUNLEVEL") + " " + environment.get("PREVLEVEL");
  }

  /** What the last process of that name was started with. */
  private static Environment environmentOf(Life life, String process) {
    Incarnation who = life.find(process);
    return life.effects.stream()
        .filter(effect -> effect instanceof Effect.Spawn spawn && spawn.who().is(who))
        .map(effect -> ((Effect.Spawn) effect).environment())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_the_next_level_does_not_want_is_told_by_its_group_and_killed() {
    Life life = life("a:3:respawn", "b:23:respawn", "c:2:once");
    life.lives("a/run", "b/run").forgets();
    asks(life, "2").lives("a/run", "b/run");
    assertEquals(
        List.of("send TERM to the group of a/run", "send CONT to the group of a/run"), life.did());
    life.forgets().passes(3 * SECOND);
    assertEquals(List.of("send KILL to a/run", "send KILL to the group of a/run"), life.did());
    life.dies("a/run", Signal.KILL).lives("b/run", "c/run");
    asks(life.exits("c/run", 0), "3").lives("a/run", "b/run");
    life.passes(100 * SECOND).lives("a/run", "b/run");
  }

  @Test
  void what_is_run_once_is_run_on_the_way_into_its_levels_only() {
    Life life = life("w:23:wait", "o:3:once");
    life.exits("w/run", 0).exits("o/run", 0);
    asks(life, "2").lives();
    asks(life, "3").lives("o/run");
    asks(life.exits("o/run", 0), "4").lives();
    asks(life, "2").lives("w/run");
  }

  @Test
  void the_container_ends_when_the_last_level_has_done_what_it_waits_for() {
    Life life = life("r:3:respawn", "l:0:wait", "m:0:wait");
    asks(life, "0").exits("r/run", 0).lives("l/run");
    asks(life, "u").exits("l/run", 0).lives("m/run").isRunning();
    life.exits("m/run", 3).isTerminatingWith(0).ends();
  }

  @Test
  void a_request_is_taken_while_something_is_waited_for() {
    Life life = life("w:3:wait", "l:6:wait");
    asks(life, "6").lives("w/run");
    life.dies("w/run", Signal.TERM).lives("l/run").exits("l/run", 0).isTerminatingWith(0);
  }

  @Test
  void one_that_ends_again_and_again_is_held_back() {
    Life life = life("r:3:respawn");
    for (int i = 0; i < 10; i++) {
      life.lives("r/run").exits("r/run", 1);
    }
    life.lives();
    assertTrue(
        life.said(Level.WARNING)
            .contains("INIT: Id \"r\" respawning too fast: disabled for 5 minutes"));
    life.passes(300 * SECOND - 1).lives().passes(1).lives("r/run");
    for (int i = 0; i < 10; i++) {
      life.exits("r/run", 1);
    }
    reads(life.lives(), "r:3:respawn").lives("r/run");
  }

  @Test
  void starts_count_for_two_minutes_from_the_first() {
    Life life = life("r:3:respawn");
    for (int i = 0; i < 50; i++) {
      life.passes(13 * SECOND).exits("r/run", 1).lives("r/run");
    }
  }

  @Test
  void what_is_asked_for_runs_in_every_level_but_the_one_for_one_user() {
    Life life = life("d:a:ondemand", "s:S:wait", "r:23:respawn");
    asks(life.lives("r/run"), "a").lives("r/run", "d/run");
    life.exits("d/run", 0).lives("r/run", "d/run");
    asks(life, "2").lives("r/run", "d/run");
    asks(life, "S").exits("d/run", 0).exits("r/run", 0).lives("s/run");
    life.exits("s/run", 0).lives("r/run");
  }

  @Test
  void the_level_for_one_user_may_come_first() {
    Life life = Life.of(plan("S", "i:#:sysinit", "b:*:bootwait", "s:S:wait", "a:3:once"));
    life.exits("i/run", 0).lives("s/run").exits("s/run", 0).lives("b/run");
    life.exits("b/run", 0).lives("a/run");
    assertEquals("3 S", told(life, "a"));
  }

  @Test
  void a_stop_signal_ends_the_container_even_where_what_it_runs_fails() {
    Life asked = life("k:03:ctrlaltdel", "r:3:respawn", "l:0:wait");
    asks(asked.receives(Signal.TERM).lives("k/run", "r/run"), "0");
    asked.exits("k/run", 0).exits("r/run", 0).lives("l/run");
    Life failed = life("k:03:ctrlaltdel", "r:3:respawn", "l:0:wait");
    failed.receives(Signal.TERM).exits("k/run", 1).exits("r/run", 0).lives("l/run");
    failed.exits("l/run", 0).isTerminatingWith(0);
    Life only = life("k:03:ctrlaltdel", "r:3:respawn");
    only.receives(Signal.INT).exits("k/run", 0).lives("r/run").isRunning();
  }

  @Test
  void a_stop_signal_counts_before_the_first_level_too() {
    Life life = life("k:3:ctrlaltdel", "i:#:sysinit", "l:0:wait");
    life.receives(Signal.TERM).lives("k/run", "i/run").exits("k/run", 0);
    life.dies("i/run", Signal.TERM).lives("l/run").exits("l/run", 0).isTerminatingWith(0);
  }

  @Test
  void entries_that_are_read_anew_start_and_those_that_have_gone_stop() {
    Life life = life("a:3:respawn", "b:3:respawn", "c:3:respawn").receives(Signal.HUP);
    reads(life.forgets(), "a:3:once", "c:3:respawn", "n:3:once").lives("a/run", "b/run", "c/run");
    life.exits("a/run", 0).lives("b/run", "c/run");
    life.exits("b/run", 0).lives("c/run", "a/run", "n/run").exits("a/run", 0);
    reads(life, "a:3:once", "c:3:respawn", "n:3:once").lives("c/run", "n/run");
  }

  @Test
  void programs_for_the_power_run_when_it_changes() {
    Life life = life("f:3:powerfail", "w:3:powerwait", "n:3:powerfailnow", "o:3:powerokwait");
    life.lives().hears(requested(life, new LevelRequest.PowerIs(Power.FAILING)));
    life.lives("f/run", "w/run").exits("f/run", 0).exits("w/run", 0);
    life.hears(requested(life, new LevelRequest.PowerIs(Power.FAILING_NOW))).lives("n/run");
    life.hears(requested(life, new LevelRequest.PowerIs(Power.BACK))).lives("n/run", "o/run");
  }

  @Test
  void nothing_is_started_in_a_pause_which_ends_some_day() {
    Life life = life("r:3:respawn").receives(Signal.TSTP).exits("r/run", 0).lives();
    life.receives(Signal.CONT).lives("r/run").receives(Signal.TSTP).exits("r/run", 0);
    life.lives().passes(30 * SECOND).lives("r/run");
  }

  @Test
  void clients_set_variables_of_a_kind_and_not_too_many() {
    Life life = life("r:3:respawn");
    for (int i = 0; i < 17; i++) {
      sets(life, "INIT_" + i, Optional.of(OsString.of("x")));
    }
    sets(life, "OTHER", Optional.of(OsString.of("x")));
    sets(life, "INIT_0", Optional.empty());
    life.exits("r/run", 0);
    Environment environment = environmentOf(life, "r/run");
    assertEquals(null, environment.get("INIT_0"));
    assertEquals("x", environment.get("INIT_15").toString());
    assertEquals(null, environment.get("INIT_16"));
    assertEquals(null, environment.get("OTHER"));
  }

  private static void sets(Life life, String name, Optional<OsString> value) {
    life.hears(requested(life, new LevelRequest.SetVariable(name, value)));
  }

  @Test
  void those_who_record_logins_are_told() {
    Life life = life("r:3:respawn");
    assertEquals(
        List.of(
            "show level # after N",
            "show level * after N",
            "show level 3 after N",
            "spawn r/run: /bin/r",
            "show that 100 of r runs"),
        life.did());
    life.forgets().exits("r/run", 0);
    assertEquals(
        List.of("spawn r/run: /bin/r", "show that 100 of r has ended", "show that 101 of r runs"),
        life.did());
  }
}
