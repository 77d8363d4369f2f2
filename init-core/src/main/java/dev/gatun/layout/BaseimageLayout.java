package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Course;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The layout of baseimage-docker: an environment in files, programs that are run once at the start
 * and may change it, a directory of services that are kept running, and programs before and after
 * these are stopped.
 */
final class BaseimageLayout implements KeptLayout {
  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc");
  private static final String INIT_DIRECTORY = "my_init.d";
  private static final String LOCAL = "rc.local";
  private static final long DEFAULT_KILL_NANOS = 30_000_000_000L;

  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);

  private final ProgramFiles files;
  private final OsString workingDirectory;
  private final Set<CommandRequest.Omission> omissions;
  private final OsString directory;
  private final ContainerEnvironment containerEnvironment;
  private final Environment environment;
  private final Variables own;
  private final KeptVariables variables;

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   * @param omissions what is left out
   */
  BaseimageLayout(
      ProgramFiles files,
      Environment given,
      OsString workingDirectory,
      Set<CommandRequest.Omission> omissions) {
    this.files = files;
    this.workingDirectory = workingDirectory;
    this.omissions = omissions;
    this.directory = directory(given, workingDirectory);
    this.containerEnvironment = new ContainerEnvironment(files, directory);
    this.environment = containerEnvironment.complete(given);
    this.own = new Variables(environment);
    this.variables = new KeptVariables(files, environment, workingDirectory);
  }

  private static OsString directory(Environment given, OsString workingDirectory) {
    OsString there = new Variables(given).get("GATUN_BASEIMAGE_DIR", DEFAULT_DIRECTORY);
    return workingDirectory.resolveAbsolute(there);
  }

  @Override
  public Layouts.Chosen read(String reason) throws LayoutException {
    boolean withServices = !omissions.contains(CommandRequest.Omission.SERVICES);
    Step.Failure codeOf = Step.Failure.GIVES_CODE;
    Course course =
        new Course(
            ProgramDirectory.steps(
                startPrograms(), workingDirectory, variables.readInitFailure(), true),
            Optional.empty(),
            withServices ? steps(programsIn("my_init.pre_shutdown.d"), codeOf) : List.of(),
            withServices ? steps(programsIn("my_init.post_shutdown.d"), codeOf) : List.of(),
            List.of());
    return new Layouts.Chosen(
        variables.configuration(STOP_SIGNALS, course, readKillAfterNanos(), readOrphans()),
        withServices ? services() : Optional.empty(),
        variables.passOutputThrough(),
        reason,
        Optional.of(containerEnvironment));
  }

  private List<Step> steps(List<OsString> programs, Step.Failure failure) {
    return ProgramDirectory.steps(programs, workingDirectory, failure, false);
  }

  private List<OsString> programsIn(String name) {
    return new ProgramDirectory(files, directory.resolve(name)).programs();
  }

  private List<OsString> startPrograms() {
    if (omissions.contains(CommandRequest.Omission.START_PROGRAMS)) {
      return List.of();
    }
    OsString init = own.get("ENV_INIT_DIRECTORY", directory.resolve(INIT_DIRECTORY));
    OsString there = workingDirectory.resolveAbsolute(init);
    List<OsString> programs = new ArrayList<>(new ProgramDirectory(files, there).programs());
    OsString local = directory.resolve(LOCAL);
    if (ProgramDirectory.isProgram(files, local)) {
      programs.add(local);
    }
    return programs;
  }

  private long readKillAfterNanos() throws LayoutException {
    return own.secondsAsNanos(
        "GATUN_KILL_TIMEOUT", own.secondsAsNanos("KILL_PROCESS_TIMEOUT", DEFAULT_KILL_NANOS));
  }

  private OrphanPolicy readOrphans() throws LayoutException {
    OrphanPolicy usual = new EngineVariables(own).readOrphanPolicy(OrphanPolicy.Kind.IGNORE);
    long killAfterNanos =
        own.secondsAsNanos(
            "DINIT_KILL_TIMEOUT",
            own.secondsAsNanos("KILL_ALL_PROCESSES_TIMEOUT", DEFAULT_KILL_NANOS));
    return new OrphanPolicy(usual.kind(), usual.maturityNanos(), killAfterNanos);
  }

  @Override
  public Optional<ServiceDirectory> services() throws LayoutException {
    return Optional.of(variables.services(KeptVariables.DEFAULT_DIRECTORY));
  }

  @Override
  public List<OsString> programs() {
    List<OsString> programs = new ArrayList<>(startPrograms());
    programs.addAll(programsIn("my_init.pre_shutdown.d"));
    programs.addAll(programsIn("my_init.post_shutdown.d"));
    return programs;
  }

  @Override
  public List<EngineVariables.WrongVariable> wrongVariables() {
    List<EngineVariables.WrongVariable> wrong = new ArrayList<>(variables.wrongVariables());
    wrong.addAll(variables.wrongInitFailure());
    wrong.addAll(
        EngineVariables.wrong(
            environment,
            name -> own.secondsAsNanos(name, 0),
            "KILL_PROCESS_TIMEOUT",
            "KILL_ALL_PROCESSES_TIMEOUT"));
    return wrong;
  }
}
