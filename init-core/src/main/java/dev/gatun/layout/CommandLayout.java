package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Job;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Optional;

/**
 * The layout of a single command, as of tini, dumb-init and catatonit: it gets every signal, its
 * exit code is the container's, and what it leaves behind is ended with it. Services may run beside
 * it.
 */
public final class CommandLayout {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** Less than the ten seconds that container engines wait before they kill. */
  private static final long DEFAULT_KILL_NANOS = 5 * NANOS_A_SECOND;

  private static final OsString DINIT = OsString.of("dinit");

  private final ProgramFiles files;
  private final Variables variables;

  /**
   * @param workingDirectory absolute; the command runs there
   */
  public CommandLayout(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.variables = new Variables(environment, workingDirectory, Findings.AT_START);
  }

  /**
   * What to run.
   *
   * @param dialect whose options the request was made with: most other inits know no services
   * @throws LayoutException when a variable's value is unusable, or the program cannot be found
   */
  public Setup read(CommandRequest request, Dialect dialect) throws LayoutException {
    if (request.action() == CommandRequest.Action.PAUSE) {
      return pause(request).because("the layout is command: none is to be run", true);
    }
    Layouts layouts = new Layouts(files, variables);
    Optional<Layout> beside = layouts.besideCommand(request, dialect);
    if (beside.isEmpty()) {
      return alone(request, dialect).because("the layout is command: one is given", false);
    }
    Setup setup = beside.get().read().because(layouts.reason(beside.get()), true);
    return request.words().isEmpty() ? setup : beside(request, beside.get(), setup);
  }

  /** Nothing runs but what others leave to Gatun, and these two signals end it, as catatonit. */
  private Setup pause(CommandRequest request) throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    OrphanPolicy orphans = readOrphans(engine.readOrphanPolicy(OrphanPolicy.Kind.IGNORE));
    Plan plan =
        Plan.builder()
            .environment(variables.environment())
            .signals(Signals.stoppingOn(List.of(Signal.TERM, Signal.INT)))
            .orphans(orphans.toldAfterAll())
            .drainNanos(engine.readDrainNanos())
            .findsServices(true)
            .build();
    OutputSettings output = engine.readOutput(true);
    Verbosity verbosity = readVerbosity(request, output.verbosity());
    return Setup.of(plan, output.with(verbosity), Stop.NO_KILL);
  }

  /** The command runs when what comes before the services has been run. */
  private Setup beside(CommandRequest request, Layout layout, Setup services)
      throws LayoutException {
    Plan plan = services.plan();
    Service command = command(request, services, Optional.of(layout));
    Signals signals = plan.signals();
    if (layout.passesSignalsToCommand()) {
      signals = signals.forwardedBy(forwarding(request, command));
    }
    return with(request, services, plan.toBuilder().add(command).signals(signals));
  }

  private Setup alone(CommandRequest request, Dialect dialect) throws LayoutException {
    Setup services = new DinitLayout(files, variables, withServices(dialect)).read();
    Plan plan = services.plan();
    Service command = command(request, services, Optional.empty());
    Signals signals = Signals.stoppingOn(List.of()).forwardedBy(forwarding(request, command));
    OrphanPolicy orphans = readOrphans(plan.orphans());
    return with(request, services, plan.toBuilder().add(command).signals(signals).orphans(orphans));
  }

  private static Forwarding forwarding(CommandRequest request, Service command) {
    return new Forwarding(command.id(), request.wholeGroup(), request.rewrites());
  }

  /** The setup with this plan, and as talkative as the request wants it. */
  private Setup with(CommandRequest request, Setup setup, Plan.Builder plan)
      throws LayoutException {
    Verbosity verbosity = readVerbosity(request, setup.output().verbosity());
    return setup.with(plan.build(), setup.output().with(verbosity));
  }

  private boolean withServices(Dialect dialect) {
    OsString layout = variables.get(Layouts.VARIABLE, null);
    boolean there =
        variables.isSet(DinitLayout.DIRECTORY) || files.isDirectory(DinitLayout.DEFAULT_DIRECTORY);
    return layout == null ? dialect == Dialect.GATUN && there : layout.equals(DINIT);
  }

  /** The command comes after the services that are known; its program is looked for as theirs. */
  private Service command(CommandRequest request, Setup services, Optional<Layout> layout)
      throws LayoutException {
    Plan plan = services.plan();
    OsString name = request.words().getFirst();
    OsString path = variables.of(plan.environment()).get("PATH", PathSearch.DEFAULT);
    Program program =
        new Program(
            new PathSearch(files, path).find(name),
            request.words().subList(1, request.words().size()),
            variables.workingDirectory(),
            Optional.of(new Job(name, !request.logged())),
            false);
    ServiceId id = freeId(name.substring(name.lastIndexOf('/') + 1), services);
    Service.Builder command =
        Service.longrun(id, program)
            .means(new Meaning.EndsContainer(new ExitCode.PassedOn(request.forgiven())))
            .stop(Stop.bySignal(services.killAfterNanos()));
    for (Service service : plan.services()) {
      boolean isBeside = service.id().stage() == Stage.RUN || service.span().equals(Span.UP);
      if (isBeside) {
        ServiceId other = service.id();
        command.after(
            layout.isPresent() ? layout.get().beforeCommand(other) : After.started(other));
      }
    }
    return command.build();
  }

  private static ServiceId freeId(OsString base, Setup services) {
    OsString name = base.isEmpty() ? OsString.of("command") : base;
    while (isTaken(name, services)) {
      name = name.concat(OsString.of("-command"));
    }
    return ServiceId.run(new ServiceName(name));
  }

  private static boolean isTaken(OsString name, Setup services) {
    for (Service service : services.plan().services()) {
      if (service.id().stage() == Stage.RUN && service.id().name().value().equals(name)) {
        return true;
      }
    }
    return services.services().isPresent() && services.services().get().has(name);
  }

  /** A command may leave daemons behind while it runs; unless something else is asked for. */
  private OrphanPolicy readOrphans(OrphanPolicy read) throws LayoutException {
    boolean asked = variables.isSet("DINIT_REPARENTING_POLICY");
    long killAfterNanos =
        variables.secondsAsNanos(
            "GATUN_KILL_TIMEOUT",
            variables.secondsAsNanos("DINIT_KILL_TIMEOUT", DEFAULT_KILL_NANOS));
    return new OrphanPolicy(
        asked ? read.kind() : OrphanPolicy.Kind.IGNORE, read.maturityNanos(), killAfterNanos);
  }

  private Verbosity readVerbosity(CommandRequest request, Verbosity read) throws LayoutException {
    Verbosity[] all = Verbosity.values();
    int level = read.ordinal();
    if (!variables.isSet("DINIT_LOG_LEVEL")) {
      boolean debug = OsString.of("1").equals(variables.get("DUMB_INIT_DEBUG", null));
      int tini = variables.choice("TINI_VERBOSITY", 1, "0", "1", "2", "3");
      level = debug ? all.length - 1 : Verbosity.ERROR.ordinal() + tini;
    }
    return all[Math.min(level + request.louder(), all.length - 1)];
  }
}
