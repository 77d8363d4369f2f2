package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.machine.level.LevelAction;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each effect reaches the performer once, and as what it is. */
class EffectTest {
  private static final ServiceName NAME = ServiceName.of("api");
  private static final ServiceId ID = ServiceId.log(NAME);
  private static final Incarnation WHO = new Incarnation(NAME, Stage.RUN, 1);
  private static final OrphanId ORPHAN = new OrphanId(1, 7);
  private static final OsString PATH = OsString.of("/x");
  private static final Program PROGRAM = Program.of(PATH, OsString.of("/"));
  private static final ServiceStatus STATUS =
      new ServiceStatus(
          ServiceStatus.Activity.RUN, 7, false, ServiceStatus.Wanted.UP, false, true, 0);

  private static final List<Effect> ALL =
      List.of(
          new Effect.OpenPipe(ID),
          new Effect.Spawn(
              WHO,
              PROGRAM,
              Plans.ENVIRONMENT,
              Optional.of(ID),
              Optional.empty(),
              Optional.of(new Effect.Spawn.Target(WHO, "DINIT_PID"))),
          new Effect.ClosePipe(ID),
          new Effect.SendSignal(WHO, Signal.TERM),
          new Effect.ForwardSignal(WHO, Signal.TERM, true),
          new Effect.StopSelf(),
          new Effect.FollowStop(WHO, Signal.STOP),
          Effect.Sweep.AND_SCAN,
          new Effect.InspectOrphan(ORPHAN),
          new Effect.AdoptOrphan(ORPHAN, "name"),
          new Effect.SignalOrphan(ORPHAN, Signal.TERM),
          new Effect.SignalAll(Signal.TERM),
          new Effect.SignalGroup(WHO, Signal.KILL),
          new Effect.PublishStatus(ID, STATUS),
          new Effect.ReleaseService(NAME),
          new Effect.ReadEnvironment(),
          new Effect.FindServices(),
          new Effect.AskWhetherToEnd(PATH, "a signal"),
          new Effect.DrainOutput(),
          new Effect.AbandonOutput(),
          new Effect.ActOnLevels(new LevelAction.ShowLevel("N", "3")),
          new Effect.Ask(WHO, new Probe.Tcp("127.0.0.1", 80)),
          new Effect.StopAsking(WHO),
          new Effect.Report(Level.INFO, "text"));

  @Test
  void each_effect_is_performed_once_and_as_what_it_is() {
    for (Effect effect : ALL) {
      List<String> performed = new ArrayList<>();
      Effect.Performer performer =
          (Effect.Performer)
              Proxy.newProxyInstance(
                  Effect.Performer.class.getClassLoader(),
                  new Class<?>[] {Effect.Performer.class},
                  (proxy, method, arguments) -> {
                    performed.add(method.getName() + " " + arguments[0]);
                    return null;
                  });
      effect.performBy(performer);
      String kind = effect.getClass().getSimpleName();
      String method = Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
      assertEquals(List.of(method + " " + effect), performed);
    }
  }

  @Test
  void none_is_forgotten_here() {
    assertEquals(
        Set.of(Effect.class.getPermittedSubclasses()),
        ALL.stream().map(Object::getClass).collect(Collectors.toSet()));
  }
}
