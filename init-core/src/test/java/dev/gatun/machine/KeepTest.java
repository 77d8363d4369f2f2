package dev.gatun.machine;

import static dev.gatun.machine.KeptLife.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Part;
import dev.gatun.model.Signal;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Starting kept services and their log programs, and what follows the end of one of them. */
class KeepTest {

  @Test
  void a_service_and_its_log_program_start_with_a_pipe_between_them() {
    KeptLife.of("web+log")
        .did(
            "open the log pipe of web",
            "spawn web/control: /s/web/control/u",
            "spawn web/log: /s/web/log/run",
            "spawn web/run: /s/web/run")
        .lives("web/run", "web/log")
        .shows("web", "run")
        .shows("web", Part.LOG, "run");
  }

  @Test
  void a_service_that_ran_for_long_is_started_again_at_once() {
    KeptLife.of("web").passes(5 * SECOND).forgets().exits("web/run", 0).lives("web/run");
  }

  @Test
  void two_starts_are_a_second_apart() {
    KeptLife life = KeptLife.of("web").exits("web/run", 0).lives().shows("web", "down");
    life.passes(SECOND - 1).lives();
    life.passes(1).lives("web/run").shows("web", "run");
  }

  @Test
  void finish_is_run_after_each_end() {
    KeptLife.of("web")
        .having("finish")
        .passes(2 * SECOND)
        .forgets()
        .exits("web/run", 7)
        .did("spawn web/finish: /s/web/finish 7 0")
        .shows("web", "finish")
        .exits("web/finish", 1)
        .lives("web/run")
        .passes(2 * SECOND)
        .forgets()
        .dies("web/run", Signal.KILL)
        .did("spawn web/finish: /s/web/finish -1 9");
  }

  @Test
  void finish_is_told_of_a_core_dump() {
    KeptLife.of("web")
        .having("finish")
        .forgets()
        .ends("web/run", new ExitStatus.Signaled(new Signal(11), true))
        .did("spawn web/finish: /s/web/finish -1 139");
  }

  @Test
  void finish_is_told_when_the_program_cannot_be_executed() {
    KeptLife.broken(Course.NONE, Set.of("web/run"), "web")
        .did(
            "spawn web/control: /s/web/control/u",
            "spawn web/run: /s/web/run",
            "spawn web/finish: /s/web/finish 111 0")
        .is("running")
        .passes(SECOND)
        .did(
            "spawn web/control: /s/web/control/u",
            "spawn web/run: /s/web/run",
            "spawn web/finish: /s/web/finish 111 0");
  }

  @Test
  void a_long_finish_is_waited_for_and_no_pause_follows_it() {
    KeptLife.of("web")
        .having("finish")
        .exits("web/run", 0)
        .passes(30 * SECOND)
        .lives("web/finish")
        .exits("web/finish", 0)
        .lives("web/run");
  }

  @Test
  void a_service_that_is_not_to_be_restarted_stays_down() {
    KeptLife.of("web+once").exits("web/run", 0).passes(9 * SECOND).lives();
  }

  @Test
  void the_log_program_ends_after_its_service_when_it_finds_the_end_of_the_pipe() {
    KeptLife.of("web+log")
        .told("web", "x")
        .forgets()
        .dies("web/run", Signal.TERM)
        .did("spawn web/finish: /s/web/finish -1 15", "close the log pipe of web")
        .shows("web", Part.LOG, "run, want exit")
        .exits("web/log", 0)
        .did("release web");
  }

  @Test
  void a_log_program_is_restarted_and_the_pipe_stays() {
    KeptLife.of("web+log")
        .forgets()
        .exits("web/log", 1)
        .did()
        .passes(SECOND)
        .did("spawn web/log: /s/web/log/run");
  }

  @Test
  void a_log_program_that_is_down_for_the_pause_reads_what_is_left() {
    KeptLife.of("web+log")
        .told("web", "x")
        .exits("web/log", 1)
        .forgets()
        .dies("web/run", Signal.TERM)
        .did("spawn web/finish: /s/web/finish -1 15")
        .passes(SECOND)
        .did("spawn web/log: /s/web/log/run", "close the log pipe of web")
        .exits("web/log", 0)
        .did("release web");
  }

  @Test
  void a_log_program_that_is_told_to_be_down_reads_nothing_more() {
    KeptLife.of("web+log")
        .told("web", Part.LOG, "d")
        .dies("web/log", Signal.TERM)
        .told("web", "x")
        .forgets()
        .dies("web/run", Signal.TERM)
        .did("spawn web/finish: /s/web/finish -1 15", "close the log pipe of web", "release web");
  }

  @Test
  void a_log_program_that_cannot_be_executed_holds_nothing_up() {
    KeptLife.broken(Course.NONE, Set.of("web/log"), "web+log")
        .told("web", "x")
        .forgets()
        .dies("web/run", Signal.TERM)
        .passes(SECOND)
        .did(
            "spawn web/finish: /s/web/finish -1 15",
            "spawn web/log: /s/web/log/run",
            "close the log pipe of web",
            "release web");
  }

  @Test
  void a_service_that_is_found_is_started() {
    KeptLife.of("b")
        .forgets()
        .found("a+log")
        .did(
            "open the log pipe of a",
            "spawn a/control: /s/a/control/u",
            "spawn a/log: /s/a/log/run",
            "spawn a/run: /s/a/run")
        .found("a")
        .did()
        .lives("a/run", "a/log", "b/run");
  }

  @Test
  void services_that_are_found_take_their_places_among_the_others() {
    KeptLife.of("b", "d")
        .found("e")
        .found("a")
        .found("c")
        .lives("a/run", "b/run", "c/run", "d/run", "e/run")
        .told("c", "x")
        .dies("c/run", Signal.TERM)
        .forgets()
        .receives(Signal.TERM)
        .did(
            "spawn a/control: /s/a/control/t",
            "spawn b/control: /s/b/control/t",
            "spawn d/control: /s/d/control/t",
            "spawn e/control: /s/e/control/t",
            "send TERM to a/run",
            "send CONT to a/run",
            "spawn a/control: /s/a/control/x",
            "send TERM to b/run",
            "send CONT to b/run",
            "spawn b/control: /s/b/control/x",
            "send TERM to d/run",
            "send CONT to d/run",
            "spawn d/control: /s/d/control/x",
            "send TERM to e/run",
            "send CONT to e/run",
            "spawn e/control: /s/e/control/x");
  }

  @Test
  void a_service_that_vanished_goes_down_whatever_clients_say() {
    KeptLife.of("a")
        .vanished("a")
        .told("a", "u")
        .forgets()
        .dies("a/run", Signal.TERM)
        .did("spawn a/finish: /s/a/finish -1 15", "release a")
        .passes(9 * SECOND)
        .lives()
        .is("running");
  }

  @Test
  void a_service_that_comes_back_is_started_when_the_one_before_is_gone() {
    KeptLife.of("a")
        .vanished("a")
        .found("a+down")
        .forgets()
        .dies("a/run", Signal.TERM)
        .did("spawn a/finish: /s/a/finish -1 15", "release a")
        .shows("a", "down, want down");
  }

  @Test
  void a_stop_stops_services_in_order_and_then_their_log_programs() {
    KeptLife.of("a+log", "b")
        .having("finish")
        .forgets()
        .receives(Signal.TERM)
        .is("ending with 0")
        .did(
            "spawn a/control: /s/a/control/t",
            "spawn b/control: /s/b/control/t",
            "send TERM to a/run",
            "send CONT to a/run",
            "spawn a/control: /s/a/control/x",
            "send TERM to b/run",
            "send CONT to b/run",
            "spawn b/control: /s/b/control/x")
        .dies("a/run", Signal.TERM)
        .did("spawn a/finish: /s/a/finish -1 15")
        .dies("b/run", Signal.TERM)
        .exits("b/finish", 0)
        .did("spawn b/finish: /s/b/finish -1 15", "release b")
        .exits("a/finish", 0)
        .did("close the log pipe of a")
        .exits("a/log", 0)
        .did("release a")
        .swept(false)
        .is("over with 0");
  }

  @Test
  void what_is_deaf_is_killed_part_by_part() {
    KeptLife.of(Course.NONE, 3 * SECOND, "a+log")
        .having("finish")
        .receives(Signal.TERM)
        .forgets()
        .passes(3 * SECOND)
        .did("send KILL to a/run")
        .dies("a/run", Signal.KILL)
        .did("spawn a/finish: /s/a/finish -1 9")
        .passes(3 * SECOND)
        .did("send KILL to a/finish")
        .dies("a/finish", Signal.KILL)
        .did("close the log pipe of a")
        .passes(3 * SECOND)
        .did("send KILL to a/log")
        .dies("a/log", Signal.KILL)
        .did("release a");
  }

  @Test
  void what_was_paused_after_it_was_told_to_exit_goes_on_at_the_end() {
    KeptLife.of("a").told("a", "xp").forgets().receives(Signal.TERM).did("send CONT to a/run");
  }

  @Test
  void a_hanging_script_does_not_hold_up_the_end() {
    KeptLife.of(Course.NONE, 3 * SECOND, "a")
        .having("h", "t")
        .told("a", "h")
        .forgets()
        .receives(Signal.TERM)
        .did()
        .passes(3 * SECOND)
        .did("send KILL to a/run", "send KILL to a/control")
        .dies("a/run", Signal.KILL)
        .dies("a/control", Signal.KILL)
        .did("spawn a/finish: /s/a/finish -1 9", "release a");
  }

  @Test
  void nothing_is_restarted_once_the_end_has_begun() {
    KeptLife.of("a", "b")
        .exits("b/run", 1)
        .receives(Signal.TERM)
        .told("a", "u")
        .dies("a/run", Signal.TERM)
        .passes(5 * SECOND)
        .lives();
  }

  @Test
  void the_end_of_a_service_can_be_the_containers() {
    KeptLife.of("a+ends", "b")
        .having("finish")
        .forgets()
        .exits("a/run", 4)
        .is("ending with 3")
        .did(
            "spawn a/finish: /s/a/finish 4 0",
            "spawn b/control: /s/b/control/t",
            "send TERM to b/run",
            "send CONT to b/run",
            "spawn b/control: /s/b/control/x");
  }

  @Test
  void a_service_that_ends_the_container_and_cannot_be_started_is_a_failure() {
    KeptLife.broken(Course.NONE, Set.of("a/run"), "a+ends").is("ending with 1");
  }

  @Test
  void a_course_waits_for_services_to_be_found() {
    KeptLife.of().swept(false).is("running").found("a").lives("a/run");
  }

  @Test
  void without_a_course_a_container_ends_with_the_last_service_that_is_kept() {
    KeptLife life = KeptLife.of(KeptLife.plan(java.util.Optional.empty(), Plan.NO_KILL, "a"));
    life.told("a", "x").dies("a/run", Signal.TERM);
    assertTrue(life.did(Effect.SweepChildren.class));
    life.swept(false).is("over with 0");
  }
}
