package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.container.Container;
import dev.gatun.model.Signal;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end where live orphans cannot be listed. */
class UnlistedTest {
  private static final long SECOND = 1_000_000_000;

  private static State ending() {
    OrphanPolicy orphans = new OrphanPolicy(OrphanPolicy.Kind.TERMINATE, 0, 30 * SECOND);
    return InitMachine.boot(Plan.builder().orphans(orphans).build(), 0).state();
  }

  private static List<Signal> signals(Transition transition) {
    List<Signal> signals = new ArrayList<>();
    for (Effect effect : transition.effects()) {
      if (effect instanceof Effect.SignalAll rest) {
        signals.add(rest.signal());
      }
    }
    return signals;
  }

  @Test
  void pidOneTellsEverybodyOnceAndKillsTheDeaf() {
    Transition told = InitMachine.step(ending(), new Event.OrphansUnlisted(SECOND, true));
    assertEquals(List.of(Signal.TERM, Signal.CONT), signals(told));
    Transition again = InitMachine.step(told.state(), new Event.OrphansUnlisted(2 * SECOND, true));
    assertSame(told.state(), again.state());
    Transition early = InitMachine.step(again.state(), new Event.TimePassed(30 * SECOND));
    assertEquals(List.of(), signals(early));
    Transition late = InitMachine.step(early.state(), new Event.TimePassed(31 * SECOND));
    assertEquals(List.of(Signal.KILL), signals(late));
    assertInstanceOf(Container.Sweeping.class, late.state().container());
    assertTrue(late.state().nextDeadline().atNanos() > 31 * SECOND);
    Event swept = new Event.ChildrenSwept(32 * SECOND, false, true);
    assertInstanceOf(
        Container.Draining.class, InitMachine.step(late.state(), swept).state().container());
  }

  @Test
  void aLogProgramThatReadsOnIsStoppedWhenItsTimeIsOver() {
    OrphanPolicy orphans = new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 0, 30 * SECOND);
    Life life = Life.of(orphans, Stop.NO_KILL, "api+log").started().exits("api/run", 0);
    life.forgets().hears(new Event.OrphansUnlisted(0, true));
    assertEquals(List.of(), life.did());
    assertEquals(List.of(), life.passes(29 * SECOND).did());
    assertEquals(
        List.of("send TERM to api/log", "send CONT to api/log"), life.passes(2 * SECOND).did());
    life.exits("api/log", 0).forgets().hears(new Event.OrphansUnlisted(0, true));
    assertEquals(List.of("send TERM to the rest", "send CONT to the rest"), life.did());
  }

  @Test
  void soIsOneOfASupervisedService() {
    Life life = Life.supervised("a+log", "b+log").receives(Signal.TERM);
    life.dies("b/run", Signal.TERM).exits("b/log", 0).dies("a/run", Signal.TERM);
    life.passes(10 * SECOND).forgets().hears(new Event.OrphansUnlisted(10 * SECOND, true));
    life.passes(9 * SECOND).does();
    life.passes(SECOND).does("send TERM to a/log", "send CONT to a/log");
    life.exits("a/log", 0).does("release a");
    life.hears(new Event.OrphansUnlisted(20 * SECOND, true));
    life.does("send TERM to the rest", "send CONT to the rest");
  }

  @Test
  void nobodyIsToldWhileSupervisedServicesStop() {
    Life life = Life.supervised("a+log").receives(Signal.TERM).forgets();
    life.hears(new Event.OrphansUnlisted(0, true));
    assertEquals(List.of(), life.texts());
    life.passes(60 * SECOND).does();
  }

  @Test
  void anyOtherSignalsNobodyAndEndsInTime() {
    Transition told = InitMachine.step(ending(), new Event.OrphansUnlisted(SECOND, false));
    assertEquals(List.of(), signals(told));
    Transition late = InitMachine.step(told.state(), new Event.TimePassed(31 * SECOND));
    assertEquals(List.of(), signals(late));
    assertInstanceOf(Container.Draining.class, late.state().container());
  }
}
