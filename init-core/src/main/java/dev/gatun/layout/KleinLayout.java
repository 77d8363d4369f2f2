package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Course;
import dev.gatun.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layout of the Klein image: programs that are run once at the start, one after the other, and
 * then a directory of services that are kept running.
 */
final class KleinLayout implements KeptLayout {
  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/init");
  private static final OsString ROOT = OsString.of("/");

  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.HUP, Signal.RTMIN_3);

  private final KeptVariables variables;
  private final ProgramDirectory directory;

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   */
  KleinLayout(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.variables = new KeptVariables(files, environment, workingDirectory);
    OsString there = new Variables(environment).get("GATUN_INIT_DIR", DEFAULT_DIRECTORY);
    this.directory = new ProgramDirectory(files, workingDirectory.resolveAbsolute(there));
  }

  /** Whether there is anything to run at the start. */
  boolean isThere() {
    return !programs().isEmpty();
  }

  @Override
  public Layouts.Chosen read(String reason) throws LayoutException {
    Step.Failure failure = variables.readInitFailure();
    List<Step> first = ProgramDirectory.steps(programs(), ROOT, failure, false);
    Course course = new Course(first, Optional.empty(), List.of(), List.of());
    return Layouts.Chosen.of(
        variables.configuration(STOP_SIGNALS, course),
        services(),
        variables.passOutputThrough(),
        reason);
  }

  @Override
  public Optional<ServiceDirectory> services() throws LayoutException {
    return Optional.of(variables.services(KeptVariables.DEFAULT_DIRECTORY));
  }

  @Override
  public List<OsString> programs() {
    return directory.programs();
  }

  @Override
  public List<EngineVariables.WrongVariable> wrongVariables() {
    List<EngineVariables.WrongVariable> wrong = new ArrayList<>(variables.wrongVariables());
    wrong.addAll(variables.wrongInitFailure());
    return wrong;
  }
}
