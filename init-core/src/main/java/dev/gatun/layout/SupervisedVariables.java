package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Signals;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What all layouts with a directory of supervised services read from the same variables. */
final class SupervisedVariables {
  static final String EXIT_ON = "GATUN_EXIT_ON";
  static final String LOG = "GATUN_LOG";
  static final String INIT_FAILURE = "GATUN_INIT_FAILURE";
  static final String DIRECTORY = "SVDIR";

  private final ProgramFiles files;
  private final Variables variables;
  private final EngineVariables engine;

  SupervisedVariables(ProgramFiles files, Variables variables) {
    this.files = files;
    this.variables = variables;
    this.engine = new EngineVariables(variables);
  }

  /**
   * A plan that is begun. Its services are found when they are wanted, so that programs that run
   * before can make them.
   */
  Plan.Builder plan(OrphanPolicy orphans) throws LayoutException {
    return Plan.builder()
        .environment(variables.environment())
        .orphans(orphans.toldAfterAll())
        .drainNanos(engine.readDrainNanos())
        .findsServices(true);
  }

  /** What is done about orphans where nothing else is set: nothing, until the container ends. */
  OrphanPolicy readOrphanPolicy() throws LayoutException {
    return engine.readOrphanPolicy(OrphanPolicy.Kind.IGNORE);
  }

  Signals readSignals(Signals ofLayout) throws LayoutException {
    return engine.readSignals(ofLayout);
  }

  long readKillAfterNanos() throws LayoutException {
    return engine.readKillAfterNanos();
  }

  /**
   * The plan with what stands beside it. Lines can stay as they are, as runit does it, for those
   * who want that.
   *
   * @param directory where the services are unless {@code SVDIR} has them elsewhere, absolute;
   *     empty where there are none
   */
  Setup setup(Plan plan, Optional<OsString> directory, long killAfterNanos) throws LayoutException {
    OutputSettings output = engine.readOutput(false);
    boolean counts = directory.isPresent() || variables.findings().areWanted();
    Set<ServiceName> ending = counts ? readEndingContainer() : Set.of();
    boolean isRaw = variables.choice(LOG, 0, "lines", "raw") == 1;
    Setup setup = Setup.of(plan, output.raw(isRaw), killAfterNanos);
    if (directory.isEmpty()) {
      return setup;
    }
    OsString where = variables.path(DIRECTORY, directory.get());
    return setup.with(
        new ServiceDirectory(files, where, ending, killAfterNanos)
            .searching(variables.get("PATH", PathSearch.DEFAULT)));
  }

  /** What it means that a program fails which is run before the services. */
  Meaning.Failure readInitFailure() throws LayoutException {
    boolean goesOn = variables.choice(INIT_FAILURE, 0, "stop", "continue") == 1;
    return goesOn ? Meaning.Failure.IS_SAID : Meaning.Failure.ENDS;
  }

  /** The services whose end ends the container. */
  Set<ServiceName> readEndingContainer() throws LayoutException {
    Set<ServiceName> names = new TreeSet<>();
    OsString rest = variables.get(EXIT_ON, OsString.of(""));
    while (!rest.isEmpty()) {
      int comma = rest.indexOf(',');
      OsString name = comma < 0 ? rest : rest.substring(0, comma);
      if (name.isEmpty() || name.indexOf('/') >= 0) {
        variables.refuse(EXIT_ON, "names of services with commas between them");
        return Set.of();
      }
      names.add(new ServiceName(name));
      rest = comma < 0 ? OsString.of("") : rest.substring(comma + 1);
    }
    return names;
  }
}
