package dev.gatun.clients.runsv;

import dev.gatun.clients.ControlLetters;
import dev.gatun.clients.ServiceArrivals;
import dev.gatun.clients.ServiceSource;
import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.SupervisePlaces;
import dev.gatun.loop.Clients;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of services as runit has them: {@code sv} and whoever else uses the files of a
 * service's {@code supervise}.
 */
public final class SuperviseClients implements Clients {
  private final Shell shell;
  private final SupervisePlaces places;
  private final ServiceArrivals arrivals;
  private final Map<ServiceId, SupervisedService> services = new HashMap<>();
  private final ControlLetters control;

  public SuperviseClients(
      Shell shell, SupervisePlaces places, ServiceSource source, DirectoryWatch watch) {
    this.shell = shell;
    this.places = places;
    this.arrivals = new ServiceArrivals(shell, source, watch, this::take);
    this.control = new ControlLetters(shell, this::hear);
  }

  @Override
  public void findServices() {
    arrivals.find();
  }

  /** What another supervisor has stays with it: two of them would start it twice. */
  private Optional<String> take(ServiceScan.Found found, boolean comesBack) {
    SupervisedService own = supervised(found.service());
    if (own.open() == -Errno.EAGAIN) {
      return Optional.of(
          "service "
              + found.service().id().name()
              + " is not started: another supervisor has locked "
              + own
              + "/lock: stop that one, or give each its own service directory");
    }
    if (comesBack) {
      own.close();
    }
    services.put(found.service().id(), own);
    for (Service reader : found.services().subList(1, found.services().size())) {
      services.put(reader.id(), supervised(reader));
    }
    return Optional.empty();
  }

  private SupervisedService supervised(Service service) {
    OsString directory = service.program().directory();
    return new SupervisedService(shell, places, service.id(), directory, control::read);
  }

  private void hear(ServiceId service, byte[] letters) {
    arrivals.lookAtHooks(service.name());
    for (byte letter : letters) {
      hear(service, Order.of(letter));
    }
  }

  private void hear(ServiceId service, Optional<Order> order) {
    if (order.isPresent()) {
      long nowNanos = shell.events().nowNanos();
      shell.events().post(new Event.OrderReceived(nowNanos, service, order.get()));
    }
  }

  @Override
  public void publish(ServiceId service, ServiceStatus status) {
    SupervisedService shown = services.get(service);
    if (shown != null) {
      shown.publish(status);
    }
  }

  @Override
  public void release(ServiceName service) {
    close(ServiceId.run(service));
    close(ServiceId.log(service));
    arrivals.released(service);
  }

  private void close(ServiceId id) {
    SupervisedService released = services.remove(id);
    if (released != null) {
      released.close();
    }
  }

  @Override
  public void beforeEnd(Incarnation who) {
    arrivals.lookAtHooksBefore(who);
  }

  @Override
  public void beforeEndOfContainer() {
    arrivals.lookAtAllHooks();
  }
}
