package dev.gatun.loop;

import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.kernel.SupervisePlaces;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.ServiceSpec;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The clients of kept services as runit has them: {@code sv} and whoever else uses the files of a
 * service's {@code supervise}.
 */
public final class SuperviseClients implements Clients {
  /** Where services are seen and controlled whose own directories cannot be written. */
  private static final OsString FALLBACK = OsString.of("/run/gatun");

  private final Kernel kernel;
  private final Poll poll;
  private final EventLoop loop;
  private final ProgramFiles files;
  private final SupervisePlaces places;
  private final ServiceArrivals arrivals;
  private final Map<ServiceName, ServiceSpec> known = new HashMap<>();
  private final Map<ServiceName, Map<Part, Optional<SupervisedPart>>> parts = new HashMap<>();
  private final Set<ServiceName> unwritten = new HashSet<>();

  public SuperviseClients(
      Kernel kernel,
      Poll poll,
      EventLoop loop,
      ProgramFiles files,
      SupervisePlaces places,
      ServiceSource source,
      DirectoryWatch watch) {
    this.kernel = kernel;
    this.poll = poll;
    this.loop = loop;
    this.files = files;
    this.places = places;
    this.arrivals =
        new ServiceArrivals(kernel::explain, loop, loop::report, source, watch, this::take);
  }

  /** False when another supervisor has it: two of them would start it twice. */
  private boolean take(ServiceSpec spec) {
    SuperviseDirectory own = ownPlace(spec, Part.SERVICE);
    int control = own.open();
    if (control == -Errno.EAGAIN) {
      return false;
    }
    known.put(spec.name(), spec);
    partsOf(spec.name()).put(Part.SERVICE, opened(spec.name(), Part.SERVICE, own, control));
    return true;
  }

  private Map<Part, Optional<SupervisedPart>> partsOf(ServiceName service) {
    return parts.computeIfAbsent(service, name -> new EnumMap<>(Part.class));
  }

  private SuperviseDirectory ownPlace(ServiceSpec spec, Part part) {
    return places.at(directory(spec, part).resolve("supervise"));
  }

  @Override
  public void findServices() {
    arrivals.begin(poll);
  }

  @Override
  public void publish(ServiceName service, Part part, ServiceStatus status) {
    Optional<SupervisedPart> supervised =
        partsOf(service).computeIfAbsent(part, missing -> open(service, missing));
    int result = supervised.isPresent() ? supervised.get().publish(status) : 0;
    boolean removed = result == -Errno.ENOENT;
    if (result >= 0) {
      unwritten.remove(service);
    } else if (!removed && unwritten.add(service)) {
      loop.report(
          Level.WARNING,
          "cannot write the status of service " + service + ": " + kernel.explain(-result));
    }
  }

  private Optional<SupervisedPart> open(ServiceName service, Part part) {
    SuperviseDirectory own = ownPlace(known.get(service), part);
    return opened(service, part, own, own.open());
  }

  /**
   * @param control what came of opening {@code own}
   */
  private Optional<SupervisedPart> opened(
      ServiceName service, Part part, SuperviseDirectory own, int control) {
    if (control >= 0) {
      return Optional.of(supervised(service, part, own, control));
    }
    OsString beside = FALLBACK.resolve(service.value());
    OsString below = part == Part.LOG ? beside.resolve("log") : beside;
    SuperviseDirectory other = places.at(below.resolve("supervise"));
    int otherControl = other.open();
    String problem = "cannot use " + own + ": " + kernel.explain(-control);
    if (otherControl < 0) {
      loop.report(
          Level.WARNING,
          problem + ", nor " + other + ": " + kernel.explain(-otherControl) + ": sv cannot see it");
      return Optional.empty();
    }
    loop.report(
        Level.WARNING,
        problem + ": sv cannot see it there, but with SVDIR=" + FALLBACK + " in " + other);
    return Optional.of(supervised(service, part, other, otherControl));
  }

  private SupervisedPart supervised(
      ServiceName service, Part part, SuperviseDirectory directory, int control) {
    return new SupervisedPart(kernel, poll, loop, service, part, directory, control);
  }

  private static OsString directory(ServiceSpec spec, Part part) {
    return switch (part) {
      case SERVICE -> spec.run().directory();
      case LOG -> spec.log().orElseThrow().directory();
    };
  }

  @Override
  public void release(ServiceName service) {
    Map<Part, Optional<SupervisedPart>> released = parts.remove(service);
    if (released != null) {
      for (Optional<SupervisedPart> part : released.values()) {
        part.ifPresent(open -> open.close(poll));
      }
    }
    known.remove(service);
    unwritten.remove(service);
    arrivals.released(service);
  }

  @Override
  public boolean mayExecute(OsString file) {
    return files.kind(file) == ProgramFiles.Kind.FILE && files.mayExecute(file);
  }

  @Override
  public Deadline nextDeadline() {
    return arrivals.nextDeadline();
  }

  @Override
  public void timePassed(long nowNanos) {
    arrivals.timePassed(nowNanos);
  }
}
