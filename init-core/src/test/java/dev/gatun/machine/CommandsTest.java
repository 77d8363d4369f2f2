package dev.gatun.machine;

import static dev.gatun.machine.Life.MILLI;
import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What services that are started again do about the commands of clients. */
class CommandsTest {

  @Test
  void a_service_that_is_normally_down_waits_to_be_told() {
    Life life = Life.supervised("web+down").lives().shows("web", "down, want down");
    assertFalse(life.status("web", Stage.RUN).normallyUp());
    life.passes(60 * SECOND).lives().told("web", "u").lives("web/run").shows("web", "run");
  }

  @Test
  void down_is_term_and_cont_and_no_restart() {
    Life.supervised("web")
        .forgets()
        .told("web", "d")
        .does("send TERM to web/run", "send CONT to web/run")
        .shows("web", "run, got TERM, want down")
        .dies("web/run", Signal.TERM)
        .shows("web", "down, want down")
        .passes(60 * SECOND)
        .lives();
  }

  @Test
  void terminate_is_term_alone_and_the_service_comes_back() {
    Life.supervised("web")
        .passes(2 * SECOND)
        .forgets()
        .told("web", "t")
        .does("send TERM to web/run")
        .shows("web", "run, got TERM")
        .dies("web/run", Signal.TERM)
        .lives("web/run")
        .shows("web", "run");
  }

  @Test
  void up_in_the_pause_is_not_lost() {
    Life.supervised("web")
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
    Life.supervised("web")
        .passes(2 * SECOND)
        .told("web", "du")
        .shows("web", "run, got TERM")
        .dies("web/run", Signal.TERM)
        .lives("web/run");
  }

  @Test
  void down_in_the_pause_calls_the_start_off() {
    Life.supervised("web").exits("web/run", 1).told("web", "d").passes(9 * SECOND).lives();
  }

  @Test
  void once_starts_it_once() {
    Life.supervised("web+down")
        .told("web", "o")
        .lives("web/run")
        .shows("web", "run, want down")
        .exits("web/run", 0)
        .passes(9 * SECOND)
        .lives();
  }

  @Test
  void once_leaves_what_runs_running_for_the_last_time() {
    Life.supervised("web")
        .forgets()
        .told("web", "o")
        .does()
        .exits("web/run", 0)
        .passes(9 * SECOND)
        .lives();
  }

  @Test
  void once_in_the_pause_starts_it_when_the_pause_is_over() {
    Life.supervised("web").exits("web/run", 0).told("web", "o").passes(SECOND).lives("web/run");
  }

  @Test
  void pausing_and_going_on_are_shown() {
    Life.supervised("web")
        .forgets()
        .told("web", "p")
        .does("send STOP to web/run")
        .shows("web", "run, paused")
        .told("web", "c")
        .does("send CONT to web/run")
        .shows("web", "run");
  }

  @ParameterizedTest
  @CsvSource({"h,HUP", "a,ALRM", "i,INT", "q,QUIT", "1,USR1", "2,USR2", "k,KILL"})
  void a_letter_is_a_signal(String letter, String signal) {
    Life.supervised("web")
        .forgets()
        .told("web", letter)
        .does("send " + signal + " to web/run")
        .shows("web", "run");
  }

  @Test
  void what_is_down_gets_no_signal() {
    Life.supervised("web+down").forgets().told("web", "pchaiq12tkd").does();
  }

  @Test
  void a_script_that_succeeds_stands_in_for_the_signal() {
    Life.supervised("web")
        .having("h")
        .forgets()
        .told("web", "h")
        .exits("web/control", 0)
        .does("spawn web/control: /s/web/control/h");
  }

  @Test
  void a_script_that_fails_lets_the_signal_through() {
    Life.supervised("web")
        .having("h")
        .forgets()
        .told("web", "h")
        .exits("web/control", 1)
        .does("spawn web/control: /s/web/control/h", "send HUP to web/run");
  }

  @Test
  void down_runs_two_scripts_and_the_first_can_stand_in_for_term() {
    Life.supervised("web")
        .having("t", "d")
        .forgets()
        .told("web", "d")
        .does("spawn web/control: /s/web/control/t")
        .exits("web/control", 0)
        .does("send CONT to web/run", "spawn web/control: /s/web/control/d")
        .shows("web", "run, want down")
        .exits("web/control", 1)
        .does();
  }

  @Test
  void commands_wait_for_the_script_of_the_one_before() {
    Life.supervised("web")
        .having("h")
        .forgets()
        .told("web", "h1")
        .does("spawn web/control: /s/web/control/h")
        .exits("web/control", 1)
        .does("send HUP to web/run", "send USR1 to web/run");
  }

  @Test
  void no_more_commands_wait_than_there_is_room_for() {
    Life life = Life.supervised("web").having("h").told("web", "h".repeat(65)).forgets();
    assertEquals(64, life.state().services().get(0).orders().waiting().size());
    life.told("web", "h");
    assertTrue(life.texts().getFirst().startsWith("too many commands wait for service web"));
  }

  @Test
  void a_script_comes_before_each_start() {
    Life.supervised("web+down")
        .having("u")
        .forgets()
        .told("web", "u")
        .does("spawn web/control: /s/web/control/u")
        .shows("web", "down")
        .exits("web/control", 1)
        .does("spawn web/run: /s/web/run");
  }

  @Test
  void exit_releases_the_service_when_it_is_down() {
    Life.supervised("web")
        .having("finish")
        .forgets()
        .told("web", "x")
        .does("send TERM to web/run", "send CONT to web/run")
        .shows("web", "run, got TERM, want exit")
        .dies("web/run", Signal.TERM)
        .does("spawn web/finish: /s/web/finish -1 15")
        .exits("web/finish", 0)
        .does("release web")
        .shows("web", "down, want exit")
        .told("web", "u")
        .does()
        .is("running");
  }

  @Test
  void exit_of_a_log_program_is_ignored() {
    Life.supervised("web+log")
        .forgets()
        .told("web", Stage.LOG, "x")
        .does()
        .lives("web/run", "web/log");
  }

  @Test
  void a_log_program_is_commanded_without_scripts() {
    Life.supervised("web+log")
        .having("t", "h", "d")
        .forgets()
        .told("web", Stage.LOG, "h")
        .does("send HUP to web/log")
        .told("web", Stage.LOG, "d")
        .does("send TERM to web/log", "send CONT to web/log")
        .shows("web", Stage.LOG, "run, got TERM, want down")
        .dies("web/log", Signal.TERM)
        .passes(5 * SECOND)
        .lives("web/run")
        .told("web", Stage.LOG, "u")
        .lives("web/run", "web/log");
  }

  @Test
  void a_client_may_change_its_mind_about_exit() {
    Life.supervised("a")
        .passes(2 * SECOND)
        .told("a", "xu")
        .dies("a/run", Signal.TERM)
        .lives("a/run");
  }

  @Test
  void what_is_shown_has_the_pid_and_since_when_it_is_so() {
    Life life = Life.supervised("web").having("finish").passes(2 * SECOND);
    life.exits("web/run", 0).passes(SECOND);
    assertEquals(
        new ServiceStatus(
            ServiceStatus.Activity.FINISH,
            101,
            false,
            ServiceStatus.Wanted.UP,
            false,
            true,
            2 * SECOND,
            false,
            0,
            Optional.of(new ExitStatus.Exited(0))),
        life.status("web", Stage.RUN));
    life.told("web", "d");
    assertEquals(2 * SECOND, life.status("web", Stage.RUN).sinceNanos());
  }

  @Test
  void a_stop_that_a_script_stood_in_for_is_tried_again_when_the_container_ends() {
    Life.supervised("a")
        .having("t", "x")
        .told("a", "x")
        .exits("a/control", 0)
        .exits("a/control", 0)
        .forgets()
        .receives(Signal.TERM)
        .does("spawn a/control: /s/a/control/t");
  }

  @Test
  void the_end_of_the_container_waits_for_the_script_of_a_command() {
    Life.supervised("a")
        .having("h")
        .told("a", "h1d")
        .forgets()
        .receives(Signal.TERM)
        .does()
        .exits("a/control", 1)
        .does("send HUP to a/run", "send TERM to a/run", "send CONT to a/run");
  }

  @Test
  void a_log_program_that_reads_on_alone_is_killed_when_the_container_ends() {
    Life.supervised(Stages.none(), 3 * SECOND, "a+log")
        .told("a", "x")
        .dies("a/run", Signal.TERM)
        .passes(5 * SECOND)
        .lives("a/log")
        .receives(Signal.TERM)
        .forgets()
        .passes(3 * SECOND)
        .does("send KILL to a/log")
        .dies("a/log", Signal.KILL)
        .does("release a");
  }

  @Test
  void a_service_that_has_exited_stays_so_while_its_log_program_reads_on() {
    Life.supervised("a+log")
        .told("a", "x")
        .dies("a/run", Signal.TERM)
        .forgets()
        .told("a", "u")
        .told("a", "o")
        .passes(5 * SECOND)
        .does()
        .shows("a", "down, want exit")
        .lives("a/log");
  }
}
