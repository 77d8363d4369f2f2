package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether services can be started one after the other as they want it. */
final class Dependencies {
  private final Map<ServiceId, Service> byId = new HashMap<>();
  private final Set<ServiceId> done = new HashSet<>();
  private final List<ServiceId> way = new ArrayList<>();

  private Dependencies(List<Service> services) {
    for (Service service : services) {
      byId.put(service.id(), service);
    }
  }

  /**
   * Tells of a service that waits for one that is not there, or for itself.
   *
   * @param directory that has the services' directories
   * @throws LayoutException at a start
   */
  static void check(List<Service> services, OsString directory, Findings findings)
      throws LayoutException {
    Dependencies all = new Dependencies(services);
    for (Service service : services) {
      OsString file = directory.resolve(service.id().name().value()).resolve(ServiceFile.NAME);
      for (After after : service.after()) {
        if (!all.byId.containsKey(after.service())) {
          findings.refuse(
              Finding.error(
                  "no-such-dependency",
                  file,
                  0,
                  "it comes after " + after.service().name() + ", and there is no such service",
                  "correct the name, or make that service"));
        }
      }
    }
    Optional<String> cycle = all.cycle(services);
    if (cycle.isPresent()) {
      findings.refuse(
          Finding.error(
              "dependency-cycle",
              directory,
              0,
              "services wait for one another: " + cycle.get(),
              "remove one of them from an after"));
    }
  }

  /** A cycle as people read it: {@code a after b after a}. */
  static Optional<String> cycleOf(List<Service> services) {
    return new Dependencies(services).cycle(services);
  }

  private Optional<String> cycle(List<Service> services) {
    for (Service service : services) {
      Optional<String> found = follow(service.id());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> follow(ServiceId id) {
    int at = way.indexOf(id);
    if (at >= 0) {
      List<String> names = new ArrayList<>();
      for (ServiceId each : way.subList(at, way.size())) {
        names.add(each.name().toString());
      }
      return Optional.of(String.join(" after ", names) + " after " + id.name());
    }
    Service service = byId.get(id);
    if (service == null || !done.add(id)) {
      return Optional.empty();
    }
    way.add(id);
    for (After after : service.after()) {
      Optional<String> found = follow(after.service());
      if (found.isPresent()) {
        return found;
      }
    }
    way.removeLast();
    return Optional.empty();
  }
}
