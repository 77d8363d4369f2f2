package dev.gatun.journal.tell;

import dev.gatun.journal.replay.ComparedStep;
import dev.gatun.machine.Event;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Standing;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That a service became ready, or that those that depend on it need not wait, or that it is not
 * well: what a journal tells of it beside the lives of its processes.
 *
 * @param text a sentence without its full stop
 */
record StandingStory(long atNanos, ServiceId service, Kind kind, String text) {

  /** What has become of a service. */
  enum Kind {
    READY,
    FAILED,
    UNHEALTHY,
    HEALTHY,
    /** Somebody wants it changed. */
    CHANGE
  }

  /** What has become of services in a step. */
  static List<StandingStory> of(ComparedStep step) {
    List<StandingStory> all = new ArrayList<>();
    if (step.event().orElse(null) instanceof Event.ChangeRequested asked) {
      for (ServiceId service : asked.services()) {
        String others =
            asked.alone() ? ", and to spare what depends on it" : ", in the order of dependencies";
        String text = "somebody asked to " + asked.change().verb() + " " + name(service) + others;
        all.add(new StandingStory(step.atNanos(), service, Kind.CHANGE, text));
      }
    }
    for (ServiceState after : step.after().services()) {
      Optional<ServiceState> before = step.before().services().find(after.id());
      if (before.isPresent() && before.get() != after) {
        compare(step.atNanos(), before.get(), after, all);
      }
    }
    return all;
  }

  private static void compare(
      long atNanos, ServiceState before, ServiceState after, List<StandingStory> all) {
    Standing now = after.standing();
    String name = name(after.id());
    if (after.service().readiness().isPresent() && after.isReady() && !before.isReady()) {
      all.add(new StandingStory(atNanos, after.id(), Kind.READY, name + " is ready"));
    }
    // What a program's own end means is told with that end.
    boolean isNews =
        !now.failure().isEmpty()
            && !now.failure().equals(before.standing().failure())
            && (now.skipped() || !after.life().isNone());
    if (isNews) {
      all.add(new StandingStory(atNanos, after.id(), Kind.FAILED, name + " " + now.failure()));
    }
    if (after.isUnhealthy() != before.isUnhealthy()) {
      String why = after.isUnhealthy() ? now.watch().orElseThrow().lastFailure() : "";
      boolean isWell = !after.isUnhealthy() && after.up().isPresent();
      if (!why.isEmpty()) {
        String text = name + " is not healthy: " + why;
        all.add(new StandingStory(atNanos, after.id(), Kind.UNHEALTHY, text));
      } else if (isWell) {
        String text = name + " is healthy again";
        all.add(new StandingStory(atNanos, after.id(), Kind.HEALTHY, text));
      }
    }
  }

  private static String name(ServiceId id) {
    return id.stage() == Stage.RUN ? id.name().toString() : id.toString();
  }

  /** How a chart marks it: what is good, and what is not. */
  String style() {
    return kind == Kind.READY || kind == Kind.HEALTHY ? "good" : "bad";
  }
}
