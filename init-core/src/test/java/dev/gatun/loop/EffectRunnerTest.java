package dev.gatun.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.FakeKernel;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Environment;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.output.OutputPlane;
import dev.gatun.pattern.PatternCompiler;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EffectRunnerTest {
  private static final int FIRST_PID = 100;
  private static final long LINE_LIMIT_BYTES = 1024;
  private static final ServiceName WEB = ServiceName.of("web");
  private static final OsString ROOT = OsString.of("/");
  private static final Program RUN = Program.of(OsString.of("/s/web/run"), ROOT);
  private static final Environment GIVEN = new Environment(List.of(OsString.of("A=1")));

  private final Set<String> executable = new HashSet<>(Set.of("/s/web/run"));
  private final List<SpawnRequest> spawned = new ArrayList<>();
  private final List<String> signalled = new ArrayList<>();
  private final Kernel kernel = FakeKernel.answering(this::answer);
  private final OutputPlane output =
      new OutputPlane(
          new LinuxKernel(), new Poll(kernel), OutputFormat.JSON, Verbosity.NONE, LINE_LIMIT_BYTES);
  private final Shell shell =
      new Shell(kernel, new Poll(kernel), output, 0, (level, text) -> {}).passingOutputThrough();
  private EffectRunner runner = new EffectRunner(shell);
  private int spawnError;
  private int ended;
  private long number;

  private Object answer(String method, Object[] arguments) {
    return switch (method) {
      case "mayExecute" -> executable.contains(arguments[0].toString());
      case "spawn" -> {
        spawned.add((SpawnRequest) arguments[0]);
        yield spawnError == 0 ? FIRST_PID + spawned.size() - 1 : -spawnError;
      }
      case "openProcess" -> -Errno.EMFILE;
      case "pipe" -> -Errno.ENFILE;
      case "peekEnded" -> ended;
      case "reap" -> {
        ((Exit) arguments[1]).set(new ExitStatus.Exited(0));
        ended = 0;
        yield arguments[0];
      }
      case "signalGroup" -> {
        signalled.add(arguments[1] + " to group " + arguments[0]);
        yield 0;
      }
      case "explain" -> "errno " + arguments[0];
      default -> FakeKernel.unexpected(method);
    };
  }

  private Incarnation next(Stage stage) {
    return new Incarnation(WEB, stage, ++number);
  }

  private static Effect.Spawn spawn(Incarnation who, Program program) {
    return spawn(who, program, Optional.empty());
  }

  private static Effect.Spawn spawn(
      Incarnation who, Program program, Optional<Effect.Spawn.Target> target) {
    return new Effect.Spawn(who, program, GIVEN, Optional.empty(), Optional.empty(), target);
  }

  private List<Event> posted() {
    List<Event> all = new ArrayList<>();
    while (!shell.events().isEmpty()) {
      all.add(shell.events().remove());
    }
    return all;
  }

  private Incarnation start(Stage stage) {
    Incarnation who = next(stage);
    runner.spawn(spawn(who, RUN));
    assertTrue(posted().getFirst() instanceof Event.ProcessSpawned);
    return who;
  }

  private void end(int pid) {
    ended = pid;
    runner.sweep(Effect.Sweep.CHILDREN);
  }

  @Test
  void a_program_gets_the_environment_of_its_start_and_the_name_of_its_service() {
    start(Stage.RUN);
    assertEquals(GIVEN, spawned.getFirst().environment());
    assertEquals(List.of(OsString.of("GATUN_SERVICE=web")), spawned.getFirst().addedEnvironment());
  }

  @Test
  void output_that_is_passed_through_is_still_looked_at_where_it_is_converted()
      throws PatternException {
    start(Stage.RUN);
    assertEquals(SpawnRequest.INHERITED, spawned.getLast().stdout());
    LinePattern pattern = new LinePattern("(?P<all>.*)", OsString.of("/s/web/log/pattern"), 1);
    output.convert(Map.of(WEB, PatternCompiler.compile(pattern)));
    runner.spawn(spawn(next(Stage.RUN), RUN));
    assertTrue(posted().getFirst() instanceof Event.SpawnFailed, "it needs a pipe");
    start(Stage.FINISH);
    assertEquals(SpawnRequest.INHERITED, spawned.getLast().stdout());
  }

  @Test
  void a_program_that_ends_another_is_told_its_pid() {
    Incarnation run = start(Stage.RUN);
    Optional<Effect.Spawn.Target> target = Optional.of(new Effect.Spawn.Target(run, "MY_PID"));
    runner.spawn(spawn(next(Stage.TERM), RUN, target));
    assertTrue(spawned.getLast().addedEnvironment().contains(OsString.of("MY_PID=" + FIRST_PID)));
    posted();
    end(FIRST_PID);
    posted();
    runner.spawn(spawn(next(Stage.TERM), RUN, target));
    assertTrue(posted().getFirst() instanceof Event.SpawnFailed);
    assertEquals(2, spawned.size());
  }

  @Test
  void a_program_that_need_not_be_there_and_is_not_costs_no_start() {
    Incarnation who = next(Stage.FINISH);
    runner.spawn(spawn(who, Program.of(OsString.of("/s/web/finish"), ROOT).optional()));
    assertEquals(List.of(new Event.ProgramMissing(0, who)), posted());
    assertEquals(List.of(), spawned);
  }

  @Test
  void a_program_that_vanishes_before_it_is_started_is_missing_too() {
    Incarnation who = next(Stage.FINISH);
    spawnError = Errno.ENOENT;
    Kernel vanishing =
        FakeKernel.answering(
            (method, arguments) ->
                method.equals("mayExecute")
                    ? (Object) spawned.isEmpty()
                    : answer(method, arguments));
    Shell other = new Shell(vanishing, new Poll(kernel), output, 0, (level, text) -> {});
    new EffectRunner(other.passingOutputThrough()).spawn(spawn(who, RUN.optional()));
    assertEquals(new Event.ProgramMissing(0, who), other.events().remove());
  }

  @Test
  void a_program_that_is_there_and_cannot_be_started_is_a_failure_also_when_it_need_not_be() {
    spawnError = Errno.ENOENT;
    runner.spawn(spawn(next(Stage.FINISH), RUN.optional()));
    assertTrue(posted().getFirst() instanceof Event.SpawnFailed);
  }

  @Test
  void what_is_left_of_the_group_of_a_process_that_has_ended_is_reached() {
    Incarnation main = start(Stage.MAIN);
    end(FIRST_PID);
    runner.signalGroup(new Effect.SignalGroup(main, Signal.KILL));
    assertEquals(List.of("KILL to group " + FIRST_PID), signalled);
  }

  @Test
  void the_environment_that_there_is_by_now_is_told() {
    Environment changed = new Environment(List.of(OsString.of("B=2")));
    runner = new EffectRunner(shell.withEnvironment(() -> changed));
    runner.readEnvironment(new Effect.ReadEnvironment());
    assertEquals(List.of(new Event.EnvironmentRead(0, changed)), posted());
  }

  @Test
  void what_clients_tell_before_an_end_is_heard_before_it() {
    Event.HooksChanged changed = new Event.HooksChanged(0, ServiceId.run(WEB), Hooks.NONE);
    runner = new EffectRunner(shell.withClients(new Telling(changed)));
    Incarnation run = start(Stage.RUN);
    end(FIRST_PID);
    assertEquals(
        List.of(
            changed,
            new Event.ProcessExited(0, run, new ExitStatus.Exited(0)),
            new Event.ChildrenSwept(0, true, false)),
        posted());
  }

  @Test
  void what_clients_tell_before_the_end_of_the_container_is_heard_before_it() {
    Event.HooksChanged changed = new Event.HooksChanged(0, ServiceId.run(WEB), Hooks.NONE);
    runner = new EffectRunner(shell.withClients(new Telling(changed)));
    runner.askWhetherToEnd(new Effect.AskWhetherToEnd(OsString.of("/stopit"), "asked"));
    assertEquals(List.of(), posted());
    executable.add("/stopit");
    runner.askWhetherToEnd(new Effect.AskWhetherToEnd(OsString.of("/stopit"), "asked"));
    assertEquals(List.of(changed, new Event.EndRequested(0, "asked", 0)), posted());
  }

  /** Clients that tell the same whenever something is about to be told. */
  private final class Telling implements Clients {
    private final Event event;

    Telling(Event event) {
      this.event = event;
    }

    @Override
    public void findServices() {}

    @Override
    public void publish(ServiceId service, ServiceStatus status) {}

    @Override
    public void release(ServiceName service) {}

    @Override
    public void beforeEnd(Incarnation who) {
      shell.events().post(event);
    }

    @Override
    public void beforeEndOfContainer() {
      shell.events().post(event);
    }
  }
}
