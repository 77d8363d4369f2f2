package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The layout of baseimage-docker: an environment in files, programs that are run once at the start
 * and may change it, a directory of supervised services, and programs before and after these are
 * stopped.
 */
final class BaseimageLayout implements Layout {
  static final String NAME = "baseimage";

  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc");
  private static final String INIT_DIRECTORY = "my_init.d";
  private static final String LOCAL = "rc.local";
  private static final long DEFAULT_KILL_NANOS = 30_000_000_000L;
  private static final Meaning.Oneshot AT_END = new Meaning.Oneshot(Meaning.Failure.GIVES_CODE);

  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);

  private final ProgramFiles files;
  private final Set<CommandRequest.Omission> omissions;
  private final OsString directory;
  private final ContainerEnvironment containerEnvironment;
  private final Variables variables;
  private final SupervisedVariables supervised;

  /**
   * @param given the variables that files may add to
   * @param omissions what is left out
   */
  BaseimageLayout(ProgramFiles files, Variables given, Set<CommandRequest.Omission> omissions) {
    this.files = files;
    this.omissions = omissions;
    this.directory = given.path("GATUN_BASEIMAGE_DIR", DEFAULT_DIRECTORY);
    this.containerEnvironment = new ContainerEnvironment(files, directory);
    Environment whole = containerEnvironment.complete(given.environment());
    this.variables = given.of(whole);
    this.supervised = new SupervisedVariables(files, variables);
  }

  @Override
  public String name() {
    return NAME;
  }

  private long readKillAfterNanos() throws LayoutException {
    return variables.secondsAsNanos(
        "GATUN_KILL_TIMEOUT", variables.secondsAsNanos("KILL_PROCESS_TIMEOUT", DEFAULT_KILL_NANOS));
  }

  @Override
  public Setup read() throws LayoutException {
    Meaning.Oneshot atStart = new Meaning.Oneshot(supervised.readInitFailure(), true);
    long killAfterNanos = readKillAfterNanos();
    Oneshots first = new Oneshots(Stage.FIRST, Stop.bySignal(killAfterNanos));
    if (!omissions.contains(CommandRequest.Omission.START_PROGRAMS)) {
      add(first, Span.START, startPrograms(), atStart);
    }
    boolean withServices = !omissions.contains(CommandRequest.Omission.SERVICES);
    Oneshots last = new Oneshots(Stage.LAST, Stop.bySignal(Stop.NO_KILL));
    if (withServices) {
      add(last, Span.CLOSING, programsIn("my_init.pre_shutdown.d"), AT_END);
      add(last, Span.LAST, programsIn("my_init.post_shutdown.d"), AT_END);
    }
    Plan.Builder plan = supervised.plan(readOrphans());
    plan.signals(supervised.readSignals(Signals.stoppingOn(STOP_SIGNALS)));
    plan.addAll(first.services()).addAll(last.services());
    Optional<OsString> services =
        withServices ? Optional.of(DinitLayout.DEFAULT_DIRECTORY) : Optional.empty();
    return supervised.setup(plan.build(), services, killAfterNanos).with(containerEnvironment);
  }

  private void add(Oneshots to, Span span, List<OsString> programs, Meaning.Oneshot meaning) {
    for (OsString path : programs) {
      variables.findings().program(path);
      to.add(span, Program.of(path, variables.workingDirectory()), meaning);
    }
  }

  private List<OsString> programsIn(String name) {
    return new ProgramDirectory(files, directory.resolve(name)).programs();
  }

  private List<OsString> startPrograms() {
    OsString there = variables.path("ENV_INIT_DIRECTORY", directory.resolve(INIT_DIRECTORY));
    List<OsString> programs = new ArrayList<>(new ProgramDirectory(files, there).programs());
    OsString local = directory.resolve(LOCAL);
    if (ProgramDirectory.isProgram(files, local)) {
      programs.add(local);
    }
    return programs;
  }

  private OrphanPolicy readOrphans() throws LayoutException {
    OrphanPolicy usual = supervised.readOrphanPolicy();
    long killAfterNanos =
        variables.secondsAsNanos("KILL_ALL_PROCESSES_TIMEOUT", DEFAULT_KILL_NANOS);
    return variables.isSet("DINIT_KILL_TIMEOUT")
        ? usual
        : new OrphanPolicy(usual.kind(), usual.maturityNanos(), killAfterNanos);
  }
}
