package dev.gatun.plan;

import dev.gatun.model.Signal;
import java.util.List;
import java.util.Optional;

/**
 * Everything a container's life is decided by.
 *
 * @param services ordered by name, bytewise, each name once
 * @param stopSignals the signals from outside that begin an orderly end
 * @param orphans what to do about reparented processes
 * @param killAfterNanos how long after it was told to stop a service gets KILL; {@link #NO_KILL}
 *     for never
 * @param drainNanos how long at the end to wait for a reader that takes nothing of the output
 * @param course what is done before, beside and after the services; without one the container ends
 *     when nothing is left that runs, and with one it waits for services to be found
 */
public record Plan(
    List<ServiceSpec> services,
    List<Signal> stopSignals,
    OrphanPolicy orphans,
    long killAfterNanos,
    long drainNanos,
    Optional<Course> course) {
  /** Services are not killed, however long they take: the container's supervisor does that. */
  public static final long NO_KILL = -1;

  public static final long DEFAULT_DRAIN_NANOS = 5_000_000_000L;

  public Plan {
    services = List.copyOf(services);
    stopSignals = List.copyOf(stopSignals);
    for (int i = 1; i < services.size(); i++) {
      if (services.get(i - 1).name().compareTo(services.get(i).name()) >= 0) {
        throw new IllegalArgumentException("services out of order at " + services.get(i).name());
      }
    }
  }

  public Plan(
      List<ServiceSpec> services,
      List<Signal> stopSignals,
      OrphanPolicy orphans,
      long killAfterNanos,
      long drainNanos) {
    this(services, stopSignals, orphans, killAfterNanos, drainNanos, Optional.empty());
  }

  public Plan(
      List<ServiceSpec> services,
      List<Signal> stopSignals,
      OrphanPolicy orphans,
      long killAfterNanos) {
    this(services, stopSignals, orphans, killAfterNanos, DEFAULT_DRAIN_NANOS);
  }

  /** Whether there is more to do than to start services once: to keep some, to follow a course. */
  public boolean needsRegime() {
    for (ServiceSpec service : services) {
      if (service.keeping().isPresent()) {
        return true;
      }
    }
    return course.isPresent();
  }

  /** Whether any service's lines are converted. */
  public boolean convertsLines() {
    for (ServiceSpec service : services) {
      if (service.pattern().isPresent()) {
        return true;
      }
    }
    return false;
  }

  public boolean stopsOn(Signal signal) {
    for (Signal stop : stopSignals) {
      if (stop.is(signal)) {
        return true;
      }
    }
    return false;
  }
}
