package dev.gatun.machine.service;

import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.Service;

/** What is wanted of a service, whatever it is doing just now. */
public enum Want {
  /** That it runs, and is started again when it ends. */
  UP(true, ServiceStatus.Wanted.UP),
  /** That it is started, and not again. */
  ONCE(true, ServiceStatus.Wanted.DOWN),
  /** That it is not started. */
  DOWN(false, ServiceStatus.Wanted.DOWN),
  /** That it is not started before somebody says so, and that the container goes on without. */
  HELD(false, ServiceStatus.Wanted.DOWN),
  /** That it is started, to read what is left for it, and is gone then. */
  ONCE_THEN_GONE(true, ServiceStatus.Wanted.EXIT),
  /** That it ends, and is gone then. */
  GONE(false, ServiceStatus.Wanted.EXIT);

  private final boolean starts;
  private final ServiceStatus.Wanted shown;

  Want(boolean starts, ServiceStatus.Wanted shown) {
    this.starts = starts;
    this.shown = shown;
  }

  /** What is wanted of a service when its target has come. */
  public static Want first(Service service) {
    if (!service.startsAutomatically()) {
      return DOWN;
    }
    return service.kind() == Service.Kind.ONESHOT ? ONCE : UP;
  }

  /** What is wanted of a service that is to stay down while the container runs. */
  static Want leftDown(Service service) {
    return service.takesOrders() ? DOWN : HELD;
  }

  /** Whether it is to be started when it is down. */
  public boolean starts() {
    return starts;
  }

  /** Whether it is never started again, or once only. */
  public boolean isLeaving() {
    return shown == ServiceStatus.Wanted.EXIT;
  }

  /** What clients are told of it. */
  public ServiceStatus.Wanted shown() {
    return shown;
  }

  /** What is wanted of it once its start has been ordered. */
  Want onceStarted() {
    return switch (this) {
      case ONCE -> DOWN;
      case ONCE_THEN_GONE -> GONE;
      case UP, DOWN, HELD, GONE -> this;
    };
  }
}
