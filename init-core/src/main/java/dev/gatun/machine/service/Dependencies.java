package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;

/** What a service waits for before it is started, and before it is told to stop. */
final class Dependencies {
  private Dependencies() {}

  /** Whether all has happened that is to happen before the start of a service. */
  static boolean areMet(Decision decision, Service service) {
    List<After> after = service.after();
    for (int i = 0; i < after.size(); i++) {
      Optional<ServiceState> other = decision.find(after.get(i).service());
      if (other.isPresent() && !hasHappened(after.get(i), other.get())) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasHappened(After after, ServiceState other) {
    return switch (after.condition()) {
      case STARTED -> !other.life().isNew();
      case ENDED -> other.life().isNone() && !other.life().isNew();
      case SETTLED -> other.isReady() || other.standing().hasFailed() || other.isLeftDown();
      case UP -> other.isUp();
      case READY -> other.isReady();
    };
  }

  /** Why a service need not wait any longer, a clause for people; empty while there is hope. */
  static String failure(Decision decision, Service service) {
    List<After> after = service.after();
    for (int i = 0; i < after.size(); i++) {
      Optional<ServiceState> other = decision.find(after.get(i).service());
      if (other.isPresent() && isHopeless(after.get(i), other.get())) {
        return name(other.get().id()) + " " + other.get().standing().failure();
      }
    }
    return "";
  }

  private static boolean isHopeless(After after, ServiceState other) {
    boolean failed =
        after.isDependency()
            ? other.standing().hasFailed()
            : after.condition() == After.Condition.STARTED && other.standing().skipped();
    return failed && !hasHappened(after, other);
  }

  private static String name(ServiceId id) {
    return id.stage() == Stage.RUN ? id.name().toString() : id.toString();
  }

  /** Whether nothing that depends on a service is still on its way down. */
  static boolean dependentsAreDown(Decision decision, ServiceId id) {
    List<ServiceId> dependents = decision.services().dependents(id);
    for (int i = 0; i < dependents.size(); i++) {
      Optional<ServiceState> dependent = decision.find(dependents.get(i));
      if (dependent.isPresent() && isOnItsWayDown(dependent.get(), id)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOnItsWayDown(ServiceState dependent, ServiceId id) {
    boolean lives = dependent.livesAtAll() || dependent.isDone();
    boolean leaves =
        dependent.standing().isGoingDown() || dependent.want().isLeaving() && !dependent.isDone();
    return lives && leaves && dependsOn(dependent.service(), id);
  }

  /** It may only wait to be settled, or to be started, after the other. */
  private static boolean dependsOn(Service dependent, ServiceId id) {
    for (After after : dependent.after()) {
      if (after.isDependency() && after.service().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
