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

/** The services that are known, ordered by identity. Immutable; an {@link Editor} makes others. */
public final class Roster implements Iterable<ServiceState> {
  private final ServiceState[] byId;

  /** How many are not gone: asked after every end of a process, of which there may be a thousand. */
  private final int left;

  /** How many of those only read what others write. */
  private final int readersLeft;

  private final Neighbours neighbours;

  private Roster(ServiceState[] byId, int left, int readersLeft, Neighbours neighbours) {
    this.byId = byId;
    this.left = left;
    this.readersLeft = readersLeft;
    this.neighbours = neighbours;
  }

  /** These, which are ordered by identity. */
  public static Roster of(List<ServiceState> services) {
    ServiceState[] byId = services.toArray(new ServiceState[0]);
    int left = 0;
    int readersLeft = 0;
    for (ServiceState service : byId) {
      left += countLeft(service);
      readersLeft += countReadersLeft(service);
    }
    return new Roster(byId, left, readersLeft, Neighbours.of(byId));
  }

  private static int countLeft(ServiceState service) {
    return service.isGone() ? 0 : 1;
  }

  private static int countReadersLeft(ServiceState service) {
    return service.service().isReader() ? countLeft(service) : 0;
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

  /** Who is to be looked at when something has happened to a service. */
  private record Neighbours(Map<ServiceId, List<ServiceId>> byId) {
    static final Neighbours NONE = new Neighbours(Map.of());

    static Neighbours of(ServiceState[] services) {
      Map<ServiceId, List<ServiceId>> byId = null;
      for (ServiceState state : services) {
        Service service = state.service();
        if (service.after().isEmpty() && !service.isReader()) {
          continue;
        }
        byId = byId == null ? new HashMap<>() : byId;
        for (After after : service.after()) {
          add(byId, after.service(), service.id());
        }
        if (service.isReader()) {
          add(byId, service.wiring().input().get(), service.id());
          add(byId, service.id(), service.wiring().input().get());
        }
      }
      return byId == null ? NONE : new Neighbours(byId);
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

  public Editor edit() {
    return new Editor(this);
  }

  /** Makes another roster, in one go however many services change. */
  public static final class Editor {
    private final Roster before;
    private ServiceState[] byId;
    private int left;
    private int readersLeft;
    private Neighbours neighbours;

    private Editor(Roster before) {
      this.before = before;
      byId = before.byId;
      left = before.left;
      readersLeft = before.readersLeft;
      neighbours = before.neighbours;
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

    /** Who is to be looked at when something has happened to that service. */
    public List<ServiceId> neighbours(ServiceId id) {
      return neighbours.of(id);
    }

    public boolean allGone() {
      return left == 0;
    }

    public boolean onlyReadersLeft() {
      return left > 0 && left == readersLeft;
    }

    /** This in the place of what was known of the service, or as a new one. */
    public void put(ServiceState changed) {
      int at = indexOf(byId, changed.id().name(), changed.id().stage());
      if (at < 0) {
        insert(-at - 1, changed);
        return;
      }
      ServiceState old = byId[at];
      left += countLeft(changed) - countLeft(old);
      readersLeft += countReadersLeft(changed) - countReadersLeft(old);
      if (byId == before.byId) {
        byId = byId.clone();
      }
      byId[at] = changed;
    }

    private void insert(int at, ServiceState added) {
      ServiceState[] longer = new ServiceState[byId.length + 1];
      System.arraycopy(byId, 0, longer, 0, at);
      longer[at] = added;
      System.arraycopy(byId, at, longer, at + 1, byId.length - at);
      left += countLeft(added);
      readersLeft += countReadersLeft(added);
      become(longer);
    }

    /** Forgets a service that is known. */
    public void remove(ServiceId id) {
      int at = indexOf(byId, id.name(), id.stage());
      left -= countLeft(byId[at]);
      readersLeft -= countReadersLeft(byId[at]);
      ServiceState[] shorter = new ServiceState[byId.length - 1];
      System.arraycopy(byId, 0, shorter, 0, at);
      System.arraycopy(byId, at + 1, shorter, at, shorter.length - at);
      become(shorter);
    }

    private void become(ServiceState[] changed) {
      byId = changed;
      neighbours = Neighbours.of(changed);
    }

    /** The roster as it is by now; the same one when nothing has changed. */
    public Roster done() {
      return byId == before.byId ? before : new Roster(byId, left, readersLeft, neighbours);
    }
  }
}
