package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been heard and done so far: the rules look here, and never at the machine's state. */
final class Facts {
  final History history;
  final Plan plan;
  long nowNanos;
  private final Map<ServiceId, Service> services = new HashMap<>();
  private final Map<String, Incarnation> alive = new HashMap<>();
  private final Map<Long, Integer> pids = new HashMap<>();
  private final Map<Long, ExitStatus> statuses = new HashMap<>();
  private final Set<OrphanId> orphans = new HashSet<>();
  private final Set<ServiceId> everStarted = new HashSet<>();
  private final Set<String> told = new HashSet<>();
  private boolean anyIsChanged;

  Facts(Plan plan, History history) {
    this.plan = plan;
    this.history = history;
    plan.services().forEach(service -> services.put(service.id(), service));
  }

  /** The services that are known: of the plan, or found, and not released. */
  Collection<Service> services() {
    return services.values();
  }

  Optional<Service> service(ServiceId id) {
    return Optional.ofNullable(services.get(id));
  }

  void add(List<Service> found) {
    found.forEach(service -> services.put(service.id(), service));
  }

  static ServiceId owner(Incarnation who) {
    return new ServiceId(who.service(), who.stage().owner());
  }

  Service serviceOf(Incarnation who) {
    return services.get(owner(who));
  }

  /** Whether it is its service's own program, and not one that belongs to it. */
  static boolean isOwn(Incarnation who) {
    return who.stage().owner() == who.stage();
  }

  Collection<Incarnation> alive() {
    return alive.values();
  }

  /** Whether one of that label, {@code NAME/STAGE}, has been ordered and has not ended. */
  boolean lives(String label) {
    return alive.containsKey(label);
  }

  boolean lives(Incarnation who) {
    return who.equals(alive.get(who.label()));
  }

  boolean lives(ServiceId service) {
    return lives(service.toString());
  }

  /** Whether its start has been confirmed, and its end has not been heard. */
  boolean isUp(Incarnation who) {
    return lives(who) && pids.containsKey(who.number());
  }

  boolean isUp(String label) {
    return lives(label) && isUp(alive.get(label));
  }

  int pid(String label) {
    return isUp(label) ? pids.get(alive.get(label).number()) : -1;
  }

  /** Whether it got TERM since its start. */
  boolean wasTold(String label) {
    return told.contains(label);
  }

  boolean hasEverStarted(ServiceId service) {
    return everStarted.contains(service);
  }

  /** Whether somebody may have had it started, stopped or both, in the order of dependencies. */
  boolean isChanged(ServiceId service) {
    return anyIsChanged && service.name().toString().matches("g\\d");
  }

  boolean knows(OrphanId orphan) {
    return orphans.contains(orphan);
  }

  /** The exits that were heard, as {@code pid status}. */
  List<String> exitsHeard() {
    List<String> exits = new ArrayList<>();
    statuses.forEach((number, status) -> exits.add(pids.get(number) + " " + status));
    return exits;
  }

  void hear(Event event) {
    nowNanos = event.atNanos();
    switch (event) {
      case Event.ProcessSpawned e -> {
        boolean twice = pids.put(e.who().number(), e.pid()) != null;
        violatedIf(twice || !lives(e.who()), "unexpected " + e);
      }
      case Event.SpawnFailed e -> gone(e.who());
      case Event.ProgramMissing e -> gone(e.who());
      case Event.ProcessExited e -> {
        gone(e.who());
        boolean twice = statuses.put(e.who().number(), e.status()) != null;
        violatedIf(twice, "an exit status was consumed twice: " + e);
      }
      case Event.OrphansArrived e -> orphans.addAll(e.orphans());
      case Event.OrphansReaped e -> {
        for (OrphanExit exit : e.orphans()) {
          violatedIf(!orphans.remove(exit.id()), "an unknown orphan was reaped: " + exit.id());
        }
      }
      case Event.HooksChanged e -> {
        Service known = services.get(e.service());
        if (known != null) {
          services.put(e.service(), known.with(e.hooks()));
        }
      }
      case Event.ChangeRequested e -> anyIsChanged = true;
      default -> {
        // Nothing begins or ends with it.
      }
    }
  }

  private void gone(Incarnation who) {
    violatedIf(!alive.remove(who.label(), who), who + " ended without being alive");
    told.remove(who.label());
  }

  void act(Effect effect) {
    if (effect instanceof Effect.Spawn spawn) {
      Incarnation who = spawn.who();
      everStarted.add(owner(who));
      violatedIf(alive.put(who.label(), who) != null, "two of " + who.label() + " at once");
    } else if (effect instanceof Effect.SendSignal sent && sent.signal().is(Signal.TERM)) {
      told.add(sent.who().label());
    } else if (effect instanceof Effect.ReleaseService released) {
      release(released.service());
    }
  }

  private void release(ServiceName name) {
    for (ServiceId id : List.of(ServiceId.run(name), ServiceId.log(name))) {
      services.remove(id);
      everStarted.remove(id);
    }
    for (Incarnation who : alive.values()) {
      boolean isLeft = who.service().equals(name) && !who.stage().isOfTheContainer();
      violatedIf(isLeft, "released while " + who + " lives");
    }
  }

  private void violatedIf(boolean is, String what) {
    if (is) {
      history.violated(what);
    }
  }
}
