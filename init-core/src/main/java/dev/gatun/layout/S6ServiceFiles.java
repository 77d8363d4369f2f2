package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
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
  /** What stands for the exit code of a program that a signal has ended. */
  private static final int KILLED = 256;

  /** What finish is told of a program that could not be executed. */
  private static final List<OsString> NOT_EXECUTED = List.of(OsString.of("127"), OsString.of("0"));

  private static final Restart RESTART =
      new Restart(Restart.When.ALWAYS, ExitCode.NONE, Restart.Since.END, 1_000_000_000);

  private final ProgramFiles files;
  private final LiveServices live;
  private final Set<ServiceName> endingContainer;
  private final long killAfterNanos;

  /**
   * @param live where the services have live directories
   * @param killAfterNanos how long after it was told to stop a service gets KILL; as {@link Stop}
   */
  S6ServiceFiles(
      ProgramFiles files,
      LiveServices live,
      Set<ServiceName> endingContainer,
      long killAfterNanos) {
    this.files = files;
    this.live = live;
    this.endingContainer = endingContainer;
    this.killAfterNanos = killAfterNanos;
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
    Program run = new Program(real.resolve("run"), List.of(called), there);
    Service.Builder service =
        Service.longrun(id, run)
            .wanted(Span.UP)
            .restart(RESTART)
            .stop(Stop.bySignal(killAfterNanos))
            .takesOrders();
    return files.exists(real.resolve("down")) ? service.startedByOrder() : service;
  }

  @Override
  public Hooks hooks(OsString directory) {
    return hooks(directory, directory);
  }

  private Hooks hooks(OsString there, OsString real) {
    if (!files.exists(real.resolve("finish"))) {
      return Hooks.NONE;
    }
    Program finish = Program.of(there.resolve("finish"), there).optional();
    ExitArguments arguments =
        new ExitArguments(KILLED, 0, NOT_EXECUTED);
    return new Hooks(Optional.of(new Hooks.Finish(finish, arguments)), List.of());
  }

  @Override
  public void check(OsString path, Findings findings) {
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
