package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layout of runit: the stages 1, 2 and 3, and a directory of services that are kept running.
 */
final class RunitLayout implements KeptLayout {
  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/runit");
  private static final OsString ROOT = OsString.of("/");
  private static final int SCRIPT_BYTES = 64 * 1024;
  private static final long MAIN_PAUSE_NANOS = 1_000_000_000;

  /** Stage 1's way to say that the services are to be skipped. */
  private static final int SKIPS_SERVICES = 100;

  /** Stage 2's way to ask for another start. */
  private static final int RESTART = 111;

  private static final Step.Failure STAGE_ONE = new Step.Failure(false, SKIPS_SERVICES, true, true);

  /** HUP is what runsvdir takes for the end, so images for it have it as their stop signal. */
  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.HUP, Signal.QUIT, Signal.PWR, Signal.RTMIN_3);

  private final ProgramFiles files;
  private final Variables variables;
  private final OsString workingDirectory;
  private final KeptVariables kept;

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   */
  RunitLayout(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.variables = new Variables(environment);
    this.workingDirectory = workingDirectory;
    this.kept = new KeptVariables(files, environment, workingDirectory);
  }

  /** The directory of the stages, absolute. */
  OsString directory() {
    return workingDirectory.resolveAbsolute(variables.get("RUNIT_DIR", DEFAULT_DIRECTORY));
  }

  @Override
  public Layouts.Chosen read(String reason) throws LayoutException {
    Optional<StageTwo> usual = readStageTwo();
    boolean ownMain = hasOwnMain(usual);
    Course course =
        new Course(
            readFirst(usual),
            ownMain ? Optional.of(main()) : Optional.empty(),
            steps("3", Step.Failure.GIVES_CODE),
            readSignals());
    return Layouts.Chosen.of(
        kept.configuration(readStopSignals(), course),
        services(usual),
        kept.passOutputThrough(),
        reason);
  }

  private boolean hasOwnMain(Optional<StageTwo> usual) {
    return usual.isEmpty() && files.exists(stage("2"));
  }

  @Override
  public Optional<ServiceDirectory> services() throws LayoutException {
    return services(readStageTwo());
  }

  private Optional<ServiceDirectory> services(Optional<StageTwo> usual) throws LayoutException {
    OsString services =
        usual.isPresent() ? usual.get().directory() : KeptVariables.DEFAULT_DIRECTORY;
    return hasOwnMain(usual) ? Optional.empty() : Optional.of(kept.services(services));
  }

  @Override
  public List<EngineVariables.WrongVariable> wrongVariables() {
    return kept.wrongVariables();
  }

  @Override
  public List<OsString> programs() {
    List<OsString> programs = new ArrayList<>();
    for (String name : new String[] {"1", "2", "3", "ctrlaltdel"}) {
      if (files.exists(stage(name))) {
        programs.add(stage(name));
      }
    }
    return programs;
  }

  private OsString stage(String name) {
    return directory().resolve(name);
  }

  /** A script that cannot be read is executed as it is: so it is said what is wrong with it. */
  private Optional<StageTwo> readStageTwo() {
    try {
      byte[] script = files.read(stage("2"), SCRIPT_BYTES + 1);
      return script.length > SCRIPT_BYTES
          ? Optional.empty()
          : StageTwo.of(script, this::environment);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String environment(String name) {
    OsString value = variables.get(name, null);
    return value == null ? null : value.toString();
  }

  private List<Step> readFirst(Optional<StageTwo> usual) {
    List<Step> first = new ArrayList<>(steps("1", STAGE_ONE));
    if (usual.isPresent() && !usual.get().preparation().isEmpty()) {
      Command prepares = usual.get().prepare(stage("2"));
      first.add(new Step(ServiceName.of("2"), prepares, Step.Failure.IS_SAID));
    }
    return first;
  }

  private List<Step> steps(String name, Step.Failure failure) {
    return files.exists(stage(name))
        ? List.of(new Step(ServiceName.of(name), Command.of(stage(name), ROOT), failure))
        : List.of();
  }

  private MainProgram main() {
    return new MainProgram(
        ServiceName.of("2"), Command.of(stage("2"), ROOT), RESTART, MAIN_PAUSE_NANOS);
  }

  private boolean hasScriptForInterrupt() {
    return files.exists(stage("ctrlaltdel"));
  }

  /** Where nothing is to be run for it, a terminal's INT is a wish to end, as elsewhere. */
  private List<Signal> readStopSignals() {
    List<Signal> signals = new ArrayList<>(STOP_SIGNALS);
    if (!hasScriptForInterrupt()) {
      signals.add(Signal.INT);
    }
    return signals;
  }

  private List<SignalRule> readSignals() {
    OsString permit = stage("stopit");
    List<SignalRule> rules = new ArrayList<>();
    rules.add(new SignalRule(Signal.CONT, Optional.empty(), permit));
    if (hasScriptForInterrupt()) {
      Optional<Command> script = Optional.of(Command.of(stage("ctrlaltdel"), ROOT));
      rules.add(new SignalRule(Signal.INT, script, permit));
    }
    return rules;
  }
}
