package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import dev.gatun.model.SignalSource;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What signals mean that come to Gatun where no command gets them. */
class SignalRulesTest {
  private static final SignalSource SHELL = new SignalSource(true, false, 17, "sh");
  private static final SignalSource FIRST = new SignalSource(true, false, 0, "");
  private static final SignalSource ATTACH = new SignalSource(true, true, 0, "");

  private static Life life(Signal... passedOn) {
    Plan plan = Plans.plain(Plans.IGNORE, Stop.NO_KILL, "a", "b+log");
    Signals signals =
        new Signals(
            List.of(Signal.TERM, Signal.QUIT), List.of(), Optional.empty(), List.of(passedOn));
    Life life = Life.startingSlowly(plan.toBuilder().signals(signals).build());
    return life.starts("a/run").starts("b/run").starts("b/log").forgets();
  }

  private static Event signal(Signal signal, SignalSource source) {
    return new Event.SignalReceived(0, signal, source);
  }

  @Test
  void every_service_gets_what_is_passed_on_and_its_log_program_does_not() {
    Life life = life(Signal.HUP, Signal.USR1).hears(signal(Signal.USR1, SignalSource.OUTSIDE));
    assertEquals(
        List.of("passing signal USR1 on to a/run", "passing signal USR1 on to b/run"),
        life.said(Level.DEBUG));
    life.does("send USR1 to a/run", "send USR1 to b/run");
    assertTrue(life.state().isRunning());
  }

  @Test
  void what_is_passed_on_reaches_services_that_are_to_stop() {
    Life life = life(Signal.HUP).receives(Signal.TERM).forgets();
    life.receives(Signal.HUP).does("send HUP to a/run", "send HUP to b/run");
  }

  @Test
  void a_signal_that_means_nothing_is_said_once() {
    Life life = life(Signal.HUP).hears(signal(Signal.USR2, FIRST));
    assertEquals(
        List.of(
            "signal USR2 is ignored: GATUN_FORWARD would pass it on to the services, and"
                + " GATUN_STOP_SIGNALS have it end the container"),
        life.said(Level.INFO));
    life.forgets().receives(Signal.USR2);
    assertEquals(List.of(), life.texts());
    life.does();
  }

  @Test
  void a_stop_that_a_process_inside_asks_for_names_it() {
    Life life = life().hears(signal(Signal.TERM, SHELL));
    assertFalse(life.state().isRunning());
    String said = String.join("\n", life.texts());
    assertTrue(said.contains("received signal TERM from process 17 (sh)"), said);
  }

  @Test
  void quit_for_the_jvm_does_not_end_the_container() {
    Life life = life().hears(signal(Signal.QUIT, ATTACH)).hears(signal(Signal.QUIT, SHELL));
    assertEquals(
        List.of(
            "signal QUIT is for the JVM: it does not end the container",
            "signal QUIT from process 17 (sh) is for the JVM: it does not end the container"),
        life.said(Level.INFO));
    assertTrue(life.state().isRunning());
    assertFalse(life.hears(signal(Signal.QUIT, FIRST)).state().isRunning());
  }
}
