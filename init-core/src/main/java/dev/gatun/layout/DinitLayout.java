package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Command;
import dev.gatun.plan.Configuration;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.StopScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layout of tozd/dinit, the default: a directory a service, with {@code run}, and where wanted
 * {@code terminate} (or {@code finish}), and {@code log/run} or {@code log/pattern}.
 */
public final class DinitLayout {
  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/service");
  private static final long NANOS_A_SECOND = 1_000_000_000;
  private static final long DEFAULT_ORPHAN_KILL_NANOS = 30 * NANOS_A_SECOND;
  private static final long DEFAULT_LINE_BYTES = 1024 * 1024;
  private static final long LEAST_LINE_BYTES = 64;
  private static final long MOST_LINE_BYTES = 64 * 1024 * 1024;
  private static final long ORPHAN_MATURITY_NANOS = 10_000_000;

  /** 115: disabled itself. Otherwise the container ends: with 0, or with 3 for a failure. */
  private static final ExitPolicy EXITS = new ExitPolicy(115, 0, 3);

  private final FileTree files;
  private final Variables variables;
  private final OsString workingDirectory;

  /**
   * @param workingDirectory absolute; what a relative {@code DINIT_DIR} is relative to
   */
  public DinitLayout(FileTree files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.variables = new Variables(environment);
    this.workingDirectory = workingDirectory;
  }

  /**
   * Reads the variables and the service directories.
   *
   * @throws LayoutException when a variable's value or the directory is unusable
   */
  public Configuration read() throws LayoutException {
    return read(true);
  }

  /** The settings alone, and nothing to run: the service directory need not be there. */
  Configuration readWithoutServices() throws LayoutException {
    return read(false);
  }

  private Configuration read(boolean withServices) throws LayoutException {
    OrphanPolicy orphans = readOrphanPolicy();
    long killAfterNanos = variables.secondsAsNanos("GATUN_KILL_TIMEOUT", Plan.NO_KILL);
    OutputFormat stdout = readStdout();
    Verbosity verbosity = readVerbosity();
    List<Signal> stopSignals = List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);
    long drainNanos = variables.secondsAsNanos("GATUN_DRAIN_TIMEOUT", Plan.DEFAULT_DRAIN_NANOS);
    List<ServiceSpec> services = withServices ? readServices() : List.of();
    Plan plan = new Plan(services, stopSignals, orphans, killAfterNanos, drainNanos);
    return new Configuration(plan, stdout, verbosity, readLineLimit());
  }

  private OrphanPolicy readOrphanPolicy() throws LayoutException {
    return new OrphanPolicy(
        readOrphanKind(),
        ORPHAN_MATURITY_NANOS,
        variables.secondsAsNanos("DINIT_KILL_TIMEOUT", DEFAULT_ORPHAN_KILL_NANOS));
  }

  private OrphanPolicy.Kind readOrphanKind() throws LayoutException {
    OrphanPolicy.Kind[] kinds = OrphanPolicy.Kind.values();
    int choice =
        variables.choice(
            "DINIT_REPARENTING_POLICY",
            OrphanPolicy.Kind.TERMINATE.ordinal(),
            "terminate",
            "adopt",
            "ignore");
    return kinds[choice];
  }

  /** As dinit: 0 is plain, anything else is JSON. */
  private OutputFormat readStdout() throws LayoutException {
    boolean strict = variables.choice("GATUN_JSON", 0, "stamp", "strict") == 1;
    OsString value = variables.get("DINIT_JSON_STDOUT", OsString.of("1"));
    if (value.equals(OsString.of("0"))) {
      return OutputFormat.PLAIN;
    }
    return strict ? OutputFormat.STRICT_JSON : OutputFormat.JSON;
  }

  private long readLineLimit() throws LayoutException {
    return variables.bytes("GATUN_LINE_MAX", DEFAULT_LINE_BYTES, LEAST_LINE_BYTES, MOST_LINE_BYTES);
  }

  private Verbosity readVerbosity() throws LayoutException {
    Verbosity[] all = Verbosity.values();
    int choice =
        variables.choice(
            "DINIT_LOG_LEVEL", Verbosity.WARN.ordinal(), "none", "error", "warn", "info", "debug");
    return all[choice];
  }

  /** The service directory, absolute. */
  public OsString directory() {
    return workingDirectory.resolveAbsolute(variables.get("DINIT_DIR", DEFAULT_DIRECTORY));
  }

  private static String adviceAbout(FileTree files, OsString directory) {
    boolean isThere = files.isDirectory(directory);
    return isThere
        ? "let this user read it (chmod a+rx)"
        : "create it, or set DINIT_DIR to the directory of the services";
  }

  static Finding unreadable(FileTree files, OsString directory, IOException cause) {
    return Finding.error(
        "directory-unreadable",
        directory,
        0,
        "the service directory cannot be read: " + cause.getMessage(),
        adviceAbout(files, directory));
  }

  /** A variable whose value is refused. */
  record WrongVariable(OsString name, OsString value, String advice) {}

  /** All variables whose values {@link #read} would refuse. */
  static List<WrongVariable> wrongVariables(Environment environment) {
    DinitLayout layout = new DinitLayout(null, environment, OsString.of("/"));
    List<WrongVariable> wrong = new ArrayList<>();
    for (String name :
        new String[] {
          "DINIT_REPARENTING_POLICY",
          "DINIT_KILL_TIMEOUT",
          "GATUN_KILL_TIMEOUT",
          "DINIT_LOG_LEVEL",
          "GATUN_DRAIN_TIMEOUT",
          "GATUN_LINE_MAX",
          "GATUN_JSON",
          JournalSettings.VARIABLE,
          JournalSettings.MAX_VARIABLE
        }) {
      try {
        layout.readVariable(name);
      } catch (LayoutException e) {
        String message = e.getMessage();
        String advice = message.substring(message.indexOf(": ") + 2);
        wrong.add(new WrongVariable(OsString.of(name), environment.get(name), advice));
      }
    }
    return wrong;
  }

  private void readVariable(String name) throws LayoutException {
    switch (name) {
      case "DINIT_REPARENTING_POLICY" -> readOrphanKind();
      case "DINIT_LOG_LEVEL" -> readVerbosity();
      case "GATUN_LINE_MAX" -> readLineLimit();
      case "GATUN_JSON" -> readStdout();
      case JournalSettings.VARIABLE -> JournalSettings.readTarget(variables);
      case JournalSettings.MAX_VARIABLE -> JournalSettings.readMaxBytes(variables);
      default -> variables.secondsAsNanos(name, 0);
    }
  }

  private List<ServiceSpec> readServices() throws LayoutException {
    OsString directory = directory();
    List<OsString> names;
    try {
      names = files.list(directory);
    } catch (IOException e) {
      throw new LayoutException(
          "cannot read the service directory "
              + directory
              + ": "
              + e.getMessage()
              + ": "
              + adviceAbout(files, directory));
    }
    List<ServiceSpec> services = new ArrayList<>(names.size());
    for (OsString name : names) {
      OsString path = directory.resolve(name);
      if (name.byteAt(0) != '.' && files.isDirectory(path)) {
        services.add(readService(new ServiceName(name), path));
      }
    }
    return services;
  }

  private ServiceSpec readService(ServiceName name, OsString directory) throws LayoutException {
    OsString logDirectory = directory.resolve("log");
    OsString log = logDirectory.resolve("run");
    OsString pattern = logDirectory.resolve("pattern");
    boolean hasLog = files.exists(log);
    boolean hasPattern = files.exists(pattern);
    if (hasLog && hasPattern) {
      throw new LayoutException("cannot use " + pattern + ": " + besideLog(pattern).text());
    }
    return new ServiceSpec(
        name,
        Command.of(directory.resolve("run"), directory),
        hasLog ? Optional.of(Command.of(log, logDirectory)) : Optional.empty(),
        hasPattern ? Optional.of(PatternFile.read(files, pattern)) : Optional.empty(),
        readStopScript(directory),
        EXITS);
  }

  static Finding besideLog(OsString pattern) {
    return Finding.error(
        "pattern-and-run",
        pattern,
        0,
        "there is run beside it, and lines go through one of the two",
        "remove one of the two");
  }

  private Optional<StopScript> readStopScript(OsString directory) {
    for (String name : new String[] {"terminate", "finish"}) {
      OsString script = directory.resolve(name);
      if (files.exists(script)) {
        return Optional.of(new StopScript(Command.of(script, directory), "DINIT_PID"));
      }
    }
    return Optional.empty();
  }
}
