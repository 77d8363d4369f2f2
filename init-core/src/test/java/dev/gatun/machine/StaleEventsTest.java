package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.Control;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events about what is not there, or not any more, change nothing. */
class StaleEventsTest {

  private static KeptLife life() {
    Command command = Command.of(OsString.of("/x"), OsString.of("/"));
    Step step = new Step(ServiceName.of("x"), command, Step.Failure.ENDS);
    MainProgram main = new MainProgram(ServiceName.of("x"), command, 111, 0);
    Course course = new Course(List.of(step), Optional.of(main), List.of(step), List.of());
    return KeptLife.of(course, Plan.NO_KILL, "x+log");
  }

  private static KeptLife serving() {
    return life().exits("x/first", 0).lives("x/main", "x/run", "x/log");
  }

  /** Its service finishes, a script is run, and the log program lives. */
  private static KeptLife finishing() {
    return serving().having("finish", "t").told("x", "t").exits("x/run", 0);
  }

  private static KeptLife atTheLastProgram() {
    KeptLife life = serving().receives(Signal.TERM).dies("x/run", Signal.TERM);
    return life.exits("x/log", 0).exits("x/main", 0).lives("x/last");
  }

  private static void changesNothing(KeptLife life, Event event) {
    Transition answer = InitMachine.step(life.state(), event);
    assertEquals(List.of(), answer.effects(), event::toString);
    assertEquals(life.state(), answer.state(), event::toString);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void about_a_process_that_is_not_known(Stage stage) {
    Incarnation who = new Incarnation(ServiceName.of("x"), stage, 999);
    for (KeptLife life : List.of(life(), serving(), finishing(), atTheLastProgram())) {
      changesNothing(life, new Event.ProcessSpawned(0, who, 7));
      changesNothing(life, new Event.SpawnFailed(0, who, "no"));
      changesNothing(life, new Event.ProgramMissing(0, who));
      changesNothing(life, new Event.ProcessExited(0, who, new ExitStatus.Exited(0)));
    }
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void about_a_service_or_a_part_that_is_not_there(Part part) {
    for (KeptLife life : List.of(life(), serving(), atTheLastProgram())) {
      ServiceName other = ServiceName.of("y");
      changesNothing(life, new Event.ControlReceived(0, other, part, Control.HANGUP));
      changesNothing(life, new Event.ServiceVanished(0, other));
    }
    Event toLog =
        new Event.ControlReceived(0, ServiceName.of("a"), Part.LOG, Control.of('h').orElseThrow());
    changesNothing(KeptLife.of("a"), toLog);
  }

  @Test
  void about_a_service_that_comes_too_late_or_is_not_kept() {
    changesNothing(atTheLastProgram(), new Event.ServiceFound(0, KeptLife.spec("y")));
    changesNothing(serving(), new Event.ServiceFound(0, KeptLife.spec("y+plain")));
  }

  @Test
  void about_what_only_other_containers_have() {
    Life plain = Life.of("api").started();
    Incarnation first = new Incarnation(ServiceName.of("x"), Stage.FIRST, 1);
    Event missing = new Event.ProgramMissing(0, first);
    assertEquals(plain.state(), InitMachine.step(plain.state(), missing).state());
    Event found = new Event.ServiceFound(0, KeptLife.spec("y"));
    assertEquals(plain.state(), InitMachine.step(plain.state(), found).state());
  }
}
