package dev.gatun.machine;

import static dev.gatun.machine.KeptLife.MILLI;
import static dev.gatun.machine.KeptLife.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void a_service_that_is_normally_down_waits_to_be_told() {
    KeptLife life = KeptLife.of("web+down").lives().shows("web", "down, want down");
    assertFalse(life.status("web", Part.SERVICE).normallyUp());
    life.passes(60 * SECOND).lives().told("web", "u").lives("web/run").shows("web", "run");
  }

  @Test
  void a_service_that_is_not_to_be_restarted_stays_down() {
    KeptLife.of("web+once").exits("web/run", 0).passes(9 * SECOND).lives();
  }

  @Test
  void down_is_term_and_cont_and_no_restart() {
    KeptLife.of("web")
        .forgets()
        .told("web", "d")
        .did(
            "spawn web/control: /s/web/control/t",
            "send TERM to web/run",
            "send CONT to web/run",
            "spawn web/control: /s/web/control/d")
        .shows("web", "run, got TERM, want down")
        .dies("web/run", Signal.TERM)
        .shows("web", "down, want down")
        .passes(60 * SECOND)
        .lives();
  }

  @Test
  void terminate_is_term_alone_and_the_service_comes_back() {
    KeptLife.of("web")
        .passes(2 * SECOND)
        .forgets()
        .told("web", "t")
        .did("spawn web/control: /s/web/control/t", "send TERM to web/run")
        .shows("web", "run, got TERM")
        .dies("web/run", Signal.TERM)
        .lives("web/run")
        .shows("web", "run");
  }

  @Test
  void up_in_the_pause_is_not_lost() {
    KeptLife.of("web")
        .told("web", "d")
        .dies("web/run", Signal.TERM)
        .passes(100 * MILLI)
        .told("web", "u")
        .lives()
        .passes(900 * MILLI)
        .lives("web/run");
  }

  @Test
  void up_before_the_end_of_what_is_told_to_go_down_brings_it_back() {
    KeptLife.of("web")
        .passes(2 * SECOND)
        .told("web", "du")
        .shows("web", "run, got TERM")
        .dies("web/run", Signal.TERM)
        .lives("web/run");
  }

  @Test
  void down_in_the_pause_calls_the_start_off() {
    KeptLife.of("web").exits("web/run", 1).told("web", "d").passes(9 * SECOND).lives();
  }

  @Test
  void once_starts_it_once() {
    KeptLife.of("web+down")
        .told("web", "o")
        .lives("web/run")
        .shows("web", "run, want down")
        .exits("web/run", 0)
        .passes(9 * SECOND)
        .lives();
  }

  @Test
  void once_leaves_what_runs_running_for_the_last_time() {
    KeptLife.of("web")
        .forgets()
        .told("web", "o")
        .did()
        .exits("web/run", 0)
        .passes(9 * SECOND)
        .lives();
  }

  @Test
  void once_in_the_pause_starts_it_when_the_pause_is_over() {
    KeptLife.of("web").exits("web/run", 0).told("web", "o").passes(SECOND).lives("web/run");
  }

  @Test
  void pausing_and_going_on_are_shown() {
    KeptLife.of("web")
        .forgets()
        .told("web", "p")
        .did("spawn web/control: /s/web/control/p", "send STOP to web/run")
        .shows("web", "run, paused")
        .told("web", "c")
        .did("spawn web/control: /s/web/control/c", "send CONT to web/run")
        .shows("web", "run");
  }

  @ParameterizedTest
  @CsvSource({"h,HUP", "a,ALRM", "i,INT", "q,QUIT", "1,USR1", "2,USR2", "k,KILL"})
  void a_letter_is_a_signal(String letter, String signal) {
    KeptLife.of("web")
        .forgets()
        .told("web", letter)
        .did("spawn web/control: /s/web/control/" + letter, "send " + signal + " to web/run")
        .shows("web", "run");
  }

  @Test
  void what_is_down_gets_no_signal() {
    KeptLife.of("web+down").forgets().told("web", "pchaiq12tkd").did();
  }

  @Test
  void a_script_that_succeeds_stands_in_for_the_signal() {
    KeptLife.of("web")
        .having("h")
        .forgets()
        .told("web", "h")
        .exits("web/control", 0)
        .did("spawn web/control: /s/web/control/h");
  }

  @Test
  void a_script_that_fails_lets_the_signal_through() {
    KeptLife.of("web")
        .having("h")
        .forgets()
        .told("web", "h")
        .exits("web/control", 1)
        .did("spawn web/control: /s/web/control/h", "send HUP to web/run");
  }

  @Test
  void down_runs_two_scripts_and_the_first_can_stand_in_for_term() {
    KeptLife.of("web")
        .having("t", "d")
        .forgets()
        .told("web", "d")
        .did("spawn web/control: /s/web/control/t")
        .exits("web/control", 0)
        .did("send CONT to web/run", "spawn web/control: /s/web/control/d")
        .shows("web", "run, want down")
        .exits("web/control", 1)
        .did();
  }

  @Test
  void commands_wait_for_the_script_of_the_one_before() {
    KeptLife.of("web")
        .having("h")
        .forgets()
        .told("web", "h1")
        .did("spawn web/control: /s/web/control/h")
        .exits("web/control", 1)
        .did("send HUP to web/run", "spawn web/control: /s/web/control/1", "send USR1 to web/run");
  }

  @Test
  void no_more_commands_wait_than_there_is_room_for() {
    KeptLife life = KeptLife.of("web").having("h").told("web", "h".repeat(65)).forgets();
    assertEquals(64, life.state().regime().get().services().getFirst().service().waiting().size());
    life.told("web", "h");
    assertTrue(life.said().getFirst().startsWith("too many commands wait for service web"));
  }

  @Test
  void a_script_comes_before_each_start() {
    KeptLife.of("web+down")
        .having("u")
        .forgets()
        .told("web", "u")
        .did("spawn web/control: /s/web/control/u")
        .shows("web", "down")
        .exits("web/control", 1)
        .did("spawn web/run: /s/web/run");
  }

  @Test
  void exit_releases_the_service_when_it_is_down() {
    KeptLife.of("web")
        .having("finish")
        .forgets()
        .told("web", "x")
        .did(
            "spawn web/control: /s/web/control/t",
            "send TERM to web/run",
            "send CONT to web/run",
            "spawn web/control: /s/web/control/x")
        .shows("web", "run, got TERM, want exit")
        .dies("web/run", Signal.TERM)
        .did("spawn web/finish: /s/web/finish -1 15")
        .exits("web/finish", 0)
        .did("release web")
        .shows("web", "down, want exit")
        .told("web", "u")
        .did()
        .is("running");
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
  void exit_of_a_log_program_is_ignored() {
    KeptLife.of("web+log").forgets().told("web", Part.LOG, "x").did().lives("web/run", "web/log");
  }

  @Test
  void a_log_program_is_commanded_without_scripts() {
    KeptLife.of("web+log")
        .having("t", "h", "d")
        .forgets()
        .told("web", Part.LOG, "h")
        .did("send HUP to web/log")
        .told("web", Part.LOG, "d")
        .did("send TERM to web/log", "send CONT to web/log")
        .shows("web", Part.LOG, "run, got TERM, want down")
        .dies("web/log", Signal.TERM)
        .passes(5 * SECOND)
        .lives("web/run")
        .told("web", Part.LOG, "u")
        .lives("web/run", "web/log");
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
  void a_client_may_change_its_mind_about_exit() {
    KeptLife.of("a").passes(2 * SECOND).told("a", "xu").dies("a/run", Signal.TERM).lives("a/run");
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

  @Test
  void what_is_shown_has_the_pid_and_since_when_it_is_so() {
    KeptLife life = KeptLife.of("web").having("finish").passes(2 * SECOND);
    life.exits("web/run", 0).passes(SECOND);
    assertEquals(
        new ServiceStatus(
            ServiceStatus.Activity.FINISH,
            101,
            false,
            ServiceStatus.Wanted.UP,
            false,
            true,
            2 * SECOND),
        life.status("web", Part.SERVICE));
    life.told("web", "d");
    assertEquals(2 * SECOND, life.status("web", Part.SERVICE).sinceNanos());
  }
}
