package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Hooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of services that are looked for while the container is up. */
public final class Arriving {
  /** How often services are looked for where nothing tells of them, as runsvdir(8) does. */
  private static final long LOOK_NANOS = 5_000_000_000L;

  private Arriving() {}

  public static void onFound(Decision decision, Event.ServiceFound event) {
    if (!decision.container().isRunning() || !decision.plan().findsServices()) {
      return;
    }
    ServiceId id = event.services().getFirst().id();
    Optional<ServiceState> known = decision.find(id);
    if (known.isPresent()) {
      Place place = known.get().place();
      if (place.vanished()) {
        decision.put(known.get().with(place.followedBy(event.services())));
      }
    } else if (!isHeldBack(decision, event)) {
      Leaving.add(decision, event.services());
    }
  }

  /** A service that was told to exit does not come back at once. */
  private static boolean isHeldBack(Decision decision, Event.ServiceFound event) {
    ServiceName name = event.services().getFirst().id().name();
    List<Arrivals.Absent> absent = new ArrayList<>(decision.arrivals().absent());
    for (int i = 0; i < absent.size(); i++) {
      if (absent.get(i).name().equals(name)) {
        Deadline returnsAt = absent.get(i).returnsAt();
        absent.set(i, new Arrivals.Absent(name, returnsAt, event.services()));
        decision.become(decision.arrivals().with(absent));
        return true;
      }
    }
    return false;
  }

  public static void onVanished(Decision decision, Event.ServiceVanished event) {
    forgetAbsent(decision, event.service());
    Optional<ServiceState> known = decision.find(ServiceId.run(event.service()));
    if (known.isPresent() && known.get().service().takesOrders()) {
      decision.say(Level.INFO, "service " + event.service() + " has vanished: stopping it");
      ServiceState state = known.get();
      decision.put(Stopping.exit(decision, state.with(state.place().vanishing())));
    }
  }

  private static void forgetAbsent(Decision decision, ServiceName name) {
    List<Arrivals.Absent> others = new ArrayList<>();
    for (Arrivals.Absent absent : decision.arrivals().absent()) {
      if (!absent.name().equals(name)) {
        others.add(absent);
      } else if (!absent.services().isEmpty()) {
        decision.act(new Effect.ReleaseService(name));
      }
    }
    if (others.size() < decision.arrivals().absent().size()) {
      decision.become(decision.arrivals().with(others));
    }
  }

  public static void onHooksChanged(Decision decision, Event.HooksChanged event) {
    Optional<ServiceState> known = decision.find(event.service());
    if (known.isPresent()) {
      Hooks hooks = event.hooks();
      decision.put(known.get().with(known.get().service().with(hooks)));
    }
  }

  /** What may pass is said when it has not passed by the next look. */
  public static void onScanned(Decision decision, Event.ServicesScanned event) {
    if (!decision.container().isRunning()) {
      return;
    }
    List<Arrivals.Problem> problems = new ArrayList<>();
    for (Event.ServicesScanned.Problem seen : event.problems()) {
      long patienceNanos = seen.mayPass() ? LOOK_NANOS : 0;
      Deadline sayAt = sayAt(decision, seen.text(), patienceNanos);
      if (sayAt.isDue(decision.nowNanos())) {
        decision.say(Level.WARNING, seen.text());
        sayAt = Deadline.NEVER;
      }
      problems.add(new Arrivals.Problem(seen.text(), sayAt));
    }
    boolean again = event.again() || hasUnsaid(problems);
    Deadline lookAt = again ? Deadline.after(decision.nowNanos(), LOOK_NANOS) : Deadline.NEVER;
    decision.become(new Arrivals(decision.arrivals().absent(), problems, lookAt));
  }

  private static boolean hasUnsaid(List<Arrivals.Problem> problems) {
    for (Arrivals.Problem problem : problems) {
      if (!problem.sayAt().isNever()) {
        return true;
      }
    }
    return false;
  }

  private static Deadline sayAt(Decision decision, String text, long patienceNanos) {
    for (Arrivals.Problem known : decision.arrivals().problems()) {
      if (known.text().equals(text)) {
        return known.sayAt();
      }
    }
    return Deadline.after(decision.nowNanos(), patienceNanos);
  }

  public static void onTimePassed(Decision decision) {
    Arrivals arrivals = decision.arrivals();
    if (!arrivals.nextDeadline().isDue(decision.nowNanos())) {
      return;
    }
    boolean looks = arrivals.lookAt().isDue(decision.nowNanos());
    List<Arrivals.Absent> still = new ArrayList<>();
    List<Arrivals.Absent> back = new ArrayList<>();
    for (Arrivals.Absent absent : arrivals.absent()) {
      (absent.returnsAt().isDue(decision.nowNanos()) ? back : still).add(absent);
    }
    decision.become(
        new Arrivals(still, arrivals.problems(), looks ? Deadline.NEVER : arrivals.lookAt()));
    if (looks && decision.container().isRunning()) {
      decision.act(new Effect.FindServices());
    }
    for (Arrivals.Absent absent : back) {
      if (!absent.services().isEmpty() && decision.container().isRunning()) {
        Leaving.add(decision, absent.services());
      }
    }
  }
}
