package dev.gatun.machine;

import static dev.gatun.machine.Life.MILLI;
import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What people are told of services that are started again, and of the programs before, beside and
 * after them.
 */
class MessagesTest {

  /** {@code first}, services beside {@code main}, {@code last}. */
  private static Stages stages(Meaning.Failure failure) {
    return Stages.none()
        .first("first", failure)
        .main("main", 111)
        .last("last", Meaning.Failure.GIVES_CODE);
  }

  private static Life life(Meaning.Failure failure, String... services) {
    return Life.supervised(stages(failure), Stop.NO_KILL, services);
  }

  @Test
  void that_a_service_came_or_went() {
    Life life = Life.supervised("a").forgets().found("b");
    assertEquals(List.of("service b has been found"), life.said(Level.INFO));
    life.forgets().vanished("b");
    assertEquals(List.of("service b has vanished: stopping it"), life.said(Level.INFO));
  }

  @Test
  void how_a_service_and_its_log_program_ended() {
    Life life = Life.supervised("a+log").passes(1290 * MILLI).forgets().exits("a/run", 7);
    assertEquals(List.of("service a exited with 7 after 1.2 s"), life.said(Level.INFO));
    life.passes(2 * SECOND).forgets().dies("a/run", Signal.TERM);
    assertEquals(List.of("service a was killed by TERM after 2.0 s"), life.said(Level.INFO));
    life.forgets().dies("a/log", Signal.KILL);
    assertEquals(List.of("log program of service a was killed by KILL"), life.said(Level.INFO));
  }

  @Test
  void which_process_was_started() {
    Life life = Life.supervised("a");
    assertEquals(List.of("a/run has started as process 100"), life.said(Level.DEBUG));
    assertEquals(List.of(), life.texts());
    Life first = life(Meaning.Failure.ENDS);
    assertEquals(List.of("first/first has started as process 100"), first.said(Level.DEBUG));
  }

  @Test
  void why_a_program_could_not_be_started() {
    Life life = Life.broken(Stages.none(), Set.of("a/run"), "a");
    assertEquals(List.of("cannot start a/run: No such file or directory"), life.said(Level.ERROR));
  }

  /** It may be one of hundreds: the cause was said of the first. */
  @Test
  void that_a_program_could_not_be_started_for_a_reason_that_was_said() {
    Life life = Life.supervised("a+down").having("u").startsSlowly().told("a", "u");
    Incarnation script = life.find("a/control");
    life.forgets().hears(new Event.SpawnFailed(0, script, ""));
    assertEquals(
        List.of("cannot start a/control for a reason that others had"), life.said(Level.DEBUG));
    assertEquals(List.of(), life.texts());
    life.does("spawn a/run: /s/a/run");
  }

  @Test
  void that_what_is_deaf_was_killed() {
    Life life = Life.supervised(Stages.none(), 3 * SECOND, "a").receives(Signal.TERM).forgets();
    life.passes(3 * SECOND);
    assertEquals(List.of("a/run did not stop in time: killing it"), life.said(Level.WARNING));
  }

  @Test
  void that_a_first_program_could_not_be_executed() {
    Life life = Life.broken(stages(Meaning.Failure.ENDS), Set.of("first/first"), "a");
    assertEquals(
        List.of("cannot start first/first: No such file or directory"), life.said(Level.ERROR));
    assertEquals(List.of("exit 1: first/first could not be started"), life.said(Level.WARNING));
  }

  @Test
  void that_a_first_program_failed() {
    Life life = life(Meaning.Failure.IS_SAID, "a").exits("first/first", 6);
    assertEquals(List.of("first/first exited with 6 (/first)"), life.said(Level.ERROR));
  }

  @Test
  void how_a_first_program_ended_that_was_told_to() {
    Life life = life(Meaning.Failure.ENDS).receives(Signal.TERM).forgets();
    life.dies("first/first", Signal.TERM);
    assertEquals(List.of("first/first was killed by TERM"), life.said(Level.INFO));
    assertEquals(List.of(), life.said(Level.WARNING));
  }

  @Test
  void that_a_failure_before_decides_about_the_code() {
    Life life = life(Meaning.Failure.GIVES_CODE).exits("first/first", 5).receives(Signal.TERM);
    life.dies("main/main", Signal.TERM).forgets().exits("last/last", 0);
    assertEquals(
        List.of("exit 5: a program that is run once has failed, and received signal TERM"),
        life.said(Level.WARNING));
  }

  @Test
  void that_a_first_program_failed_where_nothing_else_is() {
    Stages first = Stages.none().first("first", Meaning.Failure.GIVES_CODE);
    Plan plan = Plans.supervised(first, Stop.NO_KILL).toBuilder().findsServices(false).build();
    Life life = Life.of(plan).started().forgets().exits("first/first", 7).swept(false);
    assertEquals(
        List.of(
            "error: first/first exited with 7 (/first)",
            "warning: exit 0: nothing is left running",
            "warning: exit 7: a program that is run once has failed, and nothing is left running"),
        life.said());
    life.isDrainingWith(7);
  }

  @Test
  void that_a_last_program_failed() {
    Life life = life(Meaning.Failure.ENDS).exits("first/first", 0).receives(Signal.TERM);
    life.dies("main/main", Signal.TERM).forgets().exits("last/last", 2);
    assertEquals("last/last exited with 2", life.said(Level.WARNING).getFirst());
  }

  @Test
  void how_the_main_program_ended_and_that_it_is_started_again() {
    Life life = life(Meaning.Failure.ENDS).exits("first/first", 0).forgets();
    life.exits("main/main", 111);
    assertEquals(List.of("main/main exited with 111"), life.said(Level.INFO));
    assertEquals(List.of("main/main exited with 111: starting it again"), life.said(Level.WARNING));
    life.passes(SECOND).forgets().exits("main/main", 0);
    assertEquals(List.of("exit 0: main/main exited with 0"), life.said(Level.WARNING));
  }
}
