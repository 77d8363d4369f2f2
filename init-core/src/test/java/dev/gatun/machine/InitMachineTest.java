package dev.gatun.machine;

import static dev.gatun.machine.Life.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sections "Life" and "Exit code" of the dinit layout's contract, row by row. */
class InitMachineTest {
  private static final long SECOND = 1000 * MILLI;

  // Start

  @Test
  void all_services_start_at_once_each_with_its_log_program_behind_a_pipe() {
    assertEquals(
        List.of(
            "spawn api/run: /etc/service/api/run",
            "open the log pipe of db",
            "spawn db/run: /etc/service/db/run",
            "spawn db/log: /etc/service/db/log/run",
            "close the log pipe of db"),
        Life.of("db+log", "api").did());
  }

  @Test
  void without_services_it_ends_with_0_and_a_warning() {
    Life life = Life.of().isTerminatingWith(0);
    assertEquals(List.of("warning: exit 0: there are no services to run"), life.said());
    life.ends().isOverWith(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"db/run", "db/log"})
  void what_cannot_start_ends_the_container_with_1_and_says_which_and_why(String process) {
    Life life = Life.of("api", "db+log");
    life.starts("api/run").forgets().cannotStart(process).isTerminatingWith(1);
    assertEquals(List.of("send TERM to api/run", "send CONT to api/run"), life.did());
    assertEquals(
        "error: cannot start " + process + ": No such file or directory", life.said().getFirst());
  }

  @Test
  void a_container_of_which_nothing_can_start_ends_with_1() {
    Life life = Life.of("api", "db");
    life.cannotStart("api/run").cannotStart("db/run").ends().isOverWith(1);
    assertFalse(life.did().contains("send TERM to db/run"));
  }

  // Exit code

  @ParameterizedTest
  @CsvSource({"0,0", "1,3", "2,3", "114,3", "116,3", "255,3"})
  void the_first_service_that_exits_decides(int exit, int code) {
    Life.of("api", "db").started().exits("api/run", exit).isTerminatingWith(code);
  }

  @Test
  void a_service_that_is_killed_counts_as_failed() {
    Life.of("api", "db").started().dies("api/run", new Signal(9)).isTerminatingWith(3);
    Life.of("api", "db").started().dies("api/run", Signal.TERM).isTerminatingWith(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 2, 3, 37})
  void a_stop_signal_ends_it_with_0_even_when_services_then_fail(int signal) {
    Life.of("api", "db")
        .started()
        .receives(new Signal(signal))
        .isTerminatingWith(0)
        .exits("api/run", 7)
        .dies("db/run", Signal.TERM)
        .ends()
        .isOverWith(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 12, 13, 14, 28, 34, 64})
  void other_signals_do_not_end_it(int signal) {
    Life life = Life.of("api").started().forgets().receives(new Signal(signal));
    assertEquals(List.of(), life.isRunning().did());
  }

  @Test
  void what_happens_after_the_first_event_changes_nothing() {
    Life.of("api", "cron", "db+log")
        .started()
        .exits("api/run", 0)
        .isTerminatingWith(0)
        .exits("cron/run", 3)
        .receives(Signal.TERM)
        .exits("db/log", 1)
        .passes(SECOND)
        .exits("db/run", 115)
        .ends()
        .isOverWith(0);
  }

  @Test
  void further_stop_signals_change_nothing() {
    Life life = Life.of("api").started().receives(Signal.TERM).forgets();
    assertEquals(List.of(), life.receives(Signal.TERM).receives(Signal.INT).did());
    life.isTerminatingWith(0);
  }

  // Disabled services

  @Test
  void a_service_that_exits_with_115_disables_itself_and_the_rest_goes_on() {
    Life life = Life.of("api", "db").started().forgets().exits("api/run", 115);
    assertEquals(List.of(), life.isRunning().did());
    assertTrue(life.said().contains("info: service api has disabled itself"));
    life.exits("db/run", 2).isTerminatingWith(3);
  }

  @Test
  void when_nothing_is_left_running_it_ends_with_0_and_says_so() {
    Life life = Life.of("api+log", "db").started().exits("api/run", 115).exits("db/run", 115);
    life.swept(true).isRunning();
    life.exits("api/log", 1).isRunning().forgets().swept(false).isDrainingWith(0);
    assertEquals(List.of("warning: exit 0: nothing is left running"), life.said());
    life.ends().isOverWith(0);
  }

  @Test
  void an_orphan_that_still_runs_keeps_it_running() {
    Life life = Life.of("api").started().exits("api/run", 115);
    life.swept(true).isRunning().passes(SECOND).isRunning().swept(false).isDrainingWith(0);
  }

  // Log programs

  @Test
  void a_log_program_that_ends_first_ends_the_container_after_its_grace() {
    Life life = Life.of("api+log").started().exits("api/log", 1).isRunning();
    life.passes(10 * MILLI - 1).isRunning();
    life.passes(1).isTerminatingWith(3);
    assertTrue(life.did().contains("send TERM to api/run"));
  }

  @Test
  void a_log_program_that_ends_with_0_ends_the_container_with_0() {
    Life.of("api+log").started().exits("api/log", 0).passes(10 * MILLI).isTerminatingWith(0);
  }

  @Test
  void a_service_that_ends_within_the_grace_of_its_log_program_was_first() {
    Life.of("api+log", "db")
        .started()
        .exits("api/log", 0)
        .passes(9 * MILLI)
        .exits("api/run", 1)
        .isTerminatingWith(3);
    Life.of("api+log", "db")
        .started()
        .exits("api/log", 1)
        .passes(9 * MILLI)
        .exits("api/run", 115)
        .passes(SECOND)
        .isRunning();
  }

  @Test
  void a_log_program_that_ends_after_its_service_decides_nothing() {
    Life.of("api+log", "db")
        .started()
        .exits("api/run", 115)
        .exits("api/log", 1)
        .passes(SECOND)
        .isRunning();
  }

  @Test
  void of_two_log_programs_the_one_that_ended_first_decides() {
    Life life = Life.of("api+log", "db+log").started().exits("db/log", 0);
    life.passes(MILLI).exits("api/log", 1).passes(10 * MILLI).isTerminatingWith(0);
  }

  @Test
  void a_log_program_is_not_signalled_when_the_container_ends() {
    Life life = Life.of("api+log").started().forgets().receives(Signal.TERM);
    assertEquals(List.of("send TERM to api/run", "send CONT to api/run"), life.did());
    life.exits("api/run", 0).isTerminatingWith(0).swept(true).exits("api/log", 0);
    life.ends().isOverWith(0);
  }

  // Stop scripts

  @Test
  void a_service_with_a_stop_script_gets_the_script_instead_of_term() {
    Life life = Life.of("api", "db+term").started().forgets().receives(Signal.TERM);
    assertEquals(
        List.of("send TERM to api/run", "send CONT to api/run", "spawn db/term to stop db/run"),
        life.did());
  }

  @Test
  void a_stop_script_that_cannot_start_is_reported_and_replaced_by_term() {
    Life life = Life.of("db+term").started().receives(Signal.TERM).forgets();
    life.cannotStart("db/term").isTerminatingWith(0);
    assertEquals(List.of("send TERM to db/run", "send CONT to db/run"), life.did());
    assertEquals(List.of("error: cannot start db/term: No such file or directory"), life.said());
  }

  @Test
  void a_stop_script_that_could_not_start_when_its_service_was_gone_is_no_error() {
    Life life = Life.of("db+term").started().receives(Signal.TERM).exits("db/run", 0);
    life.forgets().cannotStart("db/term");
    assertEquals(List.of(), life.did());
    assertTrue(life.said().stream().noneMatch(text -> text.startsWith("error")), "" + life.said());
    life.ends().isOverWith(0);
  }

  @Test
  void a_stop_script_that_fails_is_reported_and_changes_no_code() {
    Life life = Life.of("db+term").started().receives(Signal.TERM).started().forgets();
    life.exits("db/term", 2);
    assertEquals(List.of("warning: terminate script of service db exited with 2"), life.said());
    life.exits("db/run", 0).ends().isOverWith(0);
  }

  @Test
  void the_end_waits_for_stop_scripts_too() {
    Life life = Life.of("db+term").started().receives(Signal.TERM).started().exits("db/run", 0);
    life.swept(false).isTerminatingWith(0).exits("db/term", 0).swept(false).isDrainingWith(0);
  }

  // A stop that overtakes a start

  @Test
  void term_before_a_start_is_confirmed_is_not_lost() {
    Life life = Life.of("api", "db+term").receives(Signal.TERM).isTerminatingWith(0);
    life.forgets().starts("api/run").starts("db/run");
    assertEquals(
        List.of("send TERM to api/run", "send CONT to api/run", "spawn db/term to stop db/run"),
        life.did());
    life.exits("api/run", 0).exits("db/run", 0).starts("db/term").exits("db/term", 0);
    life.ends().isOverWith(0);
  }

  @Test
  void term_before_a_start_fails_still_ends_with_0() {
    Life.of("api").receives(Signal.TERM).cannotStart("api/run").ends().isOverWith(0);
  }

  // Kill timeout

  @Test
  void nothing_is_killed_by_default() {
    Life life = Life.of("api").started().receives(Signal.TERM).forgets();
    assertEquals(List.of(), life.passes(100 * SECOND).did());
  }

  @Test
  void with_a_kill_timeout_what_does_not_stop_is_killed_once() {
    Life life = Life.of(Plans.IGNORE, 5 * SECOND, "api+log", "db+term").started();
    life.receives(Signal.TERM).started().forgets().passes(5 * SECOND - 1);
    assertEquals(List.of(), life.did());
    life.passes(1);
    assertEquals(
        List.of("send KILL to api/run", "send KILL to db/run", "send KILL to db/term"), life.did());
    assertEquals(
        List.of("send KILL to api/run", "send KILL to db/run", "send KILL to db/term"),
        life.passes(100 * SECOND).did());
  }

  @Test
  void a_log_program_has_the_timeout_anew_when_its_service_is_gone() {
    Life life = Life.of(Plans.IGNORE, 5 * SECOND, "api+log").started().receives(Signal.TERM);
    life.passes(4 * SECOND).exits("api/run", 0).forgets().passes(5 * SECOND - 1);
    assertEquals(List.of(), life.did());
    assertEquals(List.of("send KILL to api/log"), life.passes(1).did());
  }

  @Test
  void a_start_that_is_never_confirmed_leaves_no_deadline_that_is_due_for_ever() {
    Life life = Life.of(Plans.IGNORE, 5 * SECOND, "api", "db").receives(Signal.TERM);
    life.passes(6 * SECOND).starts("api/run").passes(6 * SECOND);
    assertTrue(life.did().contains("send KILL to api/run"));
    life = Life.of(Plans.IGNORE, 5 * SECOND, "api", "db").started().receives(Signal.TERM);
    life.exits("api/run", 0).exits("db/run", 0).passes(6 * SECOND);
    assertFalse(life.did().contains("send KILL to api/run"));
  }

  @Test
  void a_kill_timeout_of_0_kills_at_once() {
    Life life = Life.of(Plans.IGNORE, 0, "api").started().receives(Signal.TERM).passes(0);
    assertTrue(life.did().contains("send KILL to api/run"));
  }

  // The end

  @Test
  void it_is_over_only_when_every_byte_is_written() {
    Life life = Life.of("api").started().exits("api/run", 0).forgets().swept(false);
    assertEquals(List.of("drain the output"), life.isDrainingWith(0).did());
    life.receives(Signal.TERM).passes(SECOND).isDrainingWith(0);
    life.hears(new Event.OutputEnded(SECOND)).isOverWith(0);
  }

  @Test
  void output_that_ends_while_processes_live_ends_nothing() {
    Life.of("api").started().hears(new Event.OutputEnded(0)).isRunning();
    Life.of("api")
        .started()
        .receives(Signal.TERM)
        .hears(new Event.OutputEnded(0))
        .isTerminatingWith(0);
  }

  @Test
  void once_it_is_over_nothing_means_anything() {
    Life life = Life.of("api").started().exits("api/run", 0).ends().forgets();
    State over = life.state();
    life.receives(Signal.TERM).swept(false).passes(SECOND).hears(new Event.OutputEnded(1));
    assertEquals(List.of(), life.did());
    assertEquals(over, life.state());
  }

  @Test
  void an_exit_that_is_told_twice_is_heard_once() {
    Life life = Life.of("api", "db").started().exits("api/run", 115).forgets();
    Event again = new Event.ProcessExited(0, life.find("api/run"), new ExitStatus.Exited(1));
    assertEquals(List.of(), life.hears(again).isRunning().said());
    life.starts("api/run").isRunning();
    assertEquals(List.of(), life.did());
  }

  @Test
  void the_verdict_tells_its_cause() {
    Life life = Life.of("api").started().passes(12_340 * MILLI).exits("api/run", 7);
    assertTrue(
        life.said().contains("warning: exit 3: service api exited with 7 after 12.3 s"),
        life.said().toString());
  }
}
