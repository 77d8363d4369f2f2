package dev.gatun.plan;

import dev.gatun.model.Environment;
import dev.gatun.model.ServiceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a container's life is decided by.
 *
 * @param environment what programs are started with, until one of them sets another
 * @param services ordered by identity, each once
 * @param signals what the signals mean that Gatun gets
 * @param orphans what to do about reparented processes
 * @param drainNanos how long at the end to wait for a reader that takes nothing of the output
 * @param findsServices whether services are looked for while the container is up: then it goes on
 *     when none is there, and otherwise it ends when nothing is left that runs
 */
public record Plan(
    Environment environment,
    List<Service> services,
    Signals signals,
    OrphanPolicy orphans,
    long drainNanos,
    boolean findsServices,
    Optional<Runlevels> runlevels) {
  public static final long DEFAULT_DRAIN_NANOS = 5_000_000_000L;

  public Plan {
    services = List.copyOf(services);
    for (int i = 1; i < services.size(); i++) {
      if (services.get(i - 1).id().compareTo(services.get(i).id()) >= 0) {
        throw new IllegalArgumentException("services out of order at " + services.get(i).id());
      }
    }
  }

  /** Whether any service's lines are converted. */
  public boolean convertsLines() {
    for (Service service : services) {
      if (service.wiring().pattern().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether services are looked for as soon as the container is up. */
  public boolean findsServicesAtOnce() {
    for (int i = 0; findsServices && i < services.size(); i++) {
      if (services.get(i).meaning() instanceof Meaning.Oneshot oneshot && oneshot.makesServices()) {
        return false;
      }
    }
    return findsServices;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Makes this plan with more services, or otherwise. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.environment = environment;
    builder.services.addAll(services);
    builder.signals = signals;
    builder.orphans = orphans;
    builder.drainNanos = drainNanos;
    builder.findsServices = findsServices;
    builder.runlevels = runlevels;
    return builder;
  }

  /** Makes plans; services may come in any order. */
  public static final class Builder {
    private final List<Service> services = new ArrayList<>();
    private Environment environment = new Environment(List.of());
    private Signals signals = Signals.stoppingOn(List.of());
    private OrphanPolicy orphans = new OrphanPolicy(OrphanPolicy.Kind.IGNORE, 0, Stop.NO_KILL);
    private long drainNanos = DEFAULT_DRAIN_NANOS;
    private boolean findsServices;
    private Optional<Runlevels> runlevels = Optional.empty();

    private Builder() {}

    public Builder environment(Environment inherited) {
      environment = inherited;
      return this;
    }

    public Builder add(Service service) {
      services.add(service);
      return this;
    }

    /** Those that have been added, in the order in which they were. */
    public List<Service> services() {
      return Collections.unmodifiableList(services);
    }

    public Builder addAll(List<Service> more) {
      services.addAll(more);
      return this;
    }

    public Builder signals(Signals policy) {
      signals = policy;
      return this;
    }

    public Builder orphans(OrphanPolicy policy) {
      orphans = policy;
      return this;
    }

    public Builder drainNanos(long nanos) {
      drainNanos = nanos;
      return this;
    }

    public Builder findsServices(boolean finds) {
      findsServices = finds;
      return this;
    }

    public Builder runlevels(Runlevels levels) {
      runlevels = Optional.of(levels);
      return this;
    }

    public Plan build() {
      Service[] sorted = services.toArray(new Service[0]);
      sortById(sorted);
      check(sorted);
      return new Plan(
          environment, List.of(sorted), signals, orphans, drainNanos, findsServices, runlevels);
    }

    /** By insertion: directories are listed in order, and a sort with a lambda costs a start. */
    private static void sortById(Service[] services) {
      for (int i = 1; i < services.length; i++) {
        Service moved = services[i];
        int at = i;
        while (at > 0 && services[at - 1].id().compareTo(moved.id()) > 0) {
          services[at] = services[at - 1];
          at--;
        }
        services[at] = moved;
      }
    }

    /** What reads and what writes must agree. */
    private static void check(Service[] services) {
      Set<ServiceId> ids = new HashSet<>();
      for (Service service : services) {
        ids.add(service.id());
      }
      for (Service service : services) {
        boolean reads = service.isReader() && !ids.contains(service.wiring().input().get());
        boolean writes =
            service.wiring().output().isPresent() && !ids.contains(service.wiring().output().get());
        if (reads || writes) {
          throw new IllegalArgumentException("half a pipe at " + service.id());
        }
      }
    }
  }
}
