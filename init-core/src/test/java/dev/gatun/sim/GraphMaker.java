package dev.gatun.sim;

import dev.gatun.machine.Event;
import dev.gatun.model.Change;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.Health;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes up services that depend on one another, get ready and stay well, or do not. */
final class GraphMaker {
  private static final int MOST = 7;
  private static final long MILLI = 1_000_000;
  private static final int READY_DESCRIPTOR = 7;
  private static final int FAILED_FOR_GOOD = 125;

  private final Chance chance;
  private final Map<String, Behavior> programs;
  private final boolean kills;
  private final long killAfterNanos;
  private final List<ServiceId> made = new ArrayList<>();

  /**
   * @param programs takes what they do
   * @param killAfterNanos when they get KILL; {@link Stop#NO_KILL} for never
   */
  GraphMaker(Chance chance, Map<String, Behavior> programs, long killAfterNanos) {
    this.chance = chance;
    this.programs = programs;
    this.killAfterNanos = killAfterNanos;
    this.kills = killAfterNanos != Stop.NO_KILL;
  }

  List<Service> services() {
    List<Service> services = new ArrayList<>();
    int count = chance.oneIn(2) ? 0 : chance.between(2, MOST);
    for (int i = 0; i < count; i++) {
      ServiceId id = ServiceId.run(ServiceName.of("g" + i));
      services.add(chance.oneIn(3) ? oneshot(id) : longrun(id));
      made.add(id);
    }
    return services;
  }

  /** What those want who operate the container. */
  List<Workload.Outside> changes() {
    List<Workload.Outside> changes = new ArrayList<>();
    int count = made.isEmpty() || chance.oneIn(2) ? 0 : chance.between(1, 4);
    for (int i = 0; i < count; i++) {
      long atNanos = chance.millis(0, 6000);
      Event change =
          new Event.ChangeRequested(
              atNanos, List.of(chance.of(made)), chance.of(Change.values()), chance.oneIn(4));
      changes.add(new Workload.Outside(atNanos, change));
    }
    return changes;
  }

  private Program program(ServiceId id, String file, Behavior.OnTerm onTerm, Step... steps) {
    OsString directory = OsString.of("/etc/service/" + id.name());
    OsString path = directory.resolve(file);
    Behavior does = new Behavior(file, List.of(steps), onTerm, List.of(), true);
    programs.put(path.toString(), does);
    return Program.of(path, directory);
  }

  private Program program(ServiceId id, String file, Step... steps) {
    return program(id, file, Behavior.OnTerm.DIES, steps);
  }

  private Step sleep(int mostMillis) {
    return new Step.Sleep(chance.millis(0, mostMillis));
  }

  private void depend(Service.Builder service) {
    for (ServiceId other : made) {
      if (chance.oneIn(3)) {
        service.after(
            chance.oneIn(4)
                ? After.up(other)
                : chance.oneIn(6) ? After.settled(other) : After.ready(other));
      }
    }
  }

  private Service oneshot(ServiceId id) {
    Step end = new Step.Exit(chance.of(0, 0, 0, 0, 1));
    Program up = program(id, "run", sleep(500), end);
    Service.Builder service =
        Service.oneshot(id, up, new Meaning.Oneshot(Meaning.Failure.IS_SAID))
            .stop(Stop.bySignal(killAfterNanos));
    depend(service);
    if (chance.oneIn(3)) {
      Program down = program(id, "down", sleep(300), new Step.Exit(chance.of(0, 0, 1)));
      service.down(new Hooks.Down(down, chance.oneIn(3) ? 200 * MILLI : 0));
    }
    if (chance.oneIn(4)) {
      service.readiness(
          new Readiness(new Readiness.ByKind(), chance.millis(100, 600), Readiness.Late.WAIT));
    }
    return service.build();
  }

  private Service longrun(ServiceId id) {
    boolean speaks = chance.oneIn(3);
    List<Step> steps = new ArrayList<>();
    steps.add(sleep(400));
    if (speaks && !chance.oneIn(5)) {
      steps.add(new Step.Notify());
    }
    steps.add(new Step.Sleep(chance.oneIn(2) ? 3600_000 * MILLI : chance.millis(0, 2500)));
    steps.add(new Step.Exit(chance.of(0, 1, 3)));
    Behavior.OnTerm onTerm =
        kills && chance.oneIn(4) ? Behavior.OnTerm.IGNORES : Behavior.OnTerm.DIES;
    Service.Builder service =
        Service.longrun(id, program(id, "run", onTerm, steps.toArray(new Step[0])))
            .stop(stop())
            .restart(restart());
    depend(service);
    if (speaks) {
      service.readiness(readiness(new Readiness.Descriptor(READY_DESCRIPTOR)));
    } else if (chance.oneIn(3)) {
      service.readiness(readiness(new Readiness.Probed(probe(id))));
    }
    if (chance.oneIn(3)) {
      Health.Then then = chance.of(Health.Then.RESTART, Health.Then.REPORT);
      service.health(new Health(new Health.Probed(probe(id)), chance.between(1, 3), then));
    }
    if (chance.oneIn(4)) {
      int code = chance.of(0, 1, FAILED_FOR_GOOD);
      Program finish = program(id, "finish", sleep(200), new Step.Exit(code));
      service.finish(
          new Hooks.Finish(
              finish, ServiceMaker.ARGUMENTS, chance.oneIn(2) ? 100 * MILLI : 0, FAILED_FOR_GOOD));
    }
    return service.build();
  }

  private Stop stop() {
    Stop stop = Stop.bySignal(killAfterNanos);
    return kills ? stop.killingAfterOrder(chance.millis(1, 1000)) : stop;
  }

  private Restart restart() {
    long pauseNanos = chance.millis(1, 1000);
    Restart restart =
        switch (chance.below(4)) {
          case 0 -> Restart.NEVER;
          case 1 -> Restart.afterFailure(pauseNanos);
          case 2 -> Restart.always(pauseNanos);
          default -> new Restart(Restart.When.ALWAYS, -1, Restart.Since.FINISH, pauseNanos);
        };
    if (!restart.everRestarts() || chance.oneIn(2)) {
      return restart;
    }
    Backoff.Limit limit =
        new Backoff.Limit(chance.below(4), chance.millis(500, 5000), Backoff.Then.HOLD);
    Optional<Backoff.Limit> bound = chance.oneIn(2) ? Optional.of(limit) : Optional.empty();
    return restart.with(new Backoff(pauseNanos * chance.between(1, 4), Backoff.AS_ELSE, bound));
  }

  private Readiness readiness(Readiness.Sign sign) {
    long withinNanos = chance.oneIn(3) ? Readiness.NO_LIMIT : chance.millis(200, 3000);
    return new Readiness(sign, withinNanos, chance.of(Readiness.Late.WAIT, Readiness.Late.RESTART));
  }

  /** One program answers for readiness and health: it succeeds, fails, or takes too long. */
  private Probe probe(ServiceId id) {
    Program check = program(id, "check", sleep(120), new Step.Exit(chance.of(0, 0, 1)));
    return new Probe(new Probe.Run(check), chance.millis(50, 500), chance.millis(20, 300));
  }
}
