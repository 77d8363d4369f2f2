package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Configuration;
import dev.gatun.plan.Course;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What all layouts with kept services read from the same variables. */
final class KeptVariables {
  static final OsString DEFAULT_DIRECTORY = DinitLayout.DEFAULT_DIRECTORY;

  private final ProgramFiles files;
  private final Variables variables;
  private final OsString workingDirectory;

  KeptVariables(ProgramFiles files, Variables variables, OsString workingDirectory) {
    this.files = files;
    this.variables = variables;
    this.workingDirectory = workingDirectory;
  }

  /** Services are found when they are wanted, so that what is run before can make them. */
  Configuration configuration(List<Signal> stopSignals, Course course) throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    Plan plan =
        new Plan(
            List.of(),
            stopSignals,
            engine.readOrphanPolicy(OrphanPolicy.Kind.IGNORE),
            engine.readKillAfterNanos(),
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
    return variables.choice("GATUN_LOG", 0, "lines", "raw") == 1;
  }

  private Set<ServiceName> endingContainer() throws LayoutException {
    Set<ServiceName> names = new TreeSet<>();
    OsString rest = variables.get("GATUN_EXIT_ON", OsString.of(""));
    OsString value = rest;
    while (!rest.isEmpty()) {
      int comma = rest.indexOf(',');
      OsString name = comma < 0 ? rest : rest.substring(0, comma);
      if (name.isEmpty() || name.indexOf('/') >= 0) {
        throw Variables.wrong("GATUN_EXIT_ON", value, "names of services with commas between them");
      }
      names.add(new ServiceName(name));
      rest = comma < 0 ? OsString.of("") : rest.substring(comma + 1);
    }
    return names;
  }
}
