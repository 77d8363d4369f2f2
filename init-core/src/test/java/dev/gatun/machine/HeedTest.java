package dev.gatun.machine;

import static dev.gatun.machine.KeptLife.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import dev.gatun.plan.SignalRule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeedTest {
  private static final OsString PERMIT = OsString.of("/stopit");
  private static final Command SCRIPT = Command.of(OsString.of("/ctrlaltdel"), OsString.of("/"));
  private static final SignalRule ASKS = new SignalRule(Signal.CONT, Optional.empty(), PERMIT);
  private static final SignalRule RUNS = new SignalRule(Signal.INT, Optional.of(SCRIPT), PERMIT);

  private static KeptLife life(SignalRule rule, long killAfterNanos) {
    Course course = new Course(List.of(), Optional.empty(), List.of(), List.of(rule));
    return KeptLife.of(course, killAfterNanos, "web");
  }

  /** With a script that is there. */
  private static KeptLife life(long killAfterNanos) {
    return life(RUNS, killAfterNanos).having("ctrlaltdel");
  }

  @Test
  void a_signal_ends_the_container_where_a_file_permits_it() {
    KeptLife life = life(ASKS, Plan.NO_KILL).forgets().receives(Signal.CONT);
    life.did("ask whether /stopit permits the end").is("running");
    life.permitting().receives(Signal.CONT).is("ending with 0");
    assertTrue(life.said().contains("exit 0: received signal CONT"), life.said().toString());
  }

  @Test
  void a_script_is_run_before_a_file_is_asked() {
    life(Plan.NO_KILL)
        .permitting()
        .forgets()
        .receives(Signal.INT)
        .receives(Signal.INT)
        .did("spawn INT/signal: /ctrlaltdel")
        .exits("INT/signal", 1)
        .is("ending with 0");
  }

  @Test
  void a_script_is_run_for_each_signal_until_a_file_permits_the_end() {
    life(Plan.NO_KILL)
        .receives(Signal.INT)
        .exits("INT/signal", 0)
        .is("running")
        .forgets()
        .receives(Signal.INT)
        .did("spawn INT/signal: /ctrlaltdel");
  }

  @Test
  void a_script_that_is_not_there_is_not_needed() {
    life(RUNS, Plan.NO_KILL).permitting().receives(Signal.INT).is("ending with 0");
  }

  @Test
  void a_script_that_runs_when_the_container_ends_is_told_and_waited_for() {
    life(Plan.NO_KILL)
        .receives(Signal.INT)
        .receives(Signal.TERM)
        .dies("web/run", Signal.TERM)
        .lives("INT/signal")
        .passes(100 * SECOND)
        .is("ending with 0")
        .forgets()
        .dies("INT/signal", Signal.TERM)
        .swept(false)
        .is("over with 0");
  }

  @Test
  void one_that_does_not_obey_is_killed_as_services_are() {
    KeptLife life = life(5 * SECOND).receives(Signal.INT).receives(Signal.TERM);
    life.dies("web/run", Signal.TERM).lives("INT/signal").forgets();
    life.passes(5 * SECOND).did("send KILL to INT/signal");
    life.passes(5 * SECOND).did().is("ending with 0");
    life.dies("INT/signal", Signal.KILL).swept(false).is("over with 0");
  }
}
