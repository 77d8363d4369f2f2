package dev.gatun.sim;

import dev.gatun.model.Order;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Service;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which services clients command, and what they have last asked of each. */
final class Wishes {

  /** What clients have last asked for. */
  enum Asked {
    UP,
    ONCE,
    DOWN,
    EXIT
  }

  private final Facts facts;
  private final Map<ServiceName, Asked> asked = new HashMap<>();
  private final Set<ServiceName> vanished = new HashSet<>();
  private final Map<ServiceName, List<Service>> successors = new HashMap<>();

  /** Those that are down for good, although their log programs may still read. */
  private final Set<ServiceName> exited = new HashSet<>();

  /** Those that were asked to run once while a start was under way. */
  private final Set<ServiceName> onceWhileStarting = new HashSet<>();

  /** Those that have left on an order and may not come back yet. */
  private final Map<ServiceName, List<Service>> absent = new HashMap<>();

  /** Those that have had scripts which stand in for signals. */
  private final Set<ServiceName> scripted = new HashSet<>();

  private final Map<ServiceName, Long> returns = new HashMap<>();

  Wishes(Facts facts) {
    this.facts = facts;
    facts.services().forEach(this::begin);
  }

  private void begin(Service service) {
    if (service.takesOrders() && !service.isReader()) {
      Asked first = service.startsAutomatically() ? Asked.UP : Asked.DOWN;
      asked.put(service.id().name(), first);
      hooksAre(service.id().name(), service.hooks());
    }
  }

  Set<ServiceName> names() {
    return asked.keySet();
  }

  Asked of(ServiceName name) {
    return asked.get(name);
  }

  Service service(ServiceName name) {
    return facts.service(ServiceId.run(name)).orElseThrow();
  }

  /** Orders wait for scripts, and only the machine knows how long. */
  boolean isSimple(ServiceName name) {
    return !scripted.contains(name);
  }

  /** Scripts that have been run once may still be when they are not there any more. */
  void hooksAre(ServiceName name, Hooks hooks) {
    if (!hooks.standIns().isEmpty()) {
      scripted.add(name);
    }
  }

  void found(List<Service> services) {
    ServiceName name = services.getFirst().id().name();
    if (vanished.contains(name)) {
      successors.put(name, services);
    } else if (absent.containsKey(name)) {
      absent.put(name, services);
    } else if (!asked.containsKey(name)) {
      facts.add(services);
      begin(services.getFirst());
    }
  }

  void vanished(ServiceName name) {
    absent.remove(name);
    returns.remove(name);
    if (asked.containsKey(name)) {
      vanished.add(name);
      successors.remove(name);
      asked.put(name, Asked.EXIT);
    }
  }

  /** A client asks something of a service. */
  void asks(ServiceName name, Order order) {
    if (!asked.containsKey(name) || vanished.contains(name) || exited.contains(name)) {
      return;
    }
    String run = name + "/run";
    boolean runs = facts.isUp(run);
    boolean starts = facts.lives(run) && !runs;
    switch (order) {
      case UP -> put(name, Asked.UP);
      case DOWN -> put(name, Asked.DOWN);
      case EXIT -> {
        put(name, Asked.EXIT);
        if (!facts.lives(run) && !facts.lives(name + "/finish")) {
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

  /** Its program has ended. What is asked for while its finish program runs is asked anew. */
  void ended(ServiceName name) {
    onceWhileStarting.remove(name);
    if (!service(name).restart().everRestarts() && of(name) == Asked.UP) {
      asked.put(name, Asked.DOWN);
    }
  }

  /** Its end decides, so that it is not started again. */
  void decided(ServiceName name) {
    asked.put(name, Asked.EXIT);
  }

  /** It and its finish program have ended. */
  void isDown(ServiceName name) {
    if (of(name) == Asked.EXIT) {
      exited.add(name);
    }
  }

  /**
   * Nothing is left of it; what is to take its place does.
   *
   * @param ends whether the container ends, and nothing takes any place
   */
  void released(ServiceName name, boolean ends, long nowNanos) {
    boolean hadVanished = vanished.remove(name);
    asked.remove(name);
    exited.remove(name);
    List<Service> next = successors.remove(name);
    if (ends) {
      return;
    }
    if (next != null) {
      facts.add(next);
      begin(next.getFirst());
    } else if (!hadVanished) {
      absent.put(name, List.of());
      returns.put(name, nowNanos + 2_000_000_000L);
    }
  }

  /** Those whose time has come are there again. */
  void letTimePass(long nowNanos, boolean ends) {
    for (ServiceName name : List.copyOf(returns.keySet())) {
      if (returns.get(name) <= nowNanos) {
        returns.remove(name);
        List<Service> services = absent.remove(name);
        if (!services.isEmpty() && !ends) {
          facts.add(services);
          begin(services.getFirst());
        }
      }
    }
  }
}
