package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.RestartPolicy;
import dev.gatun.plan.ServiceScan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.Upkeep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of services that are kept running, as runsvdir(8) takes it: {@code run}, and where
 * wanted {@code finish}, {@code down}, {@code control} and {@code log}.
 */
public final class ServiceDirectory {
  private static final long PAUSE_NANOS = 1_000_000_000;
  private static final RestartPolicy RESTARTS = RestartPolicy.always(PAUSE_NANOS);
  private static final int MAX_LINKS = 40;
  private static final ExitPolicy EXITS = ExitPolicy.passingOn(List.of());

  private final ProgramFiles files;
  private final OsString directory;
  private final Set<ServiceName> endingContainer;

  /**
   * @param directory absolute
   * @param endingContainer the services whose end ends the container
   */
  ServiceDirectory(ProgramFiles files, OsString directory, Set<ServiceName> endingContainer) {
    this.files = files;
    this.directory = directory;
    this.endingContainer = endingContainer;
  }

  /** The directory that is looked at, absolute. */
  public OsString directory() {
    return directory;
  }

  /** The names of the services whose end ends the container, there or not. */
  List<OsString> endingContainer() {
    return endingContainer.stream().map(ServiceName::value).toList();
  }

  /** Looks at what is there now. What lacks its run is left out, and watched. */
  public ServiceScan scan() {
    List<ServiceScan.Found> services = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<OsString> watched = new ArrayList<>(directoriesOnTheWay());
    List<OsString> names = List.of();
    try {
      names = files.list(directory);
    } catch (IOException e) {
      problems.add(
          "cannot read the service directory "
              + directory
              + ": "
              + e.getMessage()
              + ": create it, or set SVDIR to the directory of the services");
    }
    for (OsString name : names) {
      OsString path = directory.resolve(name);
      if (name.byteAt(0) != '.' && files.isDirectory(path)) {
        look(new ServiceName(name), path, services, watched, problems);
      }
    }
    return new ServiceScan(services, watched, problems);
  }

  /** The directory, and those in which links stand that lead to it: one may be switched. */
  private List<OsString> directoriesOnTheWay() {
    List<OsString> found = new ArrayList<>();
    OsString path = directory;
    for (int i = 0; i < MAX_LINKS; i++) {
      OsString parent = parent(path);
      found.add(parent);
      OsString target = files.linkTarget(path);
      if (target == null) {
        break;
      }
      path = parent.resolveAbsolute(target);
    }
    if (files.isDirectory(directory)) {
      found.add(directory);
    }
    return found;
  }

  private static OsString parent(OsString path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? OsString.of("/") : path.substring(0, slash);
  }

  private void look(
      ServiceName name,
      OsString path,
      List<ServiceScan.Found> services,
      List<OsString> watched,
      List<String> problems) {
    OsString real;
    try {
      real = files.realPath(path);
    } catch (IOException e) {
      problems.add("cannot use " + path + " as a service: " + e.getMessage());
      return;
    }
    OsString run = real.resolve("run");
    if (isComplete(run)) {
      services.add(new ServiceScan.Found(read(name, real), real + " " + files.identity(real)));
    } else {
      watched.add(real);
      problems.add(
          "service "
              + name
              + " is not started: "
              + run
              + (files.exists(run) ? " is not executable: run chmod +x on it" : " is missing")
              + "; it is started as soon as that is put right");
    }
  }

  /** A file that is being made is executable last; all else shows when it is executed. */
  private boolean isComplete(OsString run) {
    return files.kind(run) == Kind.FILE ? files.isExecutableByAnybody(run) : files.exists(run);
  }

  private ServiceSpec read(ServiceName name, OsString real) {
    OsString logDirectory = real.resolve("log");
    try {
      logDirectory = files.realPath(logDirectory);
    } catch (IOException e) {
      // There is none: then there is no run in it either.
    }
    boolean hasLog = files.exists(logDirectory.resolve("run"));
    Upkeep service =
        new Upkeep(
            RESTARTS,
            !files.exists(real.resolve("down")),
            Optional.of(Command.of(real.resolve("finish"), real)),
            Optional.of(real.resolve("control")));
    Upkeep log =
        new Upkeep(
            RESTARTS,
            !files.exists(logDirectory.resolve("down")),
            Optional.empty(),
            Optional.empty());
    return new ServiceSpec(
        name,
        Command.of(real.resolve("run"), real),
        hasLog
            ? Optional.of(Command.of(logDirectory.resolve("run"), logDirectory))
            : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EXITS,
        Optional.of(
            new Keeping(
                service,
                hasLog ? Optional.of(log) : Optional.empty(),
                endingContainer.contains(name))));
  }
}
