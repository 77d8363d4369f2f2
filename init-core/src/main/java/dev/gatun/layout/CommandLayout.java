package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Command;
import dev.gatun.plan.Configuration;
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

  private static final int NONE_NAMED = -1;

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
   * @param dialect whose options the request was made with: other inits know no services
   * @throws LayoutException when a variable's value is unusable, or the program cannot be found
   */
  public Configuration read(CommandRequest request, Dialect dialect) throws LayoutException {
    DinitLayout layout = new DinitLayout(files, environment, workingDirectory);
    Configuration base = withServices(dialect) ? layout.read() : layout.readWithoutServices();
    Plan plan = base.plan();
    ServiceSpec command = command(request, plan.services());
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
            Optional.of(new Forwarding(command.name(), request.wholeGroup(), request.rewrites())));
    return new Configuration(
        whole, base.stdout(), verbosity(request, base.verbosity()), base.lineLimitBytes());
  }

  private boolean withServices(Dialect dialect) throws LayoutException {
    int choice = variables.choice("GATUN_LAYOUT", NONE_NAMED, "command", "dinit");
    boolean asked = variables.get("DINIT_DIR", null) != null;
    boolean there = asked || files.isDirectory(DinitLayout.DEFAULT_DIRECTORY);
    return choice == 1 || choice == NONE_NAMED && dialect == Dialect.GATUN && there;
  }

  private ServiceSpec command(CommandRequest request, List<ServiceSpec> services)
      throws LayoutException {
    OsString name = request.words().getFirst();
    OsString program = new PathSearch(files, variables.get("PATH", PathSearch.DEFAULT)).find(name);
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
