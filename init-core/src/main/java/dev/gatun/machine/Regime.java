package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known in a container that keeps services or has a course to follow.
 *
 * @param main the program that runs beside the services; Absent when there is none
 * @param mainStartAt it is not started before
 * @param mainKillAt when it gets KILL
 * @param services the kept services, by name, bytewise
 * @param heeded what is being run because a signal came
 * @param failureCode what a failed program gives the container to end with; 0 when none has
 */
public record Regime(
    Course course,
    Progress progress,
    ProcessState main,
    Deadline mainStartAt,
    Deadline mainKillAt,
    List<Kept> services,
    Optional<Heeded> heeded,
    int failureCode) {

  public Regime {
    services = List.copyOf(services);
  }

  /** The beginning. */
  static Regime of(Plan plan, long nowNanos) {
    List<Kept> kept = new ArrayList<>();
    for (ServiceSpec spec : plan.services()) {
      if (spec.keeping().isPresent()) {
        kept.add(Kept.down(spec, nowNanos));
      }
    }
    Course course = plan.course().orElse(Course.NONE);
    ProcessState main = course.main().isPresent() ? ProcessState.Down.IT : ProcessState.Absent.IT;
    return new Regime(
        course,
        Progress.Serving.IT,
        main,
        new Deadline(nowNanos),
        Deadline.NEVER,
        kept,
        Optional.empty(),
        0);
  }

  /** The place of the service of that name; when there is none, minus its place to be minus 1. */
  private int indexOf(ServiceName name) {
    int low = 0;
    int high = services.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = services.get(middle).name().compareTo(name);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return -low - 1;
  }

  public Optional<Kept> find(ServiceName name) {
    int at = indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(services.get(at));
  }

  /** With this service in the place of what was known of it, or as a new one. */
  Regime with(Kept kept) {
    List<Kept> changed = new ArrayList<>(services);
    int at = indexOf(kept.name());
    if (at >= 0) {
      changed.set(at, kept);
    } else {
      changed.add(-at - 1, kept);
    }
    return with(changed);
  }

  Regime without(ServiceName name) {
    List<Kept> changed = new ArrayList<>(services);
    changed.remove(indexOf(name));
    return with(changed);
  }

  private Regime with(List<Kept> changed) {
    return new Regime(
        course, progress, main, mainStartAt, mainKillAt, changed, heeded, failureCode);
  }

  Regime with(Progress next) {
    return new Regime(course, next, main, mainStartAt, mainKillAt, services, heeded, failureCode);
  }

  Regime withMain(ProcessState next, Deadline startAt, Deadline killAt) {
    return new Regime(course, progress, next, startAt, killAt, services, heeded, failureCode);
  }

  Regime withHeeded(Optional<Heeded> next) {
    return new Regime(course, progress, main, mainStartAt, mainKillAt, services, next, failureCode);
  }

  /** The first failure counts. */
  Regime withFailureCode(int code) {
    return new Regime(
        course,
        progress,
        main,
        mainStartAt,
        mainKillAt,
        services,
        heeded,
        failureCode == 0 ? code : failureCode);
  }

  /** Whether services run, be it for the last time. */
  public boolean isServing() {
    return progress == Progress.Serving.IT || progress instanceof Progress.Closing;
  }

  boolean isDone() {
    return progress == Progress.Done.IT;
  }

  /** Whether it is what is being run because a signal came. */
  boolean isHeeding(Incarnation who) {
    return heeded.isPresent() && heeded.get().who().is(who);
  }

  /** Whether neither a program nor a service is left. */
  boolean isGone() {
    return !runsStep() && main.isGone() && heeded.isEmpty() && services.isEmpty();
  }

  private boolean runsStep() {
    return progress instanceof Progress.First
        || progress instanceof Progress.Closing
        || progress instanceof Progress.Last;
  }

  /** Whether no service has a process of its own; log programs may. */
  boolean onlyLogProgramsLive() {
    for (Kept kept : services) {
      if (!kept.service().isGone()) {
        return false;
      }
    }
    return main.isGone() && heeded.isEmpty();
  }

  Deadline nextDeadline() {
    Deadline next = progress.nextDeadline().earlier(mainKillAt);
    if (main == ProcessState.Down.IT && isServing()) {
      next = next.earlier(mainStartAt);
    }
    if (heeded.isPresent()) {
      next = next.earlier(heeded.get().killAt());
    }
    for (Kept kept : services) {
      // Before it is its turn nothing is started, however long that takes.
      next =
          next.earlier(progress instanceof Progress.First ? Deadline.NEVER : kept.nextDeadline());
    }
    return next;
  }
}
