package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Meaning;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes between the order to start a program and the news that it has been started. */
class StartTest {
  private static Stages stages() {
    return Stages.none().first("1", Meaning.Failure.ENDS).main("2", 111);
  }

  /** A service whose run program was ordered and not heard of, three seconds after the boot. */
  private static Life starting() {
    return Life.supervised(Stages.none(), 3 * SECOND, "a+down")
        .passes(3 * SECOND)
        .startsSlowly()
        .told("a", "u")
        .forgets();
  }

  private static ServiceStatus status(ServiceStatus.Activity activity, int pid, long sinceNanos) {
    return new ServiceStatus(
        activity, pid, false, ServiceStatus.Wanted.UP, false, false, sinceNanos);
  }

  @Test
  void what_is_shown_is_that_it_is_down() {
    Life life = starting();
    assertEquals(status(ServiceStatus.Activity.DOWN, 0, 0), life.status("a", Stage.RUN));
    life.hasStarted();
    assertEquals(status(ServiceStatus.Activity.RUN, 100, 3 * SECOND), life.status("a", Stage.RUN));
  }

  @Test
  void a_finish_script_is_shown_when_it_has_a_pid() {
    Life life = Life.supervised("a+down").having("finish").told("a", "u").startsSlowly();
    life.passes(SECOND).exits("a/run", 0);
    assertEquals(ServiceStatus.Activity.RUN, life.status("a", Stage.RUN).activity());
    life.hasStarted();
    ServiceStatus finishing = life.status("a", Stage.RUN);
    assertEquals(ServiceStatus.Activity.FINISH, finishing.activity());
    assertEquals(101, finishing.pid());
    assertEquals(Optional.of(new ExitStatus.Exited(0)), finishing.lastEnd());
  }

  @Test
  void commands_wait_for_the_outcome() {
    starting()
        .told("a", "hd")
        .does()
        .hasStarted()
        .does("send HUP to a/run", "send TERM to a/run", "send CONT to a/run");
  }

  @Test
  void the_end_of_the_container_is_told_as_soon_as_it_runs() {
    starting()
        .receives(Signal.TERM)
        .does()
        .hasStarted()
        .does("send TERM to a/run", "send CONT to a/run")
        .passes(3 * SECOND)
        .does("send KILL to a/run")
        .dies("a/run", Signal.KILL)
        .does("release a");
  }

  @Test
  void a_service_that_vanished_is_stopped_as_soon_as_it_runs_and_not_killed() {
    starting()
        .vanished("a")
        .does()
        .hasStarted()
        .does("send TERM to a/run", "send CONT to a/run")
        .passes(60 * SECOND)
        .does();
  }

  @Test
  void a_first_program_is_told_of_the_end_as_soon_as_it_runs() {
    Life.startingSlowly(Plans.supervised(stages(), 3 * SECOND))
        .forgets()
        .receives(Signal.TERM)
        .does()
        .hasStarted()
        .does("send TERM to 1/first", "send CONT to 1/first")
        .passes(3 * SECOND)
        .does("send KILL to 1/first")
        .dies("1/first", Signal.KILL)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void so_is_the_main_program() {
    Life.supervised(stages(), 3 * SECOND)
        .startsSlowly()
        .exits("1/first", 0)
        .forgets()
        .receives(Signal.TERM)
        .does()
        .hasStarted()
        .does("send TERM to 2/main", "send CONT to 2/main")
        .passes(3 * SECOND)
        .does("send KILL to 2/main")
        .dies("2/main", Signal.KILL)
        .swept(false)
        .is("over with 0");
  }
}
