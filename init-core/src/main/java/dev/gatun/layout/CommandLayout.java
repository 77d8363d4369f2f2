package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Command;
import dev.gatun.plan.Configuration;
import dev.gatun.plan.Course;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Job;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
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
  private final Environment environment;
  private final Variables variables;
  private final OsString workingDirectory;

  /**
   * @param workingDirectory absolute; the command runs there
   */
  public CommandLayout(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.environment = environment;
    this.variables = new Variables(environment);
    this.workingDirectory = workingDirectory;
  }

  /**
   * What to run.
   *
   * @param dialect whose options the request was made with: most other inits know no services
   * @throws LayoutException when a variable's value is unusable, or the program cannot be found
   */
  public Layouts.Chosen read(CommandRequest request, Dialect dialect) throws LayoutException {
    if (request.action() == CommandRequest.Action.PAUSE) {
      return Layouts.Chosen.of(
          pause(request), Optional.empty(), false, "the layout is command: none is to be run");
    }
    Optional<Layouts.Chosen> kept =
        new Layouts(files, environment, workingDirectory).besideCommand(request, dialect);
    if (kept.isPresent()) {
      return request.words().isEmpty() ? kept.get() : beside(request, kept.get());
    }
    return Layouts.Chosen.of(
        alone(request, dialect), Optional.empty(), false, "the layout is command: one is given");
  }

  /** Nothing runs but what others leave to Gatun, and these two signals end it, as catatonit. */
  private Configuration pause(CommandRequest request) throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    OrphanPolicy orphans = orphans(engine.readOrphanPolicy(OrphanPolicy.Kind.IGNORE));
    Plan plan =
        new Plan(
            List.of(),
            List.of(Signal.TERM, Signal.INT),
            orphans,
            engine.readKillAfterNanos(),
            engine.readDrainNanos(),
            Optional.of(Course.NONE));
    return configuration(request, engine.configuration(plan, true), plan);
  }

  /** The command runs when what comes before the services has been run. */
  private Layouts.Chosen beside(CommandRequest request, Layouts.Chosen kept)
      throws LayoutException {
    Configuration base = kept.configuration();
    Plan plan = base.plan();
    Environment whole =
        kept.environment().isPresent()
            ? kept.environment().get().complete(environment)
            : environment;
    ServiceSpec command = command(request, List.of(), new Variables(whole));
    Plan with =
        new Plan(
            List.of(command),
            plan.stopSignals(),
            plan.orphans(),
            plan.killAfterNanos(),
            plan.drainNanos(),
            plan.course(),
            Optional.of(forwarding(request, command)));
    return new Layouts.Chosen(
        configuration(request, base, with),
        kept.kept(),
        kept.passesOutputThrough(),
        kept.reason(),
        kept.environment());
  }

  private static Forwarding forwarding(CommandRequest request, ServiceSpec command) {
    return new Forwarding(command.name(), request.wholeGroup(), request.rewrites());
  }

  private Configuration alone(CommandRequest request, Dialect dialect) throws LayoutException {
    DinitLayout layout = new DinitLayout(files, environment, workingDirectory);
    Configuration base = withServices(dialect) ? layout.read() : layout.readWithoutServices();
    Plan plan = base.plan();
    ServiceSpec command = command(request, plan.services(), variables);
    List<ServiceSpec> services = new ArrayList<>(plan.services());
    services.add(command);
    services.sort((a, b) -> a.name().compareTo(b.name()));
    Plan whole =
        new Plan(
            services,
            List.of(),
            orphans(plan.orphans()),
            plan.killAfterNanos(),
            plan.drainNanos(),
            Optional.empty(),
            Optional.of(forwarding(request, command)));
    return configuration(request, base, whole);
  }

  /** The base with this plan, and as talkative as the request wants it. */
  private Configuration configuration(CommandRequest request, Configuration base, Plan plan)
      throws LayoutException {
    Verbosity verbosity = verbosity(request, base.verbosity());
    return new Configuration(plan, base.stdout(), verbosity, base.lineLimitBytes());
  }

  private boolean withServices(Dialect dialect) {
    OsString layout = variables.get(Layouts.VARIABLE, null);
    boolean asked = variables.get("DINIT_DIR", null) != null;
    boolean there = asked || files.isDirectory(DinitLayout.DEFAULT_DIRECTORY);
    return layout == null ? dialect == Dialect.GATUN && there : layout.equals(DINIT);
  }

  private ServiceSpec command(
      CommandRequest request, List<ServiceSpec> services, Variables environment)
      throws LayoutException {
    OsString name = request.words().getFirst();
    OsString program =
        new PathSearch(files, environment.get("PATH", PathSearch.DEFAULT)).find(name);
    Command command =
        new Command(
            program,
            request.words().subList(1, request.words().size()),
            workingDirectory,
            Optional.of(new Job(name, !request.logged())));
    return new ServiceSpec(
        freeName(name.substring(name.lastIndexOf('/') + 1), services),
        command,
        Optional.empty(),
        Optional.empty(),
        ExitPolicy.passingOn(request.forgiven()));
  }

  private static ServiceName freeName(OsString base, List<ServiceSpec> services) {
    OsString name = base.isEmpty() ? OsString.of("command") : base;
    while (isTaken(name, services)) {
      name = name.concat(OsString.of("-command"));
    }
    return new ServiceName(name);
  }

  private static boolean isTaken(OsString name, List<ServiceSpec> services) {
    for (ServiceSpec service : services) {
      if (service.name().value().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** A command may leave daemons behind while it runs; unless something else is asked for. */
  private OrphanPolicy orphans(OrphanPolicy read) throws LayoutException {
    boolean asked = variables.get("DINIT_REPARENTING_POLICY", null) != null;
    long killAfterNanos =
        variables.secondsAsNanos(
            "GATUN_KILL_TIMEOUT",
            variables.secondsAsNanos("DINIT_KILL_TIMEOUT", DEFAULT_KILL_NANOS));
    return new OrphanPolicy(
        asked ? read.kind() : OrphanPolicy.Kind.IGNORE, read.maturityNanos(), killAfterNanos);
  }

  private Verbosity verbosity(CommandRequest request, Verbosity read) throws LayoutException {
    Verbosity[] all = Verbosity.values();
    int level = read.ordinal();
    if (variables.get("DINIT_LOG_LEVEL", null) == null) {
      boolean debug = OsString.of("1").equals(variables.get("DUMB_INIT_DEBUG", null));
      int tini = variables.choice("TINI_VERBOSITY", 1, "0", "1", "2", "3");
      level = debug ? all.length - 1 : Verbosity.ERROR.ordinal() + tini;
    }
    return all[Math.min(level + request.louder(), all.length - 1)];
  }
}
