package dev.gatun.machine;

import static dev.gatun.machine.KeptLife.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.Plan;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceTest {
  /** As stage 1 has it. */
  private static final Step.Failure ONE = new Step.Failure(false, 100, true, true);

  private static final MainProgram TWO =
      new MainProgram(ServiceName.of("2"), command("/2"), 111, SECOND);

  private static Command command(String program) {
    return Command.of(OsString.of(program), OsString.of("/"));
  }

  private static Step step(String name, Step.Failure failure) {
    return new Step(ServiceName.of(name), command("/" + name), failure);
  }

  private static Course course(List<Step> first, List<Step> last) {
    return new Course(first, Optional.empty(), last, List.of());
  }

  /** {@code 1}, services, {@code 3}. */
  private static Course stages(Optional<MainProgram> main, SignalRule... signals) {
    return new Course(
        List.of(step("1", ONE)),
        main,
        List.of(step("3", Step.Failure.GIVES_CODE)),
        List.of(signals));
  }

  private static KeptLife life(Course course, String... services) {
    return KeptLife.of(course, Plan.NO_KILL, services);
  }

  @Test
  void programs_run_one_after_another_and_then_the_services() {
    life(course(List.of(step("a", ONE), step("b", ONE)), List.of()), "web+log")
        .did("spawn a/first: /a")
        .exits("a/first", 0)
        .did("spawn b/first: /b")
        .exits("b/first", 0)
        .lives("web/run", "web/log");
  }

  @Test
  void the_last_programs_run_when_all_services_and_their_log_programs_are_gone() {
    life(stages(Optional.empty()), "web+log")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .forgets()
        .lives("web/log")
        .did()
        .exits("web/log", 0)
        .did("release web", "spawn 3/last: /3")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void what_else_is_left_is_told_only_after_the_last_program() {
    KeptLife life = life(stages(Optional.empty()), "web").exits("1/first", 0);
    life.receives(Signal.TERM).dies("web/run", Signal.TERM).passes(SECOND);
    assertFalse(life.did(Effect.ScanOrphans.class));
    life.exits("3/last", 0);
    assertTrue(life.did(Effect.ScanOrphans.class));
    OrphanId orphan = new OrphanId(1, 4711);
    life.hears(new Event.OrphansArrived(SECOND, List.of(orphan))).swept(true);
    life.forgets().passes(SECOND);
    assertTrue(life.did(Effect.InspectOrphan.class));
    life.is("ending with 0");
  }

  @Test
  void a_log_program_whose_pipe_somebody_else_holds_does_not_hold_up_the_last_programs() {
    life(stages(Optional.empty()), "web+log")
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
    life(stages(Optional.empty()), "web+log")
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
    KeptLife life = life(stages(Optional.empty()));
    assertFalse(life.did(Effect.FindServices.class));
    life.exits("1/first", 0);
    assertTrue(life.did(Effect.FindServices.class));
    assertFalse(
        KeptLife.of(KeptLife.plan(Optional.empty(), Plan.NO_KILL, "web"))
            .did(Effect.FindServices.class));
  }

  @Test
  void a_first_program_that_cannot_be_executed_may_be_passed_over() {
    Course course = course(List.of(step("a", Step.Failure.IS_SAID)), List.of());
    KeptLife.broken(course, Set.of("a/first"), "web").lives("web/run").is("running");
  }

  @Test
  void a_first_program_that_crashes_skips_the_services_and_gives_its_status() {
    life(stages(Optional.of(TWO)), "web")
        .forgets()
        .dies("1/first", new Signal(11))
        .did("release web", "spawn 3/last: /3")
        .is("ending with 139")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 139");
  }

  @Test
  void a_first_program_may_ask_to_skip_the_services() {
    life(stages(Optional.empty()), "web")
        .exits("1/first", 100)
        .lives("3/last")
        .is("ending with 100");
  }

  @Test
  void a_first_program_that_fails_otherwise_gives_its_status_in_the_end() {
    life(stages(Optional.empty()), "web")
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
    life(stages(Optional.empty()), "web")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .dies("3/last", Signal.KILL)
        .swept(false)
        .is("over with 137");
  }

  @Test
  void the_code_of_a_service_that_ended_the_container_is_kept() {
    life(stages(Optional.empty()), "web+ends")
        .exits("1/first", 0)
        .exits("web/run", 1)
        .exits("3/last", 9)
        .swept(false)
        .is("over with 3");
  }

  @Test
  void any_failure_can_stop_the_start() {
    KeptLife life = life(course(List.of(step("a", Step.Failure.ENDS)), List.of()), "web");
    life.exits("a/first", 6).is("ending with 6").lives().swept(false).is("over with 6");
    assertTrue(life.said().contains("exit 6: a/first exited with 6"), life.said().toString());
  }

  @Test
  void a_failure_can_be_passed_over() {
    life(course(List.of(step("a", Step.Failure.IS_SAID)), List.of()), "web")
        .exits("a/first", 6)
        .lives("web/run")
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void a_first_program_that_cannot_be_executed_has_failed() {
    KeptLife.broken(stages(Optional.empty()), Set.of("1/first"), "web")
        .lives("3/last")
        .is("ending with 1");
  }

  @Test
  void a_stop_during_the_first_program_ends_it_and_runs_the_last() {
    KeptLife.of(stages(Optional.empty()), 3 * SECOND, "web")
        .forgets()
        .receives(Signal.TERM)
        .did("release web", "send TERM to 1/first", "send CONT to 1/first")
        .passes(3 * SECOND)
        .did("send KILL to 1/first")
        .dies("1/first", Signal.KILL)
        .did("spawn 3/last: /3")
        .exits("3/last", 0)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void a_service_that_is_found_during_the_first_program_waits_for_its_turn() {
    life(stages(Optional.empty()))
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
    life(stages(Optional.of(TWO)), "web")
        .exits("1/first", 0)
        .lives("2/main", "web/run")
        .exits("2/main", 3)
        .is("ending with 0")
        .dies("web/run", Signal.TERM)
        .lives("3/last");
  }

  @Test
  void a_main_program_that_crashes_is_started_again_when_its_group_is_gone() {
    life(stages(Optional.of(TWO)))
        .exits("1/first", 0)
        .forgets()
        .dies("2/main", Signal.KILL)
        .did("send KILL to the group of 2/main")
        .passes(SECOND)
        .did("spawn 2/main: /2")
        .exits("2/main", 111)
        .did("send KILL to the group of 2/main")
        .is("running");
  }

  @Test
  void a_main_program_that_is_to_be_started_again_is_not_when_the_end_has_come() {
    KeptLife life = life(stages(Optional.of(TWO))).exits("1/first", 0).exits("2/main", 111);
    assertEquals(ProcessState.Down.IT, life.state().regime().get().main());
    life.receives(Signal.TERM).passes(5 * SECOND).lives("3/last");
    assertEquals(ProcessState.Ended.IT, life.state().regime().get().main());
    life.exits("3/last", 0).swept(false).is("over with 0");
  }

  @Test
  void the_main_program_is_stopped_with_the_services_and_killed_when_deaf() {
    KeptLife.of(stages(Optional.of(TWO)), 3 * SECOND, "web")
        .exits("1/first", 0)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .lives("2/main")
        .forgets()
        .passes(3 * SECOND)
        .did("send KILL to 2/main")
        .dies("2/main", Signal.KILL)
        .did("spawn 3/last: /3");
  }

  @Test
  void a_main_program_that_cannot_be_executed_is_a_failure() {
    KeptLife.broken(stages(Optional.of(TWO)), Set.of("2/main"), "web")
        .exits("1/first", 0)
        .is("ending with 1")
        .dies("web/run", Signal.TERM)
        .exits("3/last", 0)
        .swept(false)
        .is("over with 1");
  }

  @Test
  void services_that_are_not_kept_run_between_the_first_and_the_last_programs() {
    life(stages(Optional.empty()), "a+plain", "b+plain")
        .exits("1/first", 0)
        .lives("a/run", "b/run")
        .forgets()
        .receives(Signal.TERM)
        .did("send TERM to a/run", "send CONT to a/run", "send TERM to b/run", "send CONT to b/run")
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
    List<Step> last = new ArrayList<>();
    last.add(step("x", Step.Failure.GIVES_CODE));
    last.add(step("y", Step.Failure.GIVES_CODE));
    KeptLife life = life(course(List.of(), last)).receives(Signal.TERM).lives("x/last");
    life.exits("x/last", 2).lives("y/last").exits("y/last", 3).swept(false).is("over with 2");
    assertEquals(List.of(), List.copyOf(life.state().regime().get().services()));
  }

  @Test
  void a_program_that_sets_the_environment_does_so_for_what_comes_after_it() {
    Step sets = new Step(ServiceName.of("a"), command("/a"), Step.Failure.IS_SAID, true);
    life(course(List.of(sets, step("b", ONE)), List.of()), "web")
        .did("spawn a/first: /a")
        .exits("a/first", 3)
        .did("refresh environment", "spawn b/first: /b")
        .exits("b/first", 0)
        .did("spawn web/control: /s/web/control/u", "spawn web/run: /s/web/run");
  }
}
