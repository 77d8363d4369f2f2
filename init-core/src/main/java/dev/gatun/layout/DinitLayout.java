package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The layout of tozd/dinit, the default: a directory a service, with {@code run}, and where wanted
 * {@code terminate} (or {@code finish}), and {@code log/run} or {@code log/pattern}.
 */
final class DinitLayout implements Layout {
  static final String NAME = "dinit";
  static final String DIRECTORY = "DINIT_DIR";

  static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/service");

  private static final int SCRIPT_BYTES = 64 * 1024;
  private static final String PID_VARIABLE = "DINIT_PID";

  /** A service that exits with it has disabled itself, and the container goes on. */
  private static final int DISABLED = 115;

  /** A service and its log program often end together, and are seen in either order. */
  private static final long LOG_GRACE_NANOS = 10_000_000;

  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3);

  static final ExitCode EXIT_CODE = new ExitCode.Table(0, 3);
  private static final Meaning END = new Meaning.EndsContainer(EXIT_CODE, DISABLED, 0);
  private static final Meaning END_OF_LOG =
      new Meaning.EndsContainer(EXIT_CODE, ExitCode.NONE, LOG_GRACE_NANOS);

  private final FileTree files;
  private final Variables variables;
  private final Findings findings;
  private final boolean withServices;
  private boolean hasDependencies;

  /** The layout with the services that are there. */
  DinitLayout(FileTree files, Variables variables) {
    this(files, variables, true);
  }

  /**
   * @param withServices whether there are services: without any, their directory need not be there
   */
  DinitLayout(FileTree files, Variables variables, boolean withServices) {
    this.files = files;
    this.variables = variables;
    this.findings = variables.findings();
    this.withServices = withServices;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Setup read() throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    Plan.Builder plan = Plan.builder().environment(variables.environment());
    plan.signals(engine.readSignals(Signals.stoppingOn(STOP_SIGNALS)));
    plan.orphans(engine.readOrphanPolicy(OrphanPolicy.Kind.TERMINATE));
    long killAfterNanos = engine.readKillAfterNanos();
    plan.drainNanos(engine.readDrainNanos());
    if (withServices) {
      readServices(plan, killAfterNanos);
    }
    return Setup.of(plan.build(), engine.readOutput(true), killAfterNanos);
  }

  /** The service directory, absolute. */
  OsString directory() {
    return variables.path(DIRECTORY, DEFAULT_DIRECTORY);
  }

  private void readServices(Plan.Builder plan, long killAfterNanos) throws LayoutException {
    OsString directory = directory();
    List<OsString> names;
    try {
      names = files.list(directory);
    } catch (IOException e) {
      String advice = adviceAbout(files, directory, DIRECTORY);
      findings.refuse(
          unreadable(directory, e, advice),
          "cannot read the service directory " + directory + ": " + e.getMessage());
      return;
    }
    for (OsString name : names) {
      OsString path = directory.resolve(name);
      if (findings.isService(files, name, path)) {
        readService(plan, new ServiceName(name), path, killAfterNanos);
      }
    }
    findings.endServices(directory);
    if (hasDependencies) {
      Dependencies.check(plan.services(), directory, findings);
    }
  }

  static Finding unreadable(OsString directory, IOException cause, String advice) {
    return Finding.error(
        "directory-unreadable",
        directory,
        0,
        "the service directory cannot be read: " + cause.getMessage(),
        advice);
  }

  /**
   * @param variable the one that says where the directory is
   */
  static String adviceAbout(FileTree files, OsString directory, String variable) {
    return files.isDirectory(directory)
        ? "let this user read it (chmod a+rx)"
        : "create it, or set " + variable + " to the directory of the services";
  }

  private void readService(
      Plan.Builder plan, ServiceName name, OsString directory, long killAfterNanos)
      throws LayoutException {
    OsString run = directory.resolve("run");
    boolean hasFile = files.exists(directory.resolve(ServiceFile.NAME));
    if (!hasFile || files.exists(run) || !ServiceFile.hasRun(files, directory)) {
      findings.program(run);
    }
    OsString logDirectory = directory.resolve("log");
    LogFiles log = LogFiles.read(files, logDirectory, logDirectory, findings);
    Stop stop = new Stop(readStopProgram(directory), killAfterNanos, false);
    Service service =
        Service.longrun(ServiceId.run(name), Program.of(run, directory))
            .means(END)
            .stop(stop)
            .wiring(log.wiring(name))
            .build();
    if (hasFile) {
      service =
          ServiceFile.complete(
              files, directory, variables.get("PATH", PathSearch.DEFAULT), service, findings);
      hasDependencies = true;
    }
    plan.add(service);
    if (log.hasProgram()) {
      plan.add(
          Service.longrun(ServiceId.log(name), log.program())
              .means(END_OF_LOG)
              .after(After.started(ServiceId.run(name)))
              .stop(Stop.bySignal(killAfterNanos))
              .wiring(Wiring.readingFrom(ServiceId.run(name)))
              .build());
    }
  }

  private Optional<Stop.StopProgram> readStopProgram(OsString directory) {
    OsString finish = directory.resolve("finish");
    OsString terminate = directory.resolve("terminate");
    if (files.exists(terminate)) {
      findings.program(terminate);
      if (findings.areWanted() && files.exists(finish)) {
        findings.warn(
            "finish-unused",
            finish,
            "it is never run, because there is terminate",
            "remove one of the two");
      }
      return stopProgram(terminate, directory);
    }
    if (!files.exists(finish)) {
      return Optional.empty();
    }
    findings.program(finish);
    if (findings.areWanted()) {
      examineFinish(finish);
    }
    return stopProgram(finish, directory);
  }

  private static Optional<Stop.StopProgram> stopProgram(OsString script, OsString directory) {
    return Optional.of(new Stop.StopProgram(Program.of(script, directory), PID_VARIABLE));
  }

  /** Elsewhere a finish is run when the service has ended; here it has to end it. */
  private void examineFinish(OsString finish) {
    byte[] text;
    try {
      text = files.read(finish, SCRIPT_BYTES);
    } catch (IOException e) {
      return;
    }
    if (Shebang.isIn(text) && !OsString.ofBytes(text).contains(PID_VARIABLE)) {
      findings.warn(
          "finish-does-not-end",
          finish,
          "it is run instead of sending TERM, and does not mention DINIT_PID",
          "let it end the service, as with kill \"$DINIT_PID\", or remove it");
    }
  }
}
