package dev.gatun.machine;

import static dev.gatun.machine.KeptLife.SECOND;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Programs that are run when the container is to end, while the services still run. */
class ClosingTest {
  private static final Step.Failure ONE = new Step.Failure(false, 100, true, true);

  private static Step step(String name, Step.Failure failure) {
    Command command = Command.of(OsString.of("/" + name), OsString.of("/"));
    return new Step(ServiceName.of(name), command, failure);
  }

  /** {@code a}, services, {@code x}. */
  private static Course openingAndClosing() {
    return new Course(
        List.of(step("a", ONE)), Optional.empty(), List.of(step("x", ONE)), List.of(), List.of());
  }

  private static KeptLife life(Course course, String... services) {
    return KeptLife.of(course, Plan.NO_KILL, services);
  }

  private static Course closing(Step... closing) {
    return new Course(
        List.of(), Optional.empty(), List.of(closing), List.of(step("z", ONE)), List.of());
  }

  @Test
  void services_go_on_until_the_closing_programs_have_ended() {
    life(closing(step("x", ONE), step("y", Step.Failure.GIVES_CODE)), "web")
        .lives("web/run")
        .forgets()
        .receives(Signal.TERM)
        .did("spawn x/last: /x")
        .passes(SECOND)
        .exits("web/run", 1)
        .did(
            "spawn web/finish: /s/web/finish 1 0",
            "spawn web/control: /s/web/control/u",
            "spawn web/run: /s/web/run");
  }

  @Test
  void closing_programs_run_one_after_another_and_one_that_fails_gives_its_code() {
    life(closing(step("x", ONE), step("y", Step.Failure.GIVES_CODE)), "web")
        .forgets()
        .receives(Signal.TERM)
        .did("spawn x/last: /x")
        .exits("x/last", 100)
        .did("spawn y/last: /y")
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
    life(closing(step("x", ONE)), "api", "web+ends")
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
    life(closing(step("x", ONE)), "web")
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
