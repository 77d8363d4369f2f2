package dev.gatun.loop;

import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.Event;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.ServiceScan;
import dev.gatun.plan.ServiceSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Tells the machine of services that appear and vanish, as soon as directories change. Whatever the
 * change is, all directories are looked at anew: that is cheap, and nothing can be missed.
 */
final class ServiceArrivals implements Poll.Handler {
  /** How often directories are looked at that cannot be watched: as often as runsvdir(8) does. */
  private static final long POLL_NANOS = 5_000_000_000L;

  /** After that a service comes back that was told to exit, but whose directory is still there. */
  private static final long RETURN_NANOS = 2_000_000_000L;

  /** A directory that changes while it is looked at is looked at again, but not for ever. */
  private static final int MAX_SCANS = 10;

  private final IntFunction<String> explain;
  private final EffectRunner.Events events;
  private final Reporter reports;
  private final ServiceSource source;
  private final DirectoryWatch watch;
  private final Predicate<ServiceSpec> takes;
  private final Map<ServiceName, String> announced = new HashMap<>();
  private final Set<ServiceName> leaving = new HashSet<>();
  private final Set<ServiceName> refused = new HashSet<>();

  /** When each may come back that was told to exit. */
  private final Map<ServiceName, Deadline> returning = new HashMap<>();

  /** When each that is there is to be said. */
  private final Map<String, Deadline> problems = new HashMap<>();

  private Deadline nextScan = Deadline.NEVER;
  private boolean begun;
  private boolean scannedBefore;
  private boolean saidUnwatched;

  /**
   * @param explain an errno in words
   * @param takes is asked before the machine is told: false where another supervisor has a service
   */
  ServiceArrivals(
      IntFunction<String> explain,
      EffectRunner.Events events,
      Reporter reports,
      ServiceSource source,
      DirectoryWatch watch,
      Predicate<ServiceSpec> takes) {
    this.takes = takes;
    this.explain = explain;
    this.events = events;
    this.reports = reports;
    this.source = source;
    this.watch = watch;
  }

  /** Announces all that there is, and from now on what changes. */
  void begin(Poll poll) {
    begun = true;
    if (watch.descriptor() >= 0) {
      poll.watch(watch.descriptor(), Interest.READABLE, this);
    }
    scan();
  }

  @Override
  public void ready() {
    if (watch.hasChanged()) {
      scan();
    }
  }

  Deadline nextDeadline() {
    return nextScan;
  }

  void timePassed(long nowNanos) {
    if (nextScan.isDue(nowNanos)) {
      scan();
    }
  }

  /** A service is gone: what has taken its place, or has been left there, may come. */
  void released(ServiceName service) {
    announced.remove(service);
    boolean vanished = leaving.remove(service);
    if (begun) {
      Deadline mayCome = Deadline.after(events.nowNanos(), vanished ? 0 : RETURN_NANOS);
      nextScan = nextScan.earlier(mayCome);
      if (!vanished) {
        returning.put(service, mayCome);
      }
    }
  }

  private void scan() {
    nextScan = Deadline.NEVER;
    ServiceScan scan = source.scan();
    int refusal = watchAll(scan);
    List<OsString> before = List.of();
    // What changed before it was watched is seen by looking once more.
    for (int i = 1; i < MAX_SCANS && !scan.watched().equals(before); i++) {
      before = scan.watched();
      scan = source.scan();
      refusal = watchAll(scan);
    }
    if (refusal < 0) {
      String cause = explain.apply(-refusal);
      sayUnwatched(cause);
      nextScan = Deadline.after(events.nowNanos(), POLL_NANOS);
    }
    sayProblems(scan);
    tellOfVanished(scan);
    tellOfFound(scan);
  }

  /** Zero, or why one of them is not watched, as a negative errno. */
  private int watchAll(ServiceScan scan) {
    int refusal = Math.min(0, watch.descriptor());
    for (OsString directory : scan.watched()) {
      refusal = Math.min(refusal, watch.add(directory));
    }
    return refusal;
  }

  private void sayUnwatched(String cause) {
    if (!saidUnwatched) {
      saidUnwatched = true;
      reports.report(
          Level.WARNING,
          "cannot watch the service directory: "
              + cause
              + ": looking at it every five seconds instead");
    }
  }

  /** What is there when all is looked at first is said at once; later it may be in the making. */
  private void sayProblems(ServiceScan scan) {
    problems.keySet().retainAll(scan.problems());
    for (String problem : scan.problems()) {
      long patience = scannedBefore ? POLL_NANOS : 0;
      Deadline sayAt =
          problems.computeIfAbsent(problem, p -> Deadline.after(events.nowNanos(), patience));
      if (sayAt.isDue(events.nowNanos())) {
        problems.put(problem, Deadline.NEVER);
        reports.report(Level.WARNING, problem);
      }
      nextScan = nextScan.earlier(problems.get(problem));
    }
    scannedBefore = true;
  }

  private void tellOfVanished(ServiceScan scan) {
    Map<ServiceName, String> there = new HashMap<>();
    for (ServiceScan.Found found : scan.services()) {
      there.put(found.spec().name(), found.identity());
    }
    returning.keySet().retainAll(there.keySet());
    for (Map.Entry<ServiceName, String> known : announced.entrySet()) {
      boolean same = known.getValue().equals(there.get(known.getKey()));
      if (!same && leaving.add(known.getKey())) {
        events.post(new Event.ServiceVanished(events.nowNanos(), known.getKey()));
      }
    }
  }

  private void tellOfFound(ServiceScan scan) {
    for (ServiceScan.Found found : scan.services()) {
      ServiceName name = found.spec().name();
      if (announced.containsKey(name) || hasToWait(name)) {
        continue;
      }
      if (takes.test(found.spec())) {
        refused.remove(name);
        announced.put(name, found.identity());
        events.post(new Event.ServiceFound(events.nowNanos(), found.spec()));
      } else {
        refuse(found.spec());
      }
    }
  }

  private boolean hasToWait(ServiceName name) {
    Deadline mayCome = returning.get(name);
    boolean waits = mayCome != null && !mayCome.isDue(events.nowNanos());
    if (waits) {
      nextScan = nextScan.earlier(mayCome);
    } else {
      returning.remove(name);
    }
    return waits;
  }

  /** Nothing tells of the end of a lock, so that it is tried again, as runsvdir(8) does. */
  private void refuse(ServiceSpec spec) {
    nextScan = nextScan.earlier(Deadline.after(events.nowNanos(), POLL_NANOS));
    if (refused.add(spec.name())) {
      reports.report(
          Level.WARNING,
          "service "
              + spec.name()
              + " is not started: another supervisor has locked "
              + spec.run().directory().resolve("supervise/lock")
              + ": stop that one, or give each its own service directory");
    }
  }
}
