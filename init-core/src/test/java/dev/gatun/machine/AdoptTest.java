package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the machine decides about orphans, above all under the policy that adopts them. */
class AdoptTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final ServiceName API = ServiceName.of("api");
  private static final OrphanId ORPHAN = new OrphanId(1, 77);
  private static final OrphanId OTHER = new OrphanId(2, 78);
  private static final Incarnation RUN = new Incarnation(API, Stage.RUN, 1);

  private static Plan plan(OrphanPolicy.Kind kind) {
    Program run = Program.of(OsString.of("/s/api/run"), OsString.of("/s/api"));
    Meaning ends = new Meaning.EndsContainer(new ExitCode.Table(0, 3), 115, 0);
    Service api = Service.longrun(ServiceId.run(API), run).means(ends).build();
    OrphanPolicy orphans = new OrphanPolicy(kind, 10 * MILLI, 30 * SECOND);
    return Plan.builder()
        .add(api)
        .signals(Signals.stoppingOn(List.of(Signal.TERM)))
        .orphans(orphans)
        .build();
  }

  private static State running(OrphanPolicy.Kind kind) {
    State booted = InitMachine.boot(plan(kind), 0).state();
    return InitMachine.step(booted, new Event.ProcessSpawned(0, RUN, 14)).state();
  }

  private static Transition arrived(State state, OrphanId... orphans) {
    return InitMachine.step(state, new Event.OrphansArrived(SECOND, List.of(orphans)));
  }

  private static Transition matured(State state) {
    return InitMachine.step(state, new Event.TimePassed(SECOND + 10 * MILLI));
  }

  private static Transition inspected(State state, OrphanId id, Optional<ServiceName> origin) {
    return InitMachine.step(
        state, new Event.OrphanInspected(SECOND + 10 * MILLI, id, "daemon", "daemon -x", origin));
  }

  private static State adopted(OrphanId... orphans) {
    State state = matured(arrived(running(OrphanPolicy.Kind.ADOPT), orphans).state()).state();
    for (OrphanId orphan : orphans) {
      state = inspected(state, orphan, Optional.of(API)).state();
    }
    return state;
  }

  private static Transition reaped(State state, OrphanId id, ExitStatus status) {
    OrphanExit exit = new OrphanExit(id, status);
    return InitMachine.step(state, new Event.OrphansReaped(3 * SECOND, List.of(exit)));
  }

  private static ExitStatus exited(int code) {
    return new ExitStatus.Exited(code);
  }

  private static Verdict verdict(State state) {
    return assertInstanceOf(Container.Sweeping.class, state.container()).verdict();
  }

  @Test
  void anOrphanIsNotLookedAtBeforeItIsMature() {
    State young = arrived(running(OrphanPolicy.Kind.ADOPT), ORPHAN).state();
    Transition early = InitMachine.step(young, new Event.TimePassed(SECOND + 9 * MILLI));
    assertTrue(!early.effects().contains(new Effect.InspectOrphan(ORPHAN)));
    assertTrue(matured(young).effects().contains(new Effect.InspectOrphan(ORPHAN)));
  }

  @Test
  void aMatureOneIsAdoptedWithAWarningThatSaysWhoItIsAndWhereItCameFrom() {
    State looking = matured(arrived(running(OrphanPolicy.Kind.ADOPT), ORPHAN).state()).state();
    Transition adopted = inspected(looking, ORPHAN, Optional.of(API));
    assertEquals(
        List.of(
            new Effect.Report(
                Level.WARNING,
                "adopting reparented process 77 (daemon): daemon -x, of service api"),
            new Effect.AdoptOrphan(ORPHAN, "daemon")),
        adopted.effects());
    assertEquals(
        new Orphan.Adopted(ORPHAN, "daemon", Optional.of(API), SECOND + 10 * MILLI),
        adopted.state().orphans().get(ORPHAN));
  }

  @Test
  void nothingIsSaidOfAnOriginThatIsNotKnown() {
    State looking = matured(arrived(running(OrphanPolicy.Kind.ADOPT), ORPHAN).state()).state();
    Effect report = inspected(looking, ORPHAN, Optional.empty()).effects().getFirst();
    assertEquals(
        new Effect.Report(Level.WARNING, "adopting reparented process 77 (daemon): daemon -x"),
        report);
  }

  @ParameterizedTest(name = "exit {0} ends the container with {1}")
  @CsvSource({"0, 0", "7, 3", "115, 3"})
  void theEndOfAnAdoptedProcessEndsTheContainer(int code, int containerCode) {
    Transition ended = reaped(adopted(ORPHAN), ORPHAN, exited(code));
    Verdict verdict = verdict(ended.state());
    assertEquals(containerCode, verdict.exitCode());
    assertEquals(
        "adopted process daemon (77) exited with " + code + " after 1.9 s, of service api",
        verdict.cause());
    assertTrue(ended.effects().contains(new Effect.SendSignal(RUN, Signal.TERM)));
  }

  @Test
  void anAdoptedProcessThatIsKilledIsAFailure() {
    ExitStatus killed = new ExitStatus.Signaled(Signal.KILL, false);
    assertEquals(3, verdict(reaped(adopted(ORPHAN), ORPHAN, killed).state()).exitCode());
  }

  @Test
  void theFirstOfTwoThatEndTogetherDecides() {
    List<OrphanExit> exits =
        List.of(new OrphanExit(OTHER, exited(0)), new OrphanExit(ORPHAN, exited(7)));
    State state =
        InitMachine.step(adopted(ORPHAN, OTHER), new Event.OrphansReaped(3 * SECOND, exits))
            .state();
    assertEquals(0, verdict(state).exitCode());
    assertTrue(state.orphans().isEmpty());
  }

  @Test
  void oneThatEndsBeforeItIsAdoptedEndsNothing() {
    State young = arrived(running(OrphanPolicy.Kind.ADOPT), ORPHAN).state();
    assertTrue(reaped(young, ORPHAN, exited(7)).state().isRunning());
    State looking = matured(young).state();
    State gone = reaped(looking, ORPHAN, exited(7)).state();
    assertTrue(gone.isRunning());
    assertEquals(List.of(), inspected(gone, ORPHAN, Optional.empty()).effects());
  }

  @Test
  void theEndOfTheContainerTellsAnAdoptedProcessToStopAndKillsItInTime() {
    Event term = new Event.SignalReceived(5 * SECOND, Signal.TERM);
    Transition ending = InitMachine.step(adopted(ORPHAN), term);
    assertTrue(ending.effects().contains(new Effect.SignalOrphan(ORPHAN, Signal.TERM)));
    assertTrue(ending.effects().contains(new Effect.SignalOrphan(ORPHAN, Signal.CONT)));
    Transition late = InitMachine.step(ending.state(), new Event.TimePassed(35 * SECOND));
    assertTrue(late.effects().contains(new Effect.SignalOrphan(ORPHAN, Signal.KILL)));
    State gone = reaped(late.state(), ORPHAN, exited(7)).state();
    assertEquals(0, verdict(gone).exitCode());
  }

  @Test
  void oneThatIsBeingLookedAtWhenTheEndComesIsTerminatedOnce() {
    State looking = matured(arrived(running(OrphanPolicy.Kind.ADOPT), ORPHAN).state()).state();
    Transition ending =
        InitMachine.step(looking, new Event.SignalReceived(SECOND + 10 * MILLI, Signal.TERM));
    assertTrue(!ending.effects().contains(new Effect.SignalOrphan(ORPHAN, Signal.TERM)));
    Transition told = inspected(ending.state(), ORPHAN, Optional.empty());
    assertTrue(told.effects().contains(new Effect.SignalOrphan(ORPHAN, Signal.TERM)));
    assertTrue(!told.effects().contains(new Effect.AdoptOrphan(ORPHAN, "daemon")));
  }

  @ParameterizedTest(name = "under {0}")
  @EnumSource(OrphanPolicy.Kind.class)
  void whileTheContainerEndsEveryOrphanIsTerminated(OrphanPolicy.Kind kind) {
    State ending =
        InitMachine.step(running(kind), new Event.SignalReceived(0, Signal.TERM)).state();
    State looking = matured(arrived(ending, ORPHAN).state()).state();
    Transition told = inspected(looking, ORPHAN, Optional.of(API));
    assertEquals(
        List.of(
            new Effect.Report(
                Level.WARNING,
                "terminating reparented process 77 (daemon): daemon -x, of service api"),
            new Effect.SignalOrphan(ORPHAN, Signal.TERM),
            new Effect.SignalOrphan(ORPHAN, Signal.CONT)),
        told.effects());
  }

  @Test
  void whatAServiceThatEndedWellHasLeftMayBeTheServiceItself() {
    State running = running(OrphanPolicy.Kind.TERMINATE);
    State ending = InitMachine.step(running, new Event.ProcessExited(0, RUN, exited(0))).state();
    State looking = matured(arrived(ending, ORPHAN).state()).state();
    Effect said = inspected(looking, ORPHAN, Optional.of(API)).effects().getFirst();
    assertEquals(
        new Effect.Report(
            Level.WARNING,
            "terminating reparented process 77 (daemon): daemon -x, of service api, which has"
                + " ended: if daemon has put itself into the background, have it run in the"
                + " foreground, or have reparented processes adopted"),
        said);
    State failing = InitMachine.step(running, new Event.ProcessExited(0, RUN, exited(1))).state();
    State left = matured(arrived(failing, ORPHAN).state()).state();
    assertEquals(
        new Effect.Report(
            Level.WARNING, "terminating reparented process 77 (daemon): daemon -x, of service api"),
        inspected(left, ORPHAN, Optional.of(API)).effects().getFirst());
  }

  @Test
  void theContainerGoesOnForAnAdoptedProcessWhenNoServiceIsLeft() {
    State alone =
        InitMachine.step(adopted(ORPHAN), new Event.ProcessExited(2 * SECOND, RUN, exited(115)))
            .state();
    State swept = InitMachine.step(alone, new Event.ChildrenSwept(2 * SECOND, true, false)).state();
    assertTrue(swept.isRunning());
    assertEquals(3, verdict(reaped(swept, ORPHAN, exited(1)).state()).exitCode());
  }
}
