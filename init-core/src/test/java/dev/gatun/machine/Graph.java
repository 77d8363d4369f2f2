package dev.gatun.machine;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.Health;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plans of services that depend on one another, for tests. */
final class Graph {
  static final long SECOND = Plans.SECOND;
  static final ExitArguments ARGUMENTS = new ExitArguments(256, 0, List.of(), true);

  private final List<Service> services = new ArrayList<>();
  private boolean findsServices = true;

  static ServiceId id(String name) {
    return ServiceId.run(ServiceName.of(name));
  }

  static Program program(String name, String file) {
    OsString directory = OsString.of("/s/" + name);
    return Program.of(directory.resolve(file), directory);
  }

  /** A service that runs, after those. */
  Graph longrun(String name, String... after) {
    return longrun(name, service -> {}, after);
  }

  Graph longrun(String name, Consumer<Service.Builder> more, String... after) {
    return add(Service.longrun(id(name), program(name, "run")), more, after);
  }

  /** A program that is run once, after those; its failure is said. */
  Graph oneshot(String name, String... after) {
    return oneshot(name, service -> {}, after);
  }

  Graph oneshot(String name, Consumer<Service.Builder> more, String... after) {
    Meaning.Oneshot meaning = new Meaning.Oneshot(Meaning.Failure.IS_SAID);
    return add(Service.oneshot(id(name), program(name, "up"), meaning), more, after);
  }

  private Graph add(Service.Builder service, Consumer<Service.Builder> more, String... after) {
    for (String other : after) {
      service.after(After.ready(id(other)));
    }
    service.stop(Stop.bySignal(10 * SECOND));
    more.accept(service);
    services.add(service.build());
    return this;
  }

  /** The container ends when nothing is left. */
  Graph withoutSearch() {
    findsServices = false;
    return this;
  }

  Plan plan() {
    return Plan.builder()
        .environment(Plans.ENVIRONMENT)
        .orphans(Plans.IGNORE_TO_THE_LAST)
        .addAll(services)
        .findsServices(findsServices)
        .signals(Signals.stoppingOn(List.of(Signal.TERM)))
        .build();
  }

  Life boot() {
    return Life.of(plan());
  }

  static Probe tcp() {
    return new Probe(new Probe.Tcp("127.0.0.1", 80), SECOND, 3 * SECOND);
  }

  static Consumer<Service.Builder> ready(Readiness.Sign sign, Readiness.Late late) {
    return service -> service.readiness(new Readiness(sign, 60 * SECOND, late));
  }

  static Consumer<Service.Builder> descriptor() {
    return ready(new Readiness.Descriptor(3), Readiness.Late.WAIT);
  }

  static Consumer<Service.Builder> health(int failures, Health.Then then) {
    return service -> service.health(new Health(new Health.Probed(tcp()), failures, then));
  }

  static Consumer<Service.Builder> down(String name) {
    return service -> service.down(new Hooks.Down(program(name, "down"), 0));
  }

  static Consumer<Service.Builder> limited(int restarts, Backoff.Then then) {
    Backoff.Limit limit = new Backoff.Limit(restarts, 600 * SECOND, then);
    return service ->
        service.restart(
            Restart.always(SECOND)
                .with(new Backoff(8 * SECOND, Backoff.AS_ELSE, Optional.of(limit))));
  }
}
