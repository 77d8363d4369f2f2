package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
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
  static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/service");

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
    EngineVariables engine = new EngineVariables(variables);
    List<Signal> stopSignals = List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);
    OrphanPolicy orphans = engine.readOrphanPolicy(OrphanPolicy.Kind.TERMINATE);
    long killAfterNanos = engine.readKillAfterNanos();
    long drainNanos = engine.readDrainNanos();
    List<ServiceSpec> services = withServices ? readServices() : List.of();
    return engine.configuration(
        new Plan(services, stopSignals, orphans, killAfterNanos, drainNanos), true);
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
