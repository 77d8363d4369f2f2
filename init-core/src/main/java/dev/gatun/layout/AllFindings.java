package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.pattern.PatternCompiler;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that is wrong, in the order in which it is told: what {@code gatun check} is for. */
final class AllFindings extends Findings {
  /** Variables are told of in this order, before everything else but that no layout is known. */
  private static final List<String> VARIABLES =
      List.of(
          "DINIT_REPARENTING_POLICY",
          "DINIT_KILL_TIMEOUT",
          "GATUN_STOP_SIGNALS",
          "GATUN_FORWARD",
          "GATUN_KILL_TIMEOUT",
          "DINIT_LOG_LEVEL",
          "GATUN_DRAIN_TIMEOUT",
          "GATUN_LINE_MAX",
          "GATUN_JSON",
          JournalSettings.VARIABLE,
          JournalSettings.MAX_VARIABLE,
          HttpSettings.VARIABLE,
          SupervisedVariables.EXIT_ON,
          SupervisedVariables.LOG,
          SupervisedVariables.INIT_FAILURE,
          "KILL_PROCESS_TIMEOUT",
          "KILL_ALL_PROCESSES_TIMEOUT");

  private final ProgramFiles files;
  private final Programs programs;
  private final List<OsString> services = new ArrayList<>();
  private final List<Finding> settings = new ArrayList<>();
  private final List<Finding> others = new ArrayList<>();
  private Optional<OsString> service = Optional.empty();
  private boolean isSupervised;

  private AllFindings(ProgramFiles files, Programs programs) {
    this.files = files;
    this.programs = programs;
  }

  /**
   * Looks at all that a container would be made from.
   *
   * @param services the directory of the services, absolute; null for the layout's own
   */
  static Inspection inspect(
      ProgramFiles files, Variables variables, Programs programs, OsString services) {
    AllFindings findings = new AllFindings(files, programs);
    Environment environment = variables.environment();
    if (services != null) {
      environment = environment.with(DinitLayout.DIRECTORY, services);
      environment = environment.with(SupervisedVariables.DIRECTORY, services);
    }
    OsString here = variables.workingDirectory();
    Variables read = new Variables(environment, here, findings);
    Layout layout = null;
    try {
      layout = Layouts.toInspect(files, read.of(variables.environment()), read);
    } catch (LayoutException e) {
      findings.settings.add(Finding.error("layout", here, 0, e.problem(), e.advice()));
    }
    try {
      boolean isUnknown = !findings.settings.isEmpty();
      if (isUnknown) {
        new EngineVariables(read).check();
        return findings.inspection(here);
      }
      return findings.inspection(findings.read(layout, services));
    } catch (LayoutException e) {
      throw new IllegalStateException("a finding was thrown", e);
    }
  }

  /** Reads what the layout reads; returns the directory of its services. */
  private OsString read(Layout layout, OsString services) throws LayoutException {
    Optional<ServiceDirectory> supervised = layout.read().services();
    isSupervised = supervised.isPresent();
    if (layout instanceof DinitLayout dinit) {
      return dinit.directory();
    }
    if (supervised.isPresent()) {
      supervised.get().check(this);
      return supervised.get().directory();
    }
    if (services != null) {
      new ServiceDirectory(files, services, Set.of(), Stop.NO_KILL).check(this);
      return services;
    }
    return OsString.of("/");
  }

  /** What was told, that of variables first. */
  private Inspection inspection(OsString directory) {
    settings.sort(Comparator.comparingInt(f -> VARIABLES.indexOf(f.where().toString())));
    List<Finding> all = new ArrayList<>(settings);
    all.addAll(others);
    return new Inspection(directory, services, all, isSupervised);
  }

  @Override
  boolean areWanted() {
    return true;
  }

  @Override
  void refuse(Finding finding, String problem) {
    boolean isOfVariable = finding.code().equals("variable");
    if (!isOfVariable) {
      add(finding);
    } else if (!settings.contains(finding)) {
      // A variable may be read for more than one thing.
      settings.add(finding);
    }
  }

  @Override
  void add(Finding finding) {
    others.add(service.isPresent() ? finding.of(service.get()) : finding);
  }

  @Override
  void program(OsString path) {
    programs.examine(path).forEach(this::add);
  }

  @Override
  void pattern(LinePattern pattern) throws PatternException {
    PatternCompiler.compile(pattern);
  }

  @Override
  boolean beginService(OsString name, OsString directory) {
    services.add(name);
    service = Optional.of(name);
    if (!isPlain(name)) {
      warn(
          "odd-name",
          directory,
          "its name has bytes that are no UTF-8 text, or control characters",
          "give it a plain name; in log lines they are escaped");
    }
    boolean mayGoIn = files.mayExecute(directory);
    if (!mayGoIn) {
      add(
          Finding.error(
              "not-permitted",
              directory,
              0,
              "this user may not go into it",
              "run chmod a+rx on it"));
    }
    return mayGoIn;
  }

  /** A name that log lines show as it is. */
  private static boolean isPlain(OsString name) {
    return OsString.of(name.toString()).equals(name);
  }

  @Override
  void leftOut(OsString name, OsString path) {
    service = Optional.empty();
    Kind kind = files.kind(path);
    if (kind == Kind.FILE && files.isExecutableByAnybody(path)) {
      warn(
          "not-a-service",
          path,
          "it is executable and no directory, and is left out",
          "if it is a service, make it " + name + "/run");
    } else if (kind == Kind.NOTHING) {
      warn(
          "dangling-link",
          path,
          "it is a link to " + files.linkTarget(path) + ", which does not exist",
          "correct or remove it; it is left out");
    }
  }

  @Override
  void endServices(OsString directory) {
    service = Optional.empty();
    if (services.isEmpty()) {
      warn(
          "no-services",
          directory,
          "there is no service in it",
          "make a directory with an executable run for each");
    }
  }
}
