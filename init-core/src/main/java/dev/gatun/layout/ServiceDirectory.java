package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A directory of supervised services, each in a directory that has {@code run} in it. */
public final class ServiceDirectory {
  private static final int MAX_LINKS = 40;
  private static final String CORRECT_NAME = "correct it, unless the service is made later";

  private final ProgramFiles files;
  private final OsString directory;
  private final Set<ServiceName> endingContainer;
  private final ServiceFiles kind;
  private OsString searchPath = PathSearch.DEFAULT;

  /** The patterns of the last scan, which need not be looked at again. */
  private Set<LinePattern> compiled = Set.of();

  /**
   * Services as runsv(8) takes them.
   *
   * @param directory absolute
   * @param endingContainer the services whose end ends the container
   * @param killAfterNanos how long after it was told to stop a service gets KILL; as {@link
   *     dev.gatun.plan.Stop}
   */
  ServiceDirectory(
      ProgramFiles files,
      OsString directory,
      Set<ServiceName> endingContainer,
      long killAfterNanos) {
    this(
        files,
        directory,
        endingContainer,
        new RunsvServiceFiles(files, endingContainer, killAfterNanos));
  }

  /**
   * @param directory absolute
   * @param endingContainer the services whose end ends the container
   * @param kind what the files of a service mean
   */
  ServiceDirectory(
      ProgramFiles files, OsString directory, Set<ServiceName> endingContainer, ServiceFiles kind) {
    this.files = files;
    this.directory = directory;
    this.endingContainer = endingContainer;
    this.kind = kind;
  }

  /** Programs that a service.json writes without a slash are looked for there. */
  ServiceDirectory searching(OsString path) {
    searchPath = path;
    return this;
  }

  /** The directory that is looked at, absolute. */
  public OsString directory() {
    return directory;
  }

  /** Where the services have live directories, if they have. */
  public Optional<LiveServices> live() {
    return kind.live();
  }

  /** Whether there is a service of that name, or may be soon. */
  boolean has(OsString name) {
    return name.byteAt(0) != '.' && files.isDirectory(directory.resolve(name));
  }

  /** Looks at what is there now. What cannot be started is left out, and watched. */
  public ServiceScan scan() {
    return scan(Findings.AT_START);
  }

  /** Looks at what is there, and has all that is wrong with it told. */
  void check(Findings findings) {
    scan(findings);
    for (ServiceName name : unknown()) {
      findings.warn(
          "variable", OsString.of(SupervisedVariables.EXIT_ON), named(name), CORRECT_NAME);
    }
  }

  /** Those whose end would end the container, and that are not there. */
  private List<ServiceName> unknown() {
    List<ServiceName> unknown = new ArrayList<>();
    for (ServiceName name : endingContainer) {
      if (!has(name.value())) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private static String named(ServiceName name) {
    return "it names " + name + ", and there is no such service";
  }

  private ServiceScan scan(Findings findings) {
    Found found = new Found(findings);
    found.watched.addAll(directoriesOnTheWay());
    try {
      for (OsString name : files.list(directory)) {
        OsString path = directory.resolve(name);
        if (findings.isService(files, name, path)) {
          look(new ServiceName(name), path, found);
        }
      }
      findings.endServices(directory);
      if (found.hasDependencies) {
        lookForCycles(found);
      }
    } catch (IOException e) {
      if (kind.mayBeNowhere() && !files.exists(directory)) {
        return new ServiceScan(found.services, found.watched, found.problems);
      }
      String advice = DinitLayout.adviceAbout(files, directory, SupervisedVariables.DIRECTORY);
      findings.add(DinitLayout.unreadable(directory, e, advice));
      found.problems.add(
          "cannot read the service directory " + directory + ": " + e.getMessage() + ": " + advice);
    }
    for (ServiceName name : unknown()) {
      found.problems.add(
          "of " + SupervisedVariables.EXIT_ON + ": " + named(name) + ": " + CORRECT_NAME);
    }
    compiled = found.patterns;
    return new ServiceScan(found.services, found.watched, found.problems);
  }

  /** Those that wait for one another wait for ever: somebody is told. */
  private void lookForCycles(Found found) {
    List<Service> services = new ArrayList<>();
    for (ServiceScan.Found each : found.services) {
      services.add(each.service());
    }
    Optional<String> cycle = Dependencies.cycleOf(services);
    if (cycle.isPresent()) {
      String problem = "services wait for one another: " + cycle.get();
      String advice = "remove one of them from an after";
      found.findings.add(Finding.error("dependency-cycle", directory, 0, problem, advice));
      found.problems.add(problem + ": " + advice);
    }
  }

  /** What a scan has found so far. */
  private static final class Found {
    private final Findings findings;
    private final List<ServiceScan.Found> services = new ArrayList<>();
    private final List<OsString> watched = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<LinePattern> patterns = new HashSet<>();
    private boolean hasDependencies;

    Found(Findings findings) {
      this.findings = findings;
    }

    /** Leaves a service out until something changes in that directory. */
    void waitFor(OsString changed, ServiceName name, String problem) {
      watched.add(changed);
      problems.add(
          "service "
              + name
              + " is not started: "
              + problem
              + "; it is started as soon as that is put right");
    }
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

  private void look(ServiceName name, OsString path, Found found) {
    OsString real;
    try {
      real = files.realPath(path);
    } catch (IOException e) {
      found.problems.add("cannot use " + path + " as a service: " + e.getMessage());
      return;
    }
    OsString run = real.resolve("run");
    boolean hasFile = files.exists(real.resolve(ServiceFile.NAME));
    boolean hasRun = hasFile && !files.exists(run) && ServiceFile.hasRun(files, real);
    if (!hasRun) {
      found.findings.program(path.resolve("run"));
    }
    Optional<LogFiles> log = readLog(name, real, path, found);
    if (found.findings.areWanted()) {
      kind.check(path, found.findings);
    }
    if (!hasRun && !isComplete(run)) {
      boolean isThere = files.exists(run);
      found.waitFor(
          real, name, run + (isThere ? " is not executable: run chmod +x on it" : " is missing"));
    } else {
      String identity = real + " " + files.identity(real);
      LogFiles orNothing = log.orElse(LogFiles.none(real));
      List<Service> services = kind.services(name, real, orNothing);
      if (hasFile) {
        services = new ArrayList<>(services);
        if (!complete(services, name, real, found)) {
          return;
        }
      }
      found.services.add(new ServiceScan.Found(services, identity, log.isPresent()));
    }
  }

  /** Whether the service could be completed by its service.json. */
  private boolean complete(List<Service> services, ServiceName name, OsString real, Found found) {
    try {
      Service service =
          ServiceFile.complete(files, real, searchPath, services.getFirst(), found.findings);
      services.set(0, service);
      found.hasDependencies |= !service.after().isEmpty();
      return true;
    } catch (LayoutException e) {
      found.waitFor(real, name, e.getMessage());
      return false;
    }
  }

  /** A file that is being made is executable last; all else shows when it is executed. */
  private boolean isComplete(OsString run) {
    return files.kind(run) == Kind.FILE ? files.isExecutableByAnybody(run) : files.exists(run);
  }

  /** Nothing where it cannot be used: then the service is not complete. */
  private Optional<LogFiles> readLog(ServiceName name, OsString real, OsString shown, Found found) {
    OsString at = real.resolve("log");
    try {
      at = files.realPath(at);
    } catch (IOException e) {
      if (!found.findings.areWanted()) {
        return Optional.of(LogFiles.none(at));
      }
    }
    try {
      LogFiles log = LogFiles.read(files, at, shown.resolve("log"), found.findings);
      if (log.pattern().isPresent()) {
        if (!compiled.contains(log.pattern().get())) {
          PatternFile.compile(log.pattern().get());
        }
        found.patterns.add(log.pattern().get());
      }
      return Optional.of(log);
    } catch (LayoutException e) {
      found.waitFor(at, name, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * What there is by now of the scripts that belong to a service.
   *
   * @param real the service's directory, absolute
   */
  public Hooks hooks(OsString real) {
    return kind.hooks(real);
  }
}
