package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Order;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events about what is not there, or not any more, change nothing. */
class StaleEventsTest {

  private static Life life() {
    Meaning.Failure ends = Meaning.Failure.ENDS;
    Stages stages = Stages.none().first("x", ends).main("x", 111).last("x", ends);
    return Life.supervised(stages, Stop.NO_KILL, "x+log");
  }

  private static Life serving() {
    return life().exits("x/first", 0).lives("x/main", "x/run", "x/log");
  }

  /** Its service finishes, a script is run, and the log program lives. */
  private static Life finishing() {
    return serving().having("finish", "t").told("x", "t").exits("x/run", 0);
  }

  private static Life atTheLastProgram() {
    Life life = serving().receives(Signal.TERM).dies("x/run", Signal.TERM);
    return life.exits("x/log", 0).exits("x/main", 0).lives("x/last");
  }

  private static void changesNothing(Life life, Event event) {
    Transition answer = InitMachine.step(life.state(), event);
    assertEquals(List.of(), answer.effects(), event::toString);
    assertEquals(life.state(), answer.state(), event::toString);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void about_a_process_that_is_not_known(Stage stage) {
    Incarnation who = new Incarnation(ServiceName.of("x"), stage, 999);
    for (Life life : List.of(life(), serving(), finishing(), atTheLastProgram())) {
      changesNothing(life, new Event.ProcessSpawned(0, who, 7));
      changesNothing(life, new Event.SpawnFailed(0, who, "no"));
      changesNothing(life, new Event.ProgramMissing(0, who));
      changesNothing(life, new Event.ProcessExited(0, who, new ExitStatus.Exited(0)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN", "LOG"})
  void about_a_service_that_is_not_there(Stage stage) {
    for (Life life : List.of(life(), serving(), atTheLastProgram())) {
      ServiceName other = ServiceName.of("y");
      ServiceId id = new ServiceId(other, stage);
      changesNothing(life, new Event.OrderReceived(0, id, Order.HANGUP));
      changesNothing(life, new Event.ServiceVanished(0, other));
    }
    ServiceId log = ServiceId.log(ServiceName.of("a"));
    changesNothing(Life.supervised("a"), new Event.OrderReceived(0, log, Order.HANGUP));
  }

  @Test
  void about_a_service_that_comes_too_late() {
    Event found = new Event.ServiceFound(0, Plans.service("y", Stop.NO_KILL));
    changesNothing(atTheLastProgram(), found);
  }

  @Test
  void about_what_only_other_containers_have() {
    Life plain = Life.of("api").started();
    Incarnation first = new Incarnation(ServiceName.of("x"), Stage.FIRST, 1);
    Event missing = new Event.ProgramMissing(0, first);
    assertEquals(plain.state(), InitMachine.step(plain.state(), missing).state());
    Event found = new Event.ServiceFound(0, Plans.service("y", Stop.NO_KILL));
    assertEquals(plain.state(), InitMachine.step(plain.state(), found).state());
  }
}
