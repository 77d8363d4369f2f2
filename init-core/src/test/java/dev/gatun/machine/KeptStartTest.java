package dev.gatun.machine;

import static dev.gatun.machine.KeptLife.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes between the order to start a program and the news that it has been started. */
class KeptStartTest {
  private static final Course STAGES =
      new Course(
          List.of(new Step(ServiceName.of("1"), command("/1"), Step.Failure.ENDS)),
          Optional.of(new MainProgram(ServiceName.of("2"), command("/2"), 111, SECOND)),
          List.of(),
          List.of());

  private static Command command(String program) {
    return Command.of(OsString.of(program), OsString.of("/"));
  }

  /** A service whose run program was ordered and not heard of, three seconds after the boot. */
  private static KeptLife starting() {
    return KeptLife.of(Course.NONE, 3 * SECOND, "a+down")
        .passes(3 * SECOND)
        .startsSlowly()
        .told("a", "u")
        .hearsOfNext()
        .forgets();
  }

  private static ServiceStatus status(ServiceStatus.Activity activity, int pid, long sinceNanos) {
    return new ServiceStatus(
        activity, pid, false, ServiceStatus.Wanted.UP, false, false, sinceNanos);
  }

  @Test
  void what_is_shown_is_that_it_is_down() {
    KeptLife life = starting();
    assertEquals(status(ServiceStatus.Activity.DOWN, 0, 0), life.status("a", Part.SERVICE));
    life.hasStarted();
    assertEquals(
        status(ServiceStatus.Activity.RUN, 100, 3 * SECOND), life.status("a", Part.SERVICE));
  }

  @Test
  void a_finish_script_has_no_pid_yet() {
    KeptLife life = KeptLife.of("a+down").having("finish").told("a", "u").startsSlowly();
    life.passes(SECOND).exits("a/run", 0);
    assertEquals(status(ServiceStatus.Activity.FINISH, 0, SECOND), life.status("a", Part.SERVICE));
    life.hasStarted();
    assertEquals(
        status(ServiceStatus.Activity.FINISH, 101, SECOND), life.status("a", Part.SERVICE));
  }

  @Test
  void commands_wait_for_the_outcome() {
    starting()
        .told("a", "hd")
        .did()
        .hasStarted()
        .did(
            "spawn a/control: /s/a/control/h",
            "send HUP to a/run",
            "spawn a/control: /s/a/control/t",
            "send TERM to a/run",
            "send CONT to a/run",
            "spawn a/control: /s/a/control/d");
  }

  @Test
  void the_end_of_the_container_is_told_as_soon_as_it_runs() {
    starting()
        .receives(Signal.TERM)
        .did()
        .hasStarted()
        .did(
            "spawn a/control: /s/a/control/t",
            "send TERM to a/run",
            "send CONT to a/run",
            "spawn a/control: /s/a/control/x")
        .passes(3 * SECOND)
        .did("send KILL to a/run")
        .dies("a/run", Signal.KILL)
        .did("spawn a/finish: /s/a/finish -1 9", "release a");
  }

  @Test
  void a_service_that_vanished_is_stopped_as_soon_as_it_runs_and_not_killed() {
    starting()
        .vanished("a")
        .did()
        .hasStarted()
        .did(
            "spawn a/control: /s/a/control/t",
            "send TERM to a/run",
            "send CONT to a/run",
            "spawn a/control: /s/a/control/x")
        .passes(60 * SECOND)
        .did();
  }

  @Test
  void a_first_program_is_told_of_the_end_as_soon_as_it_runs() {
    KeptLife.startingSlowly(STAGES, 3 * SECOND)
        .forgets()
        .receives(Signal.TERM)
        .did()
        .hasStarted()
        .did("send TERM to 1/first", "send CONT to 1/first")
        .passes(3 * SECOND)
        .did("send KILL to 1/first")
        .dies("1/first", Signal.KILL)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void so_is_the_main_program() {
    KeptLife.of(STAGES, 3 * SECOND)
        .startsSlowly()
        .exits("1/first", 0)
        .forgets()
        .receives(Signal.TERM)
        .did()
        .hasStarted()
        .did("send TERM to 2/main", "send CONT to 2/main")
        .passes(3 * SECOND)
        .did("send KILL to 2/main")
        .dies("2/main", Signal.KILL)
        .swept(false)
        .is("over with 0");
  }
}
