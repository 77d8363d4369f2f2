package dev.gatun.clients.s6;

import dev.gatun.clients.ControlLetters;
import dev.gatun.clients.ServiceArrivals;
import dev.gatun.clients.ServiceSource;
import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Errno;
import dev.gatun.loop.Clients;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of services as s6 has them: {@code s6-svc}, {@code s6-svstat}, {@code s6-svwait}, and
 * whoever else uses the files of a live service directory.
 */
public final class S6Clients implements Clients {
  private final Shell shell;
  private final LivePlaces places;
  private final int statusBytes;
  private final ServiceArrivals arrivals;
  private final Map<ServiceId, LiveService> services = new HashMap<>();
  private final Map<ServiceId, OsString> directories = new HashMap<>();
  private final ControlLetters control;
  private final ScanDirectory whole;
  private int exitCode;

  /**
   * @param directory in which all services are found, absolute
   * @param statusHasGroup whether the clients that are there want to be told process groups
   */
  public S6Clients(
      Shell shell,
      LivePlaces places,
      OsString directory,
      boolean statusHasGroup,
      ServiceSource source,
      DirectoryWatch watch) {
    this.shell = shell;
    this.places = places;
    this.statusBytes = statusHasGroup ? StatusFile.BYTES_WITH_GROUP : StatusFile.BYTES;
    this.arrivals = new ServiceArrivals(shell, source, watch, this::take);
    this.control = new ControlLetters(shell, this::hear);
    this.whole = new ScanDirectory(shell, places, directory, arrivals::look);
  }

  /** Lets clients see the whole, and the services that are known from the beginning. */
  public void begin(List<Service> known) {
    whole.open();
    for (Service service : known) {
      if (service.takesOrders()) {
        live(service).open();
      }
    }
  }

  @Override
  public void findServices() {
    arrivals.find();
  }

  /** What another supervisor has stays with it: two of them would start it twice. */
  private Optional<String> take(ServiceScan.Found found, boolean comesBack) {
    LiveService own = live(found.service());
    if (own.open() == -Errno.EAGAIN) {
      return Optional.of(
          "service "
              + found.service().id().name()
              + " is not started: another supervisor has locked "
              + own
              + "/lock: stop that one, or give each its own directory for what is below /run");
    }
    if (comesBack) {
      own.close();
    }
    for (Service reader : found.services().subList(1, found.services().size())) {
      live(reader).open();
    }
    return Optional.empty();
  }

  private LiveService live(Service service) {
    places.make(service);
    OsString directory = service.program().directory();
    LiveService live =
        new LiveService(
            shell,
            service.id(),
            places.at(directory.resolve("supervise")),
            places.events(directory.resolve("event")),
            statusBytes,
            control::read);
    services.put(service.id(), live);
    directories.put(service.id(), directory);
    return live;
  }

  private void hear(ServiceId service, byte[] letters) {
    for (byte letter : letters) {
      hear(service, letter);
    }
  }

  private void hear(ServiceId service, byte letter) {
    long nowNanos = shell.events().nowNanos();
    if (Letters.makesDown(letter) || Letters.removesDown(letter)) {
      places.markDown(directories.get(service), Letters.makesDown(letter));
    }
    Optional<Signal> signal = Letters.signal(letter);
    Optional<Order> order = Letters.order(letter);
    if (signal.isPresent()) {
      boolean wholeGroup = Letters.isForGroup(letter);
      shell.events().post(new Event.SignalRequested(nowNanos, service, signal.get(), wholeGroup));
    } else if (order.isPresent()) {
      shell.events().post(new Event.OrderReceived(nowNanos, service, order.get()));
    }
  }

  @Override
  public void publish(ServiceId service, ServiceStatus status) {
    LiveService shown = services.get(service);
    if (shown != null) {
      shown.open();
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
    LiveService released = services.remove(id);
    if (released != null) {
      released.close();
      directories.remove(id);
    }
  }

  @Override
  public void beforeEnd(Incarnation who) {
    lookForExitCode();
  }

  @Override
  public void beforeEndOfContainer() {
    lookForExitCode();
  }

  private void lookForExitCode() {
    int code = places.exitCode();
    if (code != exitCode) {
      exitCode = code;
      shell.events().post(new Event.ExitCodeChosen(shell.events().nowNanos(), code));
    }
  }
}
