package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs of a stage that are run once, each when the one before has ended. */
final class Oneshots {
  private final Stage stage;
  private final Stop stop;
  private final List<Service> services = new ArrayList<>();
  private Optional<Readiness> limit = Optional.empty();

  /**
   * @param stop how one is told to stop that still runs when the container is to end
   */
  Oneshots(Stage stage, Stop stop) {
    this.stage = stage;
    this.stop = stop;
  }

  /** All of them, in order. */
  List<Service> services() {
    return services;
  }

  /** What is added from here on may run so long, and gets KILL then. */
  void limitTo(long nanos) {
    limit = Optional.of(new Readiness(new Readiness.ByKind(), nanos, Readiness.Late.WAIT));
  }

  /** Adds a program that is called as its file is. */
  void add(Span span, Program program, Meaning.Oneshot meaning) {
    OsString path = program.path();
    add(span, path.substring(path.lastIndexOf('/') + 1), program, meaning);
  }

  /** Adds a program under a name; where another one has that, it gets a number behind it. */
  void add(Span span, OsString name, Program program, Meaning.Oneshot meaning) {
    Service.Builder service =
        Service.oneshot(freeId(name), program, meaning).wanted(span).stop(stop);
    if (!services.isEmpty() && services.getLast().span().equals(span)) {
      service.after(After.ended(services.getLast().id()));
    }
    limit.ifPresent(service::readiness);
    services.add(service.build());
  }

  private ServiceId freeId(OsString name) {
    ServiceId id = new ServiceId(new ServiceName(name), stage);
    for (int number = 2; isTaken(id); number++) {
      OsString numbered = name.concat(OsString.of("-" + number));
      id = new ServiceId(new ServiceName(numbered), stage);
    }
    return id;
  }

  private boolean isTaken(ServiceId id) {
    for (Service service : services) {
      if (service.id().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
