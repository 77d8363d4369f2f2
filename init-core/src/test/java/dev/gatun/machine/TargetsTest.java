package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OrphanId;
import dev.gatun.model.Signal;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final Meaning.Failure IS_SAID = Meaning.Failure.IS_SAID;
  private static final Meaning.Failure GIVES_CODE = Meaning.Failure.GIVES_CODE;

  /** {@code 1}, services, {@code 3}. */
  private static Stages stages() {
    return Stages.none().first("1", Stages.ONE).last("3", GIVES_CODE);
  }

  private static Life life(Stages stages, String... services) {
    return Life.supervised(stages, Stop.NO_KILL, services);
  }

  @Test
  void programs_run_one_after_another_and_then_the_services() {
    life(Stages.none().first("a", Stages.ONE).first("b", Stages.ONE), "web+log")
        .does("spawn a/first: /a")
        .exits("a/first", 0)
        .does("spawn b/first: /b")
        .exits("b/first", 0)
        .lives("web/run", "web/log");
  }

  @Test
  void the_last_programs_run_when_all_services_and_their_log_programs_are_gone() {
    life(stages(), "web+log")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .forgets()
        .lives("web/log")
        .does()
        .exits("web/log", 0)
        .does("release web", "spawn 3/last: /3")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void what_else_is_left_is_told_only_after_the_last_program() {
    Life life = life(stages(), "web").exits("1/first", 0);
    life.receives(Signal.TERM).dies("web/run", Signal.TERM).passes(SECOND);
    assertFalse(life.scans());
    life.exits("3/last", 0);
    assertTrue(life.scans());
    OrphanId orphan = new OrphanId(1, 4711);
    life.hears(new Event.OrphansArrived(SECOND, List.of(orphan))).swept(true);
    life.forgets().passes(SECOND);
    assertTrue(life.did(Effect.InspectOrphan.class));
    life.is("ending with 0");
  }

  @Test
  void a_log_program_whose_pipe_somebody_else_holds_does_not_hold_up_the_last_programs() {
    life(stages(), "web+log")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .passes(10 * SECOND)
        .lives("web/log", "3/last")
        .exits("3/last", 0)
        .swept(true)
        .is("ending with 0")
        .exits("web/log", 0)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void a_service_that_takes_its_time_holds_up_the_last_programs() {
    life(stages(), "web+log")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .passes(60 * SECOND)
        .lives("web/run", "web/log")
        .dies("web/run", Signal.TERM)
        .exits("web/log", 0)
        .lives("3/last");
  }

  @Test
  void services_are_looked_for_when_it_is_their_turn_and_only_where_more_may_come() {
    Life life = life(stages());
    assertFalse(life.did(Effect.FindServices.class));
    life.exits("1/first", 0);
    assertTrue(life.did(Effect.FindServices.class));
    assertFalse(Life.of(Plans.withoutSearch("web")).did(Effect.FindServices.class));
  }

  @Test
  void a_first_program_that_cannot_be_executed_may_be_passed_over() {
    Stages stages = Stages.none().first("a", IS_SAID);
    Life.broken(stages, Set.of("a/first"), "web").lives("web/run").is("running");
  }

  @Test
  void a_first_program_that_crashes_skips_the_services_and_gives_its_status() {
    life(stages().main("2", 111), "web")
        .forgets()
        .dies("1/first", new Signal(11))
        .does("release web", "spawn 3/last: /3")
        .is("ending with 139")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 139");
  }

  @Test
  void a_first_program_may_ask_to_skip_the_services() {
    life(stages(), "web").exits("1/first", 100).lives("3/last").is("ending with 100");
  }

  @Test
  void a_first_program_that_fails_otherwise_gives_its_status_in_the_end() {
    life(stages(), "web")
        .exits("1/first", 5)
        .lives("web/run")
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .exits("3/last", 0)
        .swept(false)
        .is("over with 5");
  }

  @Test
  void a_last_program_that_fails_gives_its_status() {
    life(stages(), "web")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .dies("3/last", Signal.KILL)
        .swept(false)
        .is("over with 137");
  }

  @Test
  void the_code_of_a_service_that_ended_the_container_is_kept() {
    life(stages(), "web+ends")
        .exits("1/first", 0)
        .exits("web/run", 1)
        .exits("3/last", 9)
        .swept(false)
        .is("over with 3");
  }

  @Test
  void any_failure_can_stop_the_start() {
    Life life = life(Stages.none().first("a", Meaning.Failure.ENDS), "web");
    life.exits("a/first", 6).is("ending with 6").lives().swept(false).is("over with 6");
    assertTrue(life.texts().contains("exit 6: a/first exited with 6"), life.texts().toString());
  }

  @Test
  void a_failure_can_be_passed_over() {
    life(Stages.none().first("a", IS_SAID), "web")
        .exits("a/first", 6)
        .lives("web/run")
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void a_first_program_that_cannot_be_executed_has_failed() {
    Life.broken(stages(), Set.of("1/first"), "web").lives("3/last").is("ending with 1");
  }

  @Test
  void a_stop_during_the_first_program_ends_it_and_runs_the_last() {
    Life.supervised(stages(), 3 * SECOND, "web")
        .forgets()
        .receives(Signal.TERM)
        .does("send TERM to 1/first", "send CONT to 1/first", "release web")
        .passes(3 * SECOND)
        .does("send KILL to 1/first")
        .dies("1/first", Signal.KILL)
        .does("spawn 3/last: /3")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void a_service_that_is_found_during_the_first_program_waits_for_its_turn() {
    life(stages())
        .found("db")
        .told("db", "u")
        .found("web")
        .told("web", "d")
        .passes(5 * SECOND)
        .lives("1/first")
        .exits("1/first", 0)
        .lives("db/run")
        .told("web", "u")
        .lives("db/run", "web/run");
  }

  @Test
  void the_main_program_runs_beside_the_services_and_its_end_is_the_containers() {
    life(stages().main("2", 111), "web")
        .exits("1/first", 0)
        .lives("2/main", "web/run")
        .exits("2/main", 3)
        .is("ending with 0")
        .dies("web/run", Signal.TERM)
        .lives("3/last");
  }

  @Test
  void a_main_program_that_crashes_is_started_again_when_its_group_is_gone() {
    life(stages().main("2", 111))
        .exits("1/first", 0)
        .forgets()
        .dies("2/main", Signal.KILL)
        .does("send KILL to the group of 2/main")
        .passes(SECOND)
        .does("spawn 2/main: /2")
        .exits("2/main", 111)
        .does("send KILL to the group of 2/main")
        .is("running");
  }

  @Test
  void a_main_program_that_is_to_be_started_again_is_not_when_the_end_has_come() {
    Life life = life(stages().main("2", 111)).exits("1/first", 0).exits("2/main", 111);
    life.lives();
    life.receives(Signal.TERM).passes(5 * SECOND).lives("3/last");
    life.exits("3/last", 0).swept(false).is("over with 0");
  }

  @Test
  void the_main_program_is_stopped_with_the_services_and_killed_when_deaf() {
    Life.supervised(stages().main("2", 111), 3 * SECOND, "web")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .lives("2/main")
        .forgets()
        .passes(3 * SECOND)
        .does("send KILL to 2/main")
        .dies("2/main", Signal.KILL)
        .does("send KILL to the group of 2/main", "spawn 3/last: /3");
  }

  @Test
  void a_main_program_that_cannot_be_executed_is_a_failure() {
    Life.broken(stages().main("2", 111), Set.of("2/main"), "web")
        .exits("1/first", 0)
        .is("ending with 1")
        .dies("web/run", Signal.TERM)
        .exits("3/last", 0)
        .swept(false)
        .is("over with 1");
  }

  @Test
  void services_that_are_not_kept_run_between_the_first_and_the_last_programs() {
    life(stages(), "a+plain", "b+plain")
        .exits("1/first", 0)
        .lives("a/run", "b/run")
        .forgets()
        .receives(Signal.TERM)
        .does(
            "send TERM to a/run", "send CONT to a/run", "send TERM to b/run", "send CONT to b/run")
        .dies("b/run", Signal.TERM)
        .lives("a/run")
        .dies("a/run", Signal.TERM)
        .lives("3/last")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void the_last_programs_never_overlap() {
    Stages last = Stages.none().last("x", GIVES_CODE).last("y", GIVES_CODE);
    Life life = life(last).receives(Signal.TERM).lives("x/last");
    life.exits("x/last", 2).lives("y/last").exits("y/last", 3).swept(false).is("over with 2");
    assertTrue(life.state().services().allGone());
  }

  @Test
  void a_program_that_sets_the_environment_does_so_for_what_comes_after_it() {
    life(Stages.none().setting("a", IS_SAID).first("b", Stages.ONE), "web")
        .does("spawn a/first: /a")
        .exits("a/first", 3)
        .does("read the environment", "spawn b/first: /b")
        .exits("b/first", 0)
        .does("spawn web/run: /s/web/run");
  }
}
