package dev.gatun.machine;

import dev.gatun.model.ServiceStatus;

/** What is wanted of one part of a kept service, whatever it is doing just now. */
public enum Aim {
  /** That it runs, and is started again when it ends. */
  UP(true, ServiceStatus.Wanted.UP),
  /** That it is started, and not again. */
  ONCE(true, ServiceStatus.Wanted.DOWN),
  /** That it is not started. */
  DOWN(false, ServiceStatus.Wanted.DOWN),
  /** That it ends, and is gone then. */
  EXIT(false, ServiceStatus.Wanted.EXIT),
  /** That it is started, to read what is left for it, and is gone then. */
  READ_ON(true, ServiceStatus.Wanted.EXIT);

  private final boolean starts;
  private final ServiceStatus.Wanted shown;

  Aim(boolean starts, ServiceStatus.Wanted shown) {
    this.starts = starts;
    this.shown = shown;
  }

  /** Whether it is to be started when it is down. */
  public boolean starts() {
    return starts;
  }

  /** What clients are told of it. */
  public ServiceStatus.Wanted shown() {
    return shown;
  }

  /** What is wanted of it once its start has been ordered. */
  Aim onceStarted() {
    return switch (this) {
      case ONCE -> DOWN;
      case READ_ON -> EXIT;
      case UP, DOWN, EXIT -> this;
    };
  }
}
