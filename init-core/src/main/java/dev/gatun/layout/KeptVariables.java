package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Configuration;
import dev.gatun.plan.Course;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What all layouts with kept services read from the same variables. */
final class KeptVariables {
  static final OsString DEFAULT_DIRECTORY = DinitLayout.DEFAULT_DIRECTORY;

  private static final String EXIT_ON = "GATUN_EXIT_ON";
  private static final String LOG = "GATUN_LOG";
  private static final String INIT_FAILURE = "GATUN_INIT_FAILURE";

  private final ProgramFiles files;
  private final Environment environment;
  private final Variables variables;
  private final OsString workingDirectory;

  KeptVariables(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.environment = environment;
    this.variables = new Variables(environment);
    this.workingDirectory = workingDirectory;
  }

  /** Services are found when they are wanted, so that what is run before can make them. */
  Configuration configuration(List<Signal> stopSignals, Course course) throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    OrphanPolicy orphans = engine.readOrphanPolicy(OrphanPolicy.Kind.IGNORE);
    return configuration(stopSignals, course, engine.readKillAfterNanos(), orphans);
  }

  /**
   * The same.
   *
   * @param killAfterNanos as the plan has it
   */
  Configuration configuration(
      List<Signal> stopSignals, Course course, long killAfterNanos, OrphanPolicy orphans)
      throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    Plan plan =
        new Plan(
            List.of(),
            stopSignals,
            orphans,
            killAfterNanos,
            engine.readDrainNanos(),
            Optional.of(course));
    return engine.configuration(plan, false);
  }

  /**
   * The services, which {@code SVDIR} may have elsewhere.
   *
   * @param otherwise where they are if it does not; absolute
   */
  ServiceDirectory services(OsString otherwise) throws LayoutException {
    OsString directory = workingDirectory.resolveAbsolute(variables.get("SVDIR", otherwise));
    return new ServiceDirectory(files, directory, endingContainer());
  }

  /** As runit does it, for those who want their lines as they are. */
  boolean passOutputThrough() throws LayoutException {
    return variables.choice(LOG, 0, "lines", "raw") == 1;
  }

  /** What it means that a program fails which is run before the services. */
  Step.Failure readInitFailure() throws LayoutException {
    boolean goesOn = variables.choice(INIT_FAILURE, 0, "stop", "continue") == 1;
    return goesOn ? Step.Failure.IS_SAID : Step.Failure.ENDS;
  }

  /** The variables that all layouts read and whose values would be refused. */
  List<EngineVariables.WrongVariable> wrongVariables() {
    List<EngineVariables.WrongVariable> wrong =
        new ArrayList<>(EngineVariables.wrongVariables(environment));
    wrong.addAll(EngineVariables.wrong(environment, name -> endingContainer(), EXIT_ON));
    wrong.addAll(EngineVariables.wrong(environment, name -> passOutputThrough(), LOG));
    return wrong;
  }

  List<EngineVariables.WrongVariable> wrongInitFailure() {
    return EngineVariables.wrong(environment, name -> readInitFailure(), INIT_FAILURE);
  }

  private Set<ServiceName> endingContainer() throws LayoutException {
    Set<ServiceName> names = new TreeSet<>();
    OsString rest = variables.get(EXIT_ON, OsString.of(""));
    OsString value = rest;
    while (!rest.isEmpty()) {
      int comma = rest.indexOf(',');
      OsString name = comma < 0 ? rest : rest.substring(0, comma);
      if (name.isEmpty() || name.indexOf('/') >= 0) {
        throw Variables.wrong(EXIT_ON, value, "names of services with commas between them");
      }
      names.add(new ServiceName(name));
      rest = comma < 0 ? OsString.of("") : rest.substring(comma + 1);
    }
    return names;
  }
}
