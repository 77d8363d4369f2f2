package dev.gatun.sim;

import dev.gatun.model.Control;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.ServiceSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which kept services there are, and what clients have last asked of each. */
final class Wishes {

  /** What clients have last asked for. */
  enum Asked {
    UP,
    ONCE,
    DOWN,
    EXIT
  }

  private final Map<ServiceName, ServiceSpec> services = new HashMap<>();
  private final Map<ServiceName, Asked> asked = new HashMap<>();
  private final Set<ServiceName> vanished = new HashSet<>();
  private final Map<ServiceName, ServiceSpec> successors = new HashMap<>();

  /** Those that are down for good, although their log programs may still read. */
  private final Set<ServiceName> exited = new HashSet<>();

  /** Those that were asked to run once while a start was under way. */
  private final Set<ServiceName> onceWhileStarting = new HashSet<>();

  Wishes(List<ServiceSpec> plan) {
    plan.forEach(this::add);
  }

  private void add(ServiceSpec spec) {
    services.put(spec.name(), spec);
    boolean up = spec.keeping().get().service().startsUntold();
    asked.put(spec.name(), up ? Asked.UP : Asked.DOWN);
  }

  Collection<ServiceName> names() {
    return services.keySet();
  }

  ServiceSpec spec(ServiceName name) {
    return services.get(name);
  }

  Asked of(ServiceName name) {
    return asked.get(name);
  }

  /** Commands wait for scripts, and only the machine knows how long. */
  boolean isPlain(ServiceName name) {
    return services.get(name).keeping().get().service().controls().isEmpty();
  }

  void found(ServiceSpec spec) {
    if (!services.containsKey(spec.name())) {
      add(spec);
    } else if (vanished.contains(spec.name())) {
      successors.put(spec.name(), spec);
    }
  }

  void vanished(ServiceName name) {
    if (services.containsKey(name)) {
      vanished.add(name);
      successors.remove(name);
      asked.put(name, Asked.EXIT);
    }
  }

  /**
   * A client asks something of a service.
   *
   * @param runs whether its program runs
   * @param starts whether a start has been ordered, whose outcome is not known
   * @param down whether neither its program nor its finish script runs
   */
  void asks(ServiceName name, Control control, boolean runs, boolean starts, boolean down) {
    if (!services.containsKey(name) || vanished.contains(name) || exited.contains(name)) {
      return;
    }
    switch (control) {
      case UP -> put(name, Asked.UP);
      case DOWN -> put(name, Asked.DOWN);
      case EXIT -> {
        put(name, Asked.EXIT);
        if (down) {
          exited.add(name);
        }
      }
      case ONCE -> {
        put(name, runs ? Asked.DOWN : Asked.ONCE);
        if (starts) {
          onceWhileStarting.add(name);
        }
      }
      case PAUSE, CONTINUE, HANGUP, ALARM, INTERRUPT, QUIT, USER1, USER2, TERMINATE, KILL -> {}
    }
  }

  private void put(ServiceName name, Asked what) {
    onceWhileStarting.remove(name);
    asked.put(name, what);
  }

  void ordered(ServiceName name) {
    if (of(name) == Asked.ONCE) {
      asked.put(name, Asked.DOWN);
    }
  }

  void started(ServiceName name) {
    if (onceWhileStarting.remove(name)) {
      asked.put(name, Asked.DOWN);
    }
  }

  void couldNotStart(ServiceName name) {
    onceWhileStarting.remove(name);
  }

  /** It and its finish script have ended. */
  void isDown(ServiceName name) {
    boolean stays = !services.get(name).keeping().get().service().restarts().restarts();
    if (stays && of(name) == Asked.UP) {
      asked.put(name, Asked.DOWN);
    } else if (of(name) == Asked.EXIT) {
      exited.add(name);
    }
  }

  /**
   * Nothing is left of it; what is to take its place does.
   *
   * @param ends whether the container ends, and nothing takes any place
   */
  void released(ServiceName name, boolean ends) {
    services.remove(name);
    vanished.remove(name);
    exited.remove(name);
    ServiceSpec next = successors.remove(name);
    if (next != null && !ends) {
      add(next);
    }
  }
}
