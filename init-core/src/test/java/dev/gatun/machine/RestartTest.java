package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Starting services that are started again and their log programs, and what follows the end of one
 * of them.
 */
class RestartTest {

  @Test
  void a_service_and_its_log_program_start_with_a_pipe_between_them() {
    Life.supervised("web+log")
        .does(
            "open the log pipe of web",
            "spawn web/run: /s/web/run",
            "spawn web/log: /s/web/log/run")
        .lives("web/run", "web/log")
        .shows("web", "run")
        .shows("web", Stage.LOG, "run");
  }

  @Test
  void a_service_that_ran_for_long_is_started_again_at_once() {
    Life.supervised("web").passes(5 * SECOND).forgets().exits("web/run", 0).lives("web/run");
  }

  @Test
  void two_starts_are_a_second_apart() {
    Life life = Life.supervised("web").exits("web/run", 0).lives().shows("web", "down");
    life.passes(SECOND - 1).lives();
    life.passes(1).lives("web/run").shows("web", "run");
  }

  @Test
  void finish_is_run_after_each_end() {
    Life.supervised("web")
        .having("finish")
        .passes(2 * SECOND)
        .forgets()
        .exits("web/run", 7)
        .does("spawn web/finish: /s/web/finish 7 0")
        .shows("web", "finish")
        .exits("web/finish", 1)
        .lives("web/run")
        .passes(2 * SECOND)
        .forgets()
        .dies("web/run", Signal.KILL)
        .does("spawn web/finish: /s/web/finish -1 9");
  }

  @Test
  void finish_is_told_of_a_core_dump() {
    Life.supervised("web")
        .having("finish")
        .forgets()
        .ends("web/run", new ExitStatus.Signaled(new Signal(11), true))
        .does("spawn web/finish: /s/web/finish -1 139");
  }

  @Test
  void finish_is_told_when_the_program_cannot_be_executed() {
    Life.broken(Stages.none(), Set.of("web/run"), "web")
        .does("spawn web/run: /s/web/run")
        .is("running")
        .passes(SECOND)
        .does("spawn web/run: /s/web/run");
  }

  @Test
  void a_long_finish_is_waited_for_and_no_pause_follows_it() {
    Life.supervised("web")
        .having("finish")
        .exits("web/run", 0)
        .passes(30 * SECOND)
        .lives("web/finish")
        .exits("web/finish", 0)
        .lives("web/run");
  }

  @Test
  void a_service_that_is_not_to_be_restarted_stays_down() {
    Life.supervised("web+once").exits("web/run", 0).passes(9 * SECOND).lives();
  }

  @Test
  void the_log_program_ends_after_its_service_when_it_finds_the_end_of_the_pipe() {
    Life.supervised("web+log")
        .told("web", "x")
        .forgets()
        .dies("web/run", Signal.TERM)
        .does("close the log pipe of web")
        .shows("web", Stage.LOG, "run, want exit")
        .exits("web/log", 0)
        .does("release web");
  }

  @Test
  void a_log_program_is_restarted_and_the_pipe_stays() {
    Life.supervised("web+log")
        .forgets()
        .exits("web/log", 1)
        .does()
        .passes(SECOND)
        .does("spawn web/log: /s/web/log/run");
  }

  @Test
  void a_log_program_that_is_down_for_the_pause_reads_what_is_left() {
    Life.supervised("web+log")
        .told("web", "x")
        .exits("web/log", 1)
        .forgets()
        .dies("web/run", Signal.TERM)
        .does()
        .passes(SECOND)
        .does("spawn web/log: /s/web/log/run", "close the log pipe of web")
        .exits("web/log", 0)
        .does("release web");
  }

  @Test
  void a_log_program_that_is_told_to_be_down_reads_nothing_more() {
    Life.supervised("web+log")
        .told("web", Stage.LOG, "d")
        .dies("web/log", Signal.TERM)
        .told("web", "x")
        .forgets()
        .dies("web/run", Signal.TERM)
        .does("close the log pipe of web", "release web");
  }

  @Test
  void a_log_program_that_cannot_be_executed_holds_nothing_up() {
    Life.broken(Stages.none(), Set.of("web/log"), "web+log")
        .told("web", "x")
        .forgets()
        .dies("web/run", Signal.TERM)
        .passes(SECOND)
        .does("spawn web/log: /s/web/log/run", "close the log pipe of web", "release web");
  }

  @Test
  void a_service_that_is_found_is_started() {
    Life.supervised("b")
        .forgets()
        .found("a+log")
        .does("open the log pipe of a", "spawn a/run: /s/a/run", "spawn a/log: /s/a/log/run")
        .found("a")
        .does()
        .lives("a/run", "a/log", "b/run");
  }

  @Test
  void services_that_are_found_take_their_places_among_the_others() {
    Life.supervised("b", "d")
        .found("e")
        .found("a")
        .found("c")
        .lives("a/run", "b/run", "c/run", "d/run", "e/run")
        .told("c", "x")
        .dies("c/run", Signal.TERM)
        .forgets()
        .receives(Signal.TERM)
        .does(
            "send TERM to a/run",
            "send CONT to a/run",
            "send TERM to b/run",
            "send CONT to b/run",
            "send TERM to d/run",
            "send CONT to d/run",
            "send TERM to e/run",
            "send CONT to e/run");
  }

  @Test
  void a_service_that_vanished_goes_down_whatever_clients_say() {
    Life.supervised("a")
        .vanished("a")
        .told("a", "u")
        .forgets()
        .dies("a/run", Signal.TERM)
        .does("release a")
        .passes(9 * SECOND)
        .lives()
        .is("running");
  }

  @Test
  void a_service_that_comes_back_is_started_when_the_one_before_is_gone() {
    Life.supervised("a")
        .vanished("a")
        .found("a+down")
        .forgets()
        .dies("a/run", Signal.TERM)
        .does("release a")
        .shows("a", "down, want down");
  }

  @Test
  void a_stop_stops_services_in_order_and_then_their_log_programs() {
    Life.supervised("a+log", "b")
        .having("finish")
        .forgets()
        .receives(Signal.TERM)
        .is("ending with 0")
        .does(
            "send TERM to a/run", "send CONT to a/run", "send TERM to b/run", "send CONT to b/run")
        .dies("a/run", Signal.TERM)
        .does("spawn a/finish: /s/a/finish -1 15")
        .dies("b/run", Signal.TERM)
        .exits("b/finish", 0)
        .does("spawn b/finish: /s/b/finish -1 15", "release b")
        .exits("a/finish", 0)
        .does("close the log pipe of a")
        .exits("a/log", 0)
        .does("release a")
        .swept(false)
        .is("over with 0");
  }

  @Test
  void what_is_deaf_is_killed_part_by_part() {
    Life.supervised(Stages.none(), 3 * SECOND, "a+log")
        .having("finish")
        .receives(Signal.TERM)
        .forgets()
        .passes(3 * SECOND)
        .does("send KILL to a/run")
        .dies("a/run", Signal.KILL)
        .does("spawn a/finish: /s/a/finish -1 9")
        .passes(3 * SECOND)
        .does("send KILL to a/finish")
        .dies("a/finish", Signal.KILL)
        .does("close the log pipe of a")
        .passes(3 * SECOND)
        .does("send KILL to a/log")
        .dies("a/log", Signal.KILL)
        .does("release a");
  }

  @Test
  void what_was_paused_after_it_was_told_to_exit_goes_on_at_the_end() {
    Life.supervised("a").told("a", "xp").forgets().receives(Signal.TERM).does("send CONT to a/run");
  }

  @Test
  void a_hanging_script_does_not_hold_up_the_end() {
    Life.supervised(Stages.none(), 3 * SECOND, "a")
        .having("h", "t")
        .told("a", "h")
        .forgets()
        .receives(Signal.TERM)
        .does()
        .passes(3 * SECOND)
        .does("send KILL to a/run", "send KILL to a/control")
        .dies("a/run", Signal.KILL)
        .dies("a/control", Signal.KILL)
        .does("release a");
  }

  @Test
  void a_finish_program_that_hangs_does_not_hold_up_the_end() {
    Life.supervised(Stages.none(), 3 * SECOND, "a")
        .having("finish")
        .exits("a/run", 1)
        .lives("a/finish")
        .forgets()
        .receives(Signal.TERM)
        .does()
        .passes(3 * SECOND)
        .does("send KILL to a/finish")
        .dies("a/finish", Signal.KILL)
        .does("release a");
  }

  @Test
  void nothing_is_restarted_once_the_end_has_begun() {
    Life.supervised("a", "b")
        .exits("b/run", 1)
        .receives(Signal.TERM)
        .told("a", "u")
        .dies("a/run", Signal.TERM)
        .passes(5 * SECOND)
        .lives();
  }

  @Test
  void the_end_of_a_service_can_be_the_containers() {
    Life.supervised("a+ends", "b")
        .having("finish")
        .forgets()
        .exits("a/run", 4)
        .is("ending with 3")
        .does("spawn a/finish: /s/a/finish 4 0", "send TERM to b/run", "send CONT to b/run");
  }

  @Test
  void a_service_that_ends_the_container_and_cannot_be_started_is_a_failure() {
    Life.broken(Stages.none(), Set.of("a/run"), "a+ends").is("ending with 1");
  }

  @Test
  void a_course_waits_for_services_to_be_found() {
    Life.supervised().swept(false).is("running").found("a").lives("a/run");
  }

  @Test
  void without_a_course_a_container_ends_with_the_last_service_that_is_kept() {
    Life life = Life.of(Plans.withoutSearch("a"));
    life.told("a", "x").dies("a/run", Signal.TERM);
    assertTrue(life.did(Effect.Sweep.class));
    life.swept(false).is("over with 0");
  }
}
