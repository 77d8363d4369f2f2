package dev.gatun.machine.service;

import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services that are known, ordered by identity. A state's roster never changes; a step makes
 * one of its own, which it changes until it is done.
 */
public final class Roster implements Iterable<ServiceState> {
  private ServiceState[] byId;

  /**
   * How many are not gone: asked after every end of a process, of which there may be a thousand.
   */
  private int left;

  /** How many of those only read what others write. */
  private int readersLeft;

  private Neighbours neighbours;

  private Roster(ServiceState[] byId, int left, int readersLeft, Neighbours neighbours) {
    this.byId = byId;
    this.left = left;
    this.readersLeft = readersLeft;
    this.neighbours = neighbours;
  }

  /** These, which are ordered by identity. */
  public static Roster of(List<ServiceState> services) {
    ServiceState[] byId = services.toArray(new ServiceState[0]);
    Roster roster = new Roster(byId, 0, 0, Neighbours.of(byId));
    for (ServiceState service : byId) {
      roster.count(service, 1);
    }
    return roster;
  }

  public int size() {
    return byId.length;
  }

  public ServiceState get(int index) {
    return byId[index];
  }

  public Optional<ServiceState> find(ServiceId id) {
    return find(id.name(), id.stage());
  }

  public Optional<ServiceState> find(ServiceName name, Stage stage) {
    int at = indexOf(byId, name, stage);
    return at < 0 ? Optional.empty() : Optional.of(byId[at]);
  }

  /** The place of a service; when it is not known, minus its place to be minus 1. */
  private static int indexOf(ServiceState[] byId, ServiceName name, Stage stage) {
    int low = 0;
    int high = byId.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = byId[middle].id().compareTo(name, stage);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** Whether all are gone. */
  public boolean allGone() {
    return left == 0;
  }

  /** Whether some are not gone, and those only read what others wrote. */
  public boolean onlyReadersLeft() {
    return left > 0 && left == readersLeft;
  }

  @Override
  public Iterator<ServiceState> iterator() {
    return Collections.unmodifiableList(Arrays.asList(byId)).iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Roster that && Arrays.equals(byId, that.byId);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byId);
  }

  @Override
  public String toString() {
    return Arrays.toString(byId);
  }

  /**
   * Who is to be looked at when something has happened to a service.
   *
   * @param byId in any case
   * @param dependents when it is something that matters to those that depend on it
   */
  private record Neighbours(
      Map<ServiceId, List<ServiceId>> byId, Map<ServiceId, List<ServiceId>> dependents) {
    static final Neighbours NONE = new Neighbours(Map.of(), Map.of());

    static Neighbours of(ServiceState[] services) {
      Map<ServiceId, List<ServiceId>> byId = null;
      Map<ServiceId, List<ServiceId>> dependents = Map.of();
      for (ServiceState state : services) {
        Service service = state.service();
        if (service.after().isEmpty() && !service.isReader()) {
          continue;
        }
        byId = byId == null ? new HashMap<>() : byId;
        for (After after : service.after()) {
          if (after.condition() == After.Condition.STARTED
              || after.condition() == After.Condition.ENDED) {
            add(byId, after.service(), service.id());
          } else {
            dependents = dependents.isEmpty() ? new HashMap<>() : dependents;
            addDependent(dependents, after.service(), service.id());
          }
        }
        if (service.isReader()) {
          add(byId, service.wiring().input().get(), service.id());
          add(byId, service.id(), service.wiring().input().get());
        }
      }
      return byId == null ? NONE : new Neighbours(byId, dependents);
    }

    /** A service's dependencies stand one after another, so that it is the last one or new. */
    private static void addDependent(
        Map<ServiceId, List<ServiceId>> dependents, ServiceId of, ServiceId dependent) {
      List<ServiceId> known = dependents.get(of);
      if (known == null) {
        known = new ArrayList<>(2);
        dependents.put(of, known);
      }
      if (known.isEmpty() || !known.getLast().equals(dependent)) {
        known.add(dependent);
      }
    }

    private static void add(
        Map<ServiceId, List<ServiceId>> byId, ServiceId of, ServiceId neighbour) {
      List<ServiceId> known = byId.get(of);
      if (known == null) {
        known = new ArrayList<>(2);
        byId.put(of, known);
      }
      if (!known.contains(neighbour)) {
        known.add(neighbour);
      }
    }

    List<ServiceId> of(ServiceId id) {
      List<ServiceId> known = byId.isEmpty() ? null : byId.get(id);
      return known == null ? List.of() : known;
    }
  }

  /** Whether any service depends on another. */
  public boolean hasDependencies() {
    return !neighbours.dependents().isEmpty();
  }

  /** Those that depend on a service, or wait for it to be settled. */
  public List<ServiceId> dependents(ServiceId id) {
    List<ServiceId> known = hasDependencies() ? neighbours.dependents().get(id) : null;
    return known == null ? List.of() : known;
  }

  /** Who is to be looked at when something has happened to that service. */
  public List<ServiceId> neighbours(ServiceId id) {
    return neighbours.of(id);
  }

  /**
   * With this in the place of what was known of the service, or as a new one.
   *
   * @param shared the roster that must not change: any other is a step's own, and is changed
   */
  public Roster with(ServiceState changed, Roster shared) {
    int at = indexOf(byId, changed.id().name(), changed.id().stage());
    Roster roster = this == shared ? new Roster(byId.clone(), left, readersLeft, neighbours) : this;
    if (at < 0) {
      List<ServiceState> longer = new ArrayList<>(Arrays.asList(byId));
      longer.add(-at - 1, changed);
      roster.become(longer);
    } else {
      roster.count(roster.byId[at], -1);
      roster.byId[at] = changed;
    }
    roster.count(changed, 1);
    return roster;
  }

  private static boolean isOrdered(ServiceState[] byId) {
    boolean ordered = true;
    for (int i = 1; i < byId.length; i++) {
      ordered &= byId[i - 1].id().compareTo(byId[i].id()) < 0;
    }
    return ordered;
  }

  /** Without a service that is known, and otherwise as {@link #with}. */
  public Roster without(ServiceId id, Roster shared) {
    Roster roster = this == shared ? new Roster(byId, left, readersLeft, neighbours) : this;
    int at = indexOf(byId, id.name(), id.stage());
    roster.count(byId[at], -1);
    List<ServiceState> shorter = new ArrayList<>(Arrays.asList(byId));
    shorter.remove(at);
    roster.become(shorter);
    return roster;
  }

  private void become(List<ServiceState> services) {
    byId = services.toArray(new ServiceState[0]);
    assert isOrdered(byId) : "out of order: " + this;
    neighbours = Neighbours.of(byId);
  }

  private void count(ServiceState state, int sign) {
    assert left >= readersLeft && readersLeft >= 0
        : left + " left, " + readersLeft + " of them read";
    if (!state.isGone()) {
      left += sign;
      readersLeft += state.service().isReader() ? sign : 0;
    }
  }
}
