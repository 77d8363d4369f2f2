package dev.gatun.machine.service;

import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;

/**
 * How a service stands in the container.
 *
 * @param pipeIsOpen whether Gatun holds the pipe open that it reads from
 * @param vanished whether it is to be gone whatever clients say
 * @param shown what clients have been told of it
 * @param successor the services that are to take its place when it is gone
 */
public record Place(
    boolean pipeIsOpen, boolean vanished, Optional<ServiceStatus> shown, List<Service> successor) {
  public static final Place NEW = new Place(false, false, Optional.empty(), List.of());

  public Place {
    successor = List.copyOf(successor);
  }

  Place withPipe(boolean open) {
    return new Place(open, vanished, shown, successor);
  }

  Place vanishing() {
    return new Place(pipeIsOpen, true, shown, List.of());
  }

  Place showing(ServiceStatus status) {
    return new Place(pipeIsOpen, vanished, Optional.of(status), successor);
  }

  Place followedBy(List<Service> next) {
    return new Place(pipeIsOpen, vanished, shown, next);
  }
}
