package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a service as s6-supervise takes them. A service is run in a live directory, which
 * holds links to its files and what clients need.
 *
 * @see <a href="https://skarnet.org/software/s6/servicedir.html">service directories</a>
 */
final class S6ServiceFiles implements ServiceFiles {
  private static final long NANOS_A_MILLI = 1_000_000;

  /** What stands for the exit code of a program that a signal has ended. */
  private static final int KILLED = 256;

  /** A finish program's way to say that the service is to stay down. */
  private static final int STAYS_DOWN = 125;

  private static final long PAUSE_NANOS = 1_000_000_000;

  /** What cannot be started is tried again less often. */
  private static final Backoff BACKOFF =
      new Backoff(PAUSE_NANOS, 60 * PAUSE_NANOS, Optional.empty());

  private final ProgramFiles files;
  private final LiveServices live;
  private final Set<ServiceName> endingContainer;
  private final long killAfterNanos;
  private final List<After> after;

  /**
   * @param live where the services have live directories
   * @param killAfterNanos how long after it was told to stop a service gets KILL; as {@link Stop}
   * @param after what has to have happened before one of the services is started
   */
  S6ServiceFiles(
      ProgramFiles files,
      LiveServices live,
      Set<ServiceName> endingContainer,
      long killAfterNanos,
      List<After> after) {
    this.files = files;
    this.live = live;
    this.endingContainer = endingContainer;
    this.killAfterNanos = killAfterNanos;
    this.after = List.copyOf(after);
  }

  @Override
  public List<Service> services(ServiceName name, OsString real, LogFiles log) {
    List<Service> services = new ArrayList<>(2);
    OsString there = live.isUsable() ? live.directory().resolve(name.value()) : real;
    ServiceId id = ServiceId.run(name);
    Service.Builder run = supervised(id, real, there, name.value()).wiring(log.wiring(name));
    if (endingContainer.contains(name)) {
      run.means(new Meaning.EndsContainer(ExitCode.PassedOn.AS_IT_IS));
    }
    services.add(run.build().with(hooks(there, real)));
    if (log.hasProgram()) {
      OsString logThere = live.isUsable() ? there.resolve("log") : log.directory();
      services.add(
          supervised(ServiceId.log(name), log.directory(), logThere, name.value().resolve("log"))
              .wiring(Wiring.readingFrom(id))
              .build());
    }
    return services;
  }

  private Service.Builder supervised(ServiceId id, OsString real, OsString there, OsString called) {
    S6Parameters parameters = parameters(real);
    Program run = new Program(real.resolve("run"), List.of(called), there);
    Service.Builder service =
        supervised(id, run, parameters, Stop.bySignal(endingKillNanos(parameters)));
    for (After condition : after) {
      service.after(condition);
    }
    return files.exists(real.resolve("down")) ? service.startedByOrder() : service;
  }

  /**
   * A service that is started again a second after its end.
   *
   * @param stop what it does at the end of the container
   */
  static Service.Builder supervised(ServiceId id, Program run, S6Parameters parameters, Stop stop) {
    boolean tells = parameters.notificationFd() != S6Parameters.NONE;
    Restart.Since since = tells ? Restart.Since.READY : Restart.Since.FINISH;
    Restart restart = new Restart(Restart.When.ALWAYS, ExitCode.NONE, since, PAUSE_NANOS);
    Stop whole =
        stop.with(parameters.downSignal())
            .killingAfterOrder(parameters.killAfterMillis() * NANOS_A_MILLI);
    Service.Builder service =
        Service.longrun(id, run)
            .wanted(Span.UP)
            .restart(restart.with(BACKOFF))
            .stop(whole)
            .takesOrders();
    if (tells) {
      service.readiness(
          new Readiness(
              new Readiness.Descriptor(parameters.notificationFd()),
              Readiness.NO_LIMIT,
              Readiness.Late.WAIT));
    }
    return service;
  }

  /** What has its own limit gets no more at the end of the container. */
  private long endingKillNanos(S6Parameters parameters) {
    long ownNanos = parameters.killAfterMillis() * NANOS_A_MILLI;
    return ownNanos > 0 ? Math.min(ownNanos, killAfterNanos) : killAfterNanos;
  }

  /** What is wrong with them is told by a check; a service is started without what is wrong. */
  private S6Parameters parameters(OsString real) {
    try {
      return S6Parameters.read(files, real, Findings.AT_START);
    } catch (LayoutException e) {
      return S6Parameters.usual();
    }
  }

  @Override
  public Hooks hooks(OsString directory) {
    return hooks(directory, directory);
  }

  private Hooks hooks(OsString there, OsString real) {
    return files.exists(real.resolve("finish")) ? finish(there, parameters(real)) : Hooks.NONE;
  }

  /** The finish program in a live directory. */
  static Hooks finish(OsString there, S6Parameters parameters) {
    Program program = Program.of(there.resolve("finish"), there).optional();
    ExitArguments arguments = new ExitArguments(KILLED, 0, List.of(), true);
    long killAfterNanos = parameters.finishMillis() * NANOS_A_MILLI;
    Hooks.Finish finish = new Hooks.Finish(program, arguments, killAfterNanos, STAYS_DOWN);
    return new Hooks(Optional.of(finish), List.of());
  }

  @Override
  public void check(OsString path, Findings findings) {
    try {
      S6Parameters.read(files, path, findings);
    } catch (LayoutException e) {
      throw new IllegalStateException("a finding was thrown", e);
    }
    if (files.exists(path.resolve("finish"))) {
      findings.program(path.resolve("finish"));
    }
  }

  @Override
  public Optional<LiveServices> live() {
    return Optional.of(live);
  }

  /** A container may run nothing but definitions of s6-rc, or a command. */
  @Override
  public boolean mayBeNowhere() {
    return true;
  }
}
