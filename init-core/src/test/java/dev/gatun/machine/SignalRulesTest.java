package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Signal;
import dev.gatun.plan.Stop;
import org.junit.jupiter.api.Test;

class SignalRulesTest {
  private static Life life(Stages stages, long killAfterNanos) {
    return Life.supervised(stages, killAfterNanos, "web");
  }

  /** With a script that is there. */
  private static Life life(long killAfterNanos) {
    return life(Stages.none().running(Signal.INT), killAfterNanos).having("ctrlaltdel");
  }

  @Test
  void a_signal_ends_the_container_where_a_file_permits_it() {
    Life life =
        life(Stages.none().asking(Signal.CONT), Stop.NO_KILL).forgets().receives(Signal.CONT);
    life.does("ask whether /stopit permits the end").is("running");
    life.permitting().receives(Signal.CONT).is("ending with 0");
    assertTrue(life.texts().contains("exit 0: received signal CONT"), life.texts().toString());
  }

  @Test
  void a_script_is_run_before_a_file_is_asked() {
    life(Stop.NO_KILL)
        .permitting()
        .forgets()
        .receives(Signal.INT)
        .receives(Signal.INT)
        .does("spawn INT/signal: /ctrlaltdel")
        .exits("INT/signal", 1)
        .is("ending with 0");
  }

  @Test
  void a_script_is_run_for_each_signal_until_a_file_permits_the_end() {
    life(Stop.NO_KILL)
        .receives(Signal.INT)
        .exits("INT/signal", 0)
        .is("running")
        .forgets()
        .receives(Signal.INT)
        .does("spawn INT/signal: /ctrlaltdel");
  }

  @Test
  void a_script_that_is_not_there_is_not_needed() {
    life(Stages.none().running(Signal.INT), Stop.NO_KILL)
        .permitting()
        .receives(Signal.INT)
        .is("ending with 0");
  }

  @Test
  void a_script_that_runs_when_the_container_ends_is_told_and_waited_for() {
    life(Stop.NO_KILL)
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
    Life life = life(5 * SECOND).receives(Signal.INT).receives(Signal.TERM);
    life.dies("web/run", Signal.TERM).lives("INT/signal").forgets();
    life.passes(5 * SECOND).does("send KILL to INT/signal");
    life.passes(5 * SECOND).does().is("ending with 0");
    life.dies("INT/signal", Signal.KILL).swept(false).is("over with 0");
  }
}
