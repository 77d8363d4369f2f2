package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Service;
import dev.gatun.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Services that come and go while the container runs. */
final class Leaving {
  /** After that a service comes back that was told to exit, but is still there. */
  private static final long RETURN_NANOS = 2_000_000_000L;

  private Leaving() {}

  /** Forgets a service and what reads from it, when both are over. */
  static void releaseIfOver(Decision decision, ServiceState state) {
    if (!state.service().takesOrders()) {
      return;
    }
    Optional<ServiceState> writer =
        state.service().isReader() ? decision.writerOf(state.service()) : decision.find(state.id());
    if (writer.isEmpty() || !Ends.isOver(writer.get())) {
      return;
    }
    Service service = writer.get().service();
    Optional<ServiceState> reader = decision.readerOf(service);
    if (reader.isPresent() && !Ends.isOver(reader.get())) {
      return;
    }
    decision.act(new Effect.ReleaseService(service.id().name()));
    decision.remove(service.id());
    if (reader.isPresent()) {
      decision.remove(reader.get().id());
    }
    if (decision.container().isRunning()) {
      followUp(decision, writer.get());
    }
  }

  /** What stands in its place by now is looked for, and what was found there already may come. */
  private static void followUp(Decision decision, ServiceState gone) {
    Arrivals arrivals = decision.arrivals();
    List<Arrivals.Absent> absent = new ArrayList<>(arrivals.absent());
    if (!gone.place().vanished()) {
      Deadline returnsAt = Deadline.after(decision.nowNanos(), RETURN_NANOS);
      absent.add(new Arrivals.Absent(gone.id().name(), returnsAt, List.of()));
    }
    Deadline lookAt =
        decision.plan().findsServices() ? new Deadline(decision.nowNanos()) : Deadline.NEVER;
    decision.become(new Arrivals(absent, arrivals.problems(), arrivals.lookAt().earlier(lookAt)));
    if (!gone.place().successor().isEmpty()) {
      add(decision, gone.place().successor());
    }
  }

  /** A service, and what reads from it if anything does, is one of the container's from now on. */
  static void add(Decision decision, List<Service> services) {
    ServiceName name = services.getFirst().id().name();
    decision.say(Level.INFO, "service " + name + " has been found");
    boolean wanted = !decision.container().isAt(Target.START);
    for (Service service : services) {
      ServiceState state = ServiceState.of(service, decision.nowNanos());
      decision.put(wanted ? state.with(Want.first(service)) : state);
    }
  }
}
