package dev.gatun.machine;

import dev.gatun.model.ServiceName;
import dev.gatun.plan.ServiceSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The services of the plan in the plan's order: bytewise by name. Immutable. */
public final class Services implements Iterable<Service> {
  private final Service[] byName;

  /**
   * How many are not gone: asked after every end of a process, of which there may be a thousand.
   */
  private final int left;

  private Services(Service[] byName) {
    this(byName, countLeft(byName));
  }

  private Services(Service[] byName, int left) {
    this.byName = byName;
    this.left = left;
  }

  private static int countLeft(Service[] services) {
    int left = 0;
    for (Service service : services) {
      left += countLeft(service);
    }
    return left;
  }

  private static int countLeft(Service service) {
    return service.isGone() ? 0 : 1;
  }

  /** These, which are in the plan's order. */
  public static Services of(List<Service> services) {
    return new Services(services.toArray(new Service[0]));
  }

  /** Those that are not kept. */
  static Services down(List<ServiceSpec> specs) {
    Service[] services = new Service[specs.size()];
    int count = 0;
    for (int i = 0; i < services.length; i++) {
      if (specs.get(i).keeping().isEmpty()) {
        services[count++] = Service.down(specs.get(i));
      }
    }
    return new Services(count == services.length ? services : Arrays.copyOf(services, count));
  }

  public int size() {
    return byName.length;
  }

  public Service get(int index) {
    return byName[index];
  }

  boolean contains(ServiceName name) {
    return search(name) >= 0;
  }

  /** The place of the service of that name. An unknown name is a fault of the caller. */
  int indexOf(ServiceName name) {
    int at = search(name);
    if (at < 0) {
      throw new IllegalArgumentException("no such service: " + name);
    }
    return at;
  }

  private int search(ServiceName name) {
    int low = 0;
    int high = byName.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = byName[middle].name().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  public Service get(ServiceName name) {
    return byName[indexOf(name)];
  }

  Services with(Service changed) {
    Service[] copy = byName.clone();
    int index = indexOf(changed.name());
    int others = left - countLeft(byName[index]);
    copy[index] = changed;
    return new Services(copy, others + countLeft(changed));
  }

  Services with(Service[] changed) {
    return new Services(changed.clone());
  }

  Service[] toArray() {
    return byName.clone();
  }

  public boolean allGone() {
    return left == 0;
  }

  @Override
  public Iterator<Service> iterator() {
    return Collections.unmodifiableList(Arrays.asList(byName)).iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Services that && Arrays.equals(byName, that.byName);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byName);
  }

  @Override
  public String toString() {
    return Arrays.toString(byName);
  }
}
