package dev.gatun.layout;

import static dev.gatun.plan.Meaning.Failure.ENDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.Transition;
import dev.gatun.model.Environment;
import dev.gatun.model.ExitStatus.Exited;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a new layout takes: a reader, and nothing else. */
class NewLayoutTest {
  private static final OsString HOME = OsString.of("/app");

  private record App(Variables variables) implements Layout {
    @Override
    public String name() {
      return "app";
    }

    @Override
    public Setup read() throws LayoutException {
      Oneshots first = new Oneshots(Stage.FIRST, Stop.bySignal(Stop.NO_KILL));
      for (String name : List.of("prepare", "migrate")) {
        first.add(Span.START, Program.of(HOME.resolve(name), HOME), new Meaning.Oneshot(ENDS));
      }
      ServiceId id = ServiceId.run(ServiceName.of("serve"));
      Service.Builder serve = Service.longrun(id, Program.of(HOME.resolve("serve"), HOME));
      Plan.Builder plan = Plan.builder().addAll(first.services());
      plan.add(serve.restart(Restart.always(1)).build());
      return Setup.of(plan.build(), new EngineVariables(variables).readOutput(true), Stop.NO_KILL);
    }
  }

  @Test
  void two_programs_run_and_then_a_service_that_is_started_again() throws LayoutException {
    Variables none = new Variables(new Environment(List.of()), HOME, Findings.AT_START);
    Transition now = InitMachine.boot(new App(none).read().plan(), 0);
    List<String> started = new ArrayList<>();
    for (long at = 10; at <= 40; at += 10) {
      var who = ((Effect.Spawn) now.effects().getLast()).who();
      started.add(who.label());
      now = InitMachine.step(now.state(), new Event.ProcessSpawned(at, who, 100));
      now = InitMachine.step(now.state(), new Event.ProcessExited(at + 5, who, new Exited(0)));
    }
    assertEquals(List.of("prepare/first", "migrate/first", "serve/run", "serve/run"), started);
  }
}
