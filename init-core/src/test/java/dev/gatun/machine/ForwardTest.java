package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Obstacle;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Job;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command: its signals, its stops, its exit code. */
class ForwardTest {
  private static final ServiceName COMMAND = ServiceName.of("make");
  private static final Incarnation WHO = new Incarnation(COMMAND, Stage.RUN, 1);
  private static final OsString HERE = OsString.of("/work");

  private static Plan plan(boolean wholeGroup, List<Forwarding.Rewrite> rewrites, int... forgiven) {
    return plan(List.of(command(forgiven)), wholeGroup, rewrites);
  }

  private static Plan plan(
      List<Service> services, boolean wholeGroup, List<Forwarding.Rewrite> rewrites) {
    ServiceId command = ServiceId.run(COMMAND);
    return plan(services, List.of(), new Forwarding(command, wholeGroup, rewrites));
  }

  private static Plan plan(List<Service> services, List<Signal> stops, Forwarding forwarding) {
    return Plan.builder()
        .addAll(services)
        .signals(new Signals(stops, List.of(), Optional.of(forwarding)))
        .orphans(Plans.IGNORE)
        .build();
  }

  private static Service command(int... forgiven) {
    List<Integer> codes = new ArrayList<>();
    for (int code : forgiven) {
      codes.add(code);
    }
    Optional<Job> job = Optional.of(new Job(OsString.of("make"), true));
    Program make = new Program(OsString.of("/bin/make"), List.of(), HERE, job, false);
    return Service.longrun(ServiceId.run(COMMAND), make)
        .means(new Meaning.EndsContainer(new ExitCode.PassedOn(codes)))
        .build();
  }

  private static State up(Plan plan) {
    State booted = InitMachine.boot(plan, 0).state();
    return InitMachine.step(booted, new Event.ProcessSpawned(1, WHO, 7)).state();
  }

  private static List<Effect> acts(Transition transition) {
    return transition.effects().stream().filter(e -> !(e instanceof Effect.Report)).toList();
  }

  private static Verdict verdict(State state) {
    return state.container() instanceof Container.In in
        ? in.verdict().orElseThrow()
        : ((Container.Sweeping) state.container()).verdict();
  }

  @Test
  void every_signal_is_passed_on_and_none_ends_the_container() {
    for (int number = 1; number <= 64; number++) {
      Signal signal = new Signal(number);
      Transition heard =
          InitMachine.step(up(plan(true, List.of())), new Event.SignalReceived(2, signal));
      assertEquals(new Effect.ForwardSignal(WHO, signal, true), acts(heard).getFirst());
      assertEquals(signal.isJobStop() ? 2 : 1, acts(heard).size());
      assertTrue(heard.state().isRunning());
    }
  }

  @ParameterizedTest
  @CsvSource({"20", "21", "22"})
  void a_stop_of_a_job_stops_gatun_whatever_it_is_rewritten_to(int number) {
    Signal stop = new Signal(number);
    Plan other = plan(false, List.of(new Forwarding.Rewrite(stop, Optional.of(Signal.USR1))));
    Transition heard = InitMachine.step(up(other), new Event.SignalReceived(2, stop));
    assertEquals(
        List.of(new Effect.ForwardSignal(WHO, Signal.USR1, false), new Effect.StopSelf()),
        acts(heard));
    Plan none = plan(false, List.of(new Forwarding.Rewrite(stop, Optional.empty())));
    assertEquals(
        List.of(new Effect.StopSelf()),
        acts(InitMachine.step(up(none), new Event.SignalReceived(2, stop))));
    Plan from = plan(false, List.of(new Forwarding.Rewrite(Signal.USR1, Optional.of(stop))));
    assertEquals(
        List.of(new Effect.ForwardSignal(WHO, stop, false)),
        acts(InitMachine.step(up(from), new Event.SignalReceived(2, Signal.USR1))));
  }

  @ParameterizedTest
  @CsvSource({"20", "21", "22"})
  void a_stop_of_a_job_stops_gatun_after_it_was_passed_on(int number) {
    Signal stop = new Signal(number);
    Transition heard =
        InitMachine.step(up(plan(false, List.of())), new Event.SignalReceived(2, stop));
    assertEquals(
        List.of(new Effect.ForwardSignal(WHO, stop, false), new Effect.StopSelf()), acts(heard));
  }

  @Test
  void of_rewrites_the_last_counts_and_what_becomes_nothing_is_dropped() {
    List<Forwarding.Rewrite> rewrites =
        List.of(
            new Forwarding.Rewrite(Signal.TERM, Optional.of(Signal.INT)),
            new Forwarding.Rewrite(Signal.TERM, Optional.of(Signal.QUIT)),
            new Forwarding.Rewrite(Signal.HUP, Optional.empty()));
    State state = up(plan(true, rewrites));
    assertEquals(
        List.of(new Effect.ForwardSignal(WHO, Signal.QUIT, true)),
        acts(InitMachine.step(state, new Event.SignalReceived(2, Signal.TERM))));
    assertEquals(List.of(), acts(InitMachine.step(state, new Event.SignalReceived(2, Signal.HUP))));
  }

  @Test
  void being_stopped_is_followed_and_ends_nothing() {
    Transition stopped =
        InitMachine.step(up(plan(true, List.of())), new Event.ProcessStopped(2, WHO, Signal.TSTP));
    assertEquals(List.of(new Effect.FollowStop(WHO, Signal.TSTP)), acts(stopped));
    assertTrue(stopped.state().isRunning());
  }

  @Test
  void every_exit_code_is_the_containers_but_those_that_are_forgiven() {
    for (int code = 0; code <= 255; code++) {
      Event exited = new Event.ProcessExited(2, WHO, new ExitStatus.Exited(code));
      assertEquals(
          code == 143 ? 0 : code,
          verdict(InitMachine.step(up(plan(true, List.of(), 143)), exited).state()).exitCode());
    }
    for (int number = 1; number <= 64; number++) {
      Event killed =
          new Event.ProcessExited(2, WHO, new ExitStatus.Signaled(new Signal(number), false));
      assertEquals(
          number == 15 ? 0 : 128 + number,
          verdict(InitMachine.step(up(plan(true, List.of(), 143)), killed).state()).exitCode());
    }
  }

  @Test
  void how_a_command_ends_is_no_warning() {
    Transition ended =
        InitMachine.step(
            up(plan(true, List.of())), new Event.ProcessExited(2, WHO, new ExitStatus.Exited(3)));
    for (Effect effect : ended.effects()) {
      assertTrue(!(effect instanceof Effect.Report r) || r.level() == Level.INFO, ended::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND,127", "NOT_EXECUTABLE,126", "OTHER,1"})
  void what_cannot_be_started_has_the_code_that_shells_give_it(Obstacle obstacle, int code) {
    State booted = InitMachine.boot(plan(true, List.of()), 0).state();
    Event failed = new Event.SpawnFailed(1, WHO, "no", obstacle);
    Transition ended = InitMachine.step(booted, failed);
    assertEquals(code, verdict(ended.state()).exitCode());
    assertTrue(
        ended
            .effects()
            .contains(
                new Effect.Report(Level.INFO, "exit " + code + ": make/run could not be started")));
  }

  @Test
  void services_are_started_before_the_command_and_told_to_stop_when_it_ends() {
    Service.Builder command = Service.longrun(command().id(), command().program());
    Plan others = Plans.plain(Plans.IGNORE, Stop.NO_KILL, "api", "db", "web");
    for (Service other : others.services()) {
      command.after(After.started(other.id()));
    }
    command.means(command().meaning());
    List<Service> services = new ArrayList<>(others.services());
    services.add(command.build());
    Transition boot = InitMachine.boot(plan(services, true, List.of()), 0);
    List<String> order = new ArrayList<>();
    State state = boot.state();
    for (Effect effect : boot.effects()) {
      if (effect instanceof Effect.Spawn spawn) {
        order.add(spawn.who().label());
        state =
            InitMachine.step(state, new Event.ProcessSpawned(1, spawn.who(), order.size())).state();
      }
    }
    assertEquals(List.of("api/run", "db/run", "web/run", "make/run"), order);
    Incarnation last = new Incarnation(COMMAND, Stage.RUN, 4);
    Transition ended =
        InitMachine.step(state, new Event.ProcessExited(2, last, new ExitStatus.Exited(44)));
    assertEquals(44, verdict(ended.state()).exitCode());
    assertEquals(
        3,
        ended.effects().stream()
            .filter(e -> e instanceof Effect.SendSignal s && s.signal().is(Signal.TERM))
            .count());
  }

  /** A command that programs come before, in a container that TERM ends. */
  private static Plan afterOthers() {
    Stages stages =
        Stages.none()
            .first("before", Meaning.Failure.ENDS)
            .closing("closing", Meaning.Failure.IS_SAID);
    List<Service> services = new ArrayList<>(stages.services(Stop.NO_KILL));
    services.add(command());
    Forwarding forwarding = new Forwarding(ServiceId.run(COMMAND), true, List.of());
    Plan plan = plan(services, List.of(Signal.TERM), forwarding);
    return plan.toBuilder().orphans(Plans.IGNORE_TO_THE_LAST).findsServices(true).build();
  }

  @Test
  void before_there_is_a_command_a_signal_to_end_ends_the_container() {
    State booted = InitMachine.boot(afterOthers(), 0).state();
    State told = InitMachine.step(booted, new Event.SignalReceived(2, Signal.TERM)).state();
    assertEquals(0, verdict(told).exitCode());
    assertTrue(
        InitMachine.step(booted, new Event.SignalReceived(2, Signal.USR1)).state().isRunning());
  }

  @Test
  void a_command_after_others_gets_the_signal_to_end_and_what_closes_waits_for_it() {
    State state = InitMachine.boot(afterOthers(), 0).state();
    Incarnation before = new Incarnation(ServiceName.of("before"), Stage.FIRST, 1);
    Incarnation command = new Incarnation(COMMAND, Stage.RUN, 2);
    state = InitMachine.step(state, new Event.ProcessSpawned(1, before, 7)).state();
    state =
        InitMachine.step(state, new Event.ProcessExited(1, before, new ExitStatus.Exited(0)))
            .state();
    state = InitMachine.step(state, new Event.ProcessSpawned(2, command, 8)).state();
    Transition heard = InitMachine.step(state, new Event.SignalReceived(3, Signal.TERM));
    assertEquals(List.of(new Effect.ForwardSignal(command, Signal.TERM, true)), acts(heard));
    Transition ended =
        InitMachine.step(
            heard.state(), new Event.ProcessExited(4, command, new ExitStatus.Exited(9)));
    assertEquals(9, verdict(ended.state()).exitCode());
    assertTrue(
        acts(ended).stream()
            .anyMatch(e -> e instanceof Effect.Spawn s && s.who().stage() == Stage.LAST));
  }
}
