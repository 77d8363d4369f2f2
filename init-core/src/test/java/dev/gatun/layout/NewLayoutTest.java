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
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a new layout takes: a reader, and nothing else. */
class NewLayoutTest {
  private record App(Variables variables) implements Layout {
    @Override
    public String name() {
      return "app";
    }

    @Override
    public Setup read() throws LayoutException {
      OsString home = variables.workingDirectory();
      Oneshots first = new Oneshots(Stage.FIRST, Stop.bySignal(Stop.NO_KILL));
      for (String name : List.of("prepare", "migrate")) {
        first.add(Span.START, Program.of(home.resolve(name), home), new Meaning.Oneshot(ENDS));
      }
      ServiceId id = ServiceId.run(ServiceName.of("serve"));
      Service.Builder serve = Service.longrun(id, Program.of(home.resolve("serve"), home));
      serve.restart(Restart.always(0));
      Plan plan = Plan.builder().addAll(first.services()).add(serve.build()).build();
      return Setup.of(plan, new EngineVariables(variables).readOutput(true), Stop.NO_KILL);
    }
  }

  @Test
  void two_programs_run_and_then_a_service_that_is_started_again() throws LayoutException {
    var none = new Variables(new Environment(List.of()), OsString.of("/"), Findings.AT_START);
    Transition now = InitMachine.boot(new App(none).read().plan(), 0);
    for (String process : List.of("prepare/first", "migrate/first", "serve/run", "serve/run")) {
      var who = ((Effect.Spawn) now.effects().getLast()).who();
      assertEquals(process, who.label());
      now = InitMachine.step(now.state(), new Event.ProcessSpawned(0, who, 100));
      now = InitMachine.step(now.state(), new Event.ProcessExited(0, who, new Exited(0)));
    }
  }
}
