package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;

import dev.gatun.model.Signal;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Stop;
import org.junit.jupiter.api.Test;

/** Programs that are run when the container is to end, while the services still run. */
class ClosingTest {
  private static final Meaning.Failure ONE = Stages.ONE;

  /** {@code a}, services, {@code x}. */
  private static Stages openingAndClosing() {
    return Stages.none().first("a", ONE).closing("x", ONE);
  }

  private static Life life(Stages stages, String... services) {
    return Life.supervised(stages, Stop.NO_KILL, services);
  }

  /** Services, {@code x}, and {@code z} when they have stopped. */
  private static Stages closing() {
    return Stages.none().closing("x", ONE).last("z", ONE);
  }

  @Test
  void services_go_on_until_the_closing_programs_have_ended() {
    life(closing().closing("y", Meaning.Failure.GIVES_CODE), "web")
        .lives("web/run")
        .forgets()
        .receives(Signal.TERM)
        .does("spawn x/last: /x")
        .passes(SECOND)
        .exits("web/run", 1)
        .does("spawn web/run: /s/web/run");
  }

  @Test
  void closing_programs_run_one_after_another_and_one_that_fails_gives_its_code() {
    life(closing().closing("y", Meaning.Failure.GIVES_CODE), "web")
        .forgets()
        .receives(Signal.TERM)
        .does("spawn x/last: /x")
        .exits("x/last", 100)
        .does("spawn y/last: /y")
        .lives("web/run", "y/last")
        .exits("y/last", 4)
        .dies("web/run", Signal.TERM)
        .lives("z/last")
        .exits("z/last", 0)
        .swept(false)
        .is("over with 100");
  }

  @Test
  void a_service_whose_end_ends_the_container_is_not_started_again_meanwhile() {
    life(closing(), "api", "web+ends")
        .exits("web/run", 3)
        .passes(2 * SECOND)
        .lives("api/run", "x/last")
        .exits("x/last", 0)
        .dies("api/run", Signal.TERM)
        .exits("z/last", 0)
        .swept(false)
        .is("over with 3");
  }

  @Test
  void clients_are_obeyed_while_closing_programs_run() {
    life(closing(), "web")
        .receives(Signal.TERM)
        .told("web", "d")
        .dies("web/run", Signal.TERM)
        .passes(2 * SECOND)
        .lives("x/last");
  }

  @Test
  void a_first_program_that_fails_leaves_nothing_to_close() {
    life(openingAndClosing(), "web").exits("a/first", 100).swept(false).is("over with 100");
  }

  @Test
  void nothing_is_closed_that_was_never_open() {
    life(openingAndClosing(), "web")
        .forgets()
        .receives(Signal.TERM)
        .dies("a/first", Signal.TERM)
        .swept(false)
        .is("over with 0");
  }
}
