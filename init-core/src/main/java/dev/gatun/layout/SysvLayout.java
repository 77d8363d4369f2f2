package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.InitEntries;
import dev.gatun.plan.InitEntries.Problem;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Signals;
import java.io.IOException;
import java.util.List;

/** The layout of sysvinit and of BusyBox's init: {@code /etc/inittab}. */
final class SysvLayout implements Layout {
  static final String NAME = "sysv";

  private static final String VERSION = "sysvinit-3.06";
  private static final OsString SEARCH_PATH = OsString.of("/sbin:/usr/sbin:/bin:/usr/bin");
  private static final String[] CONSOLES = {"/dev/console", "/dev/tty0", "/dev/null"};

  private final ProgramFiles files;
  private final Variables variables;
  private final InitCommandLine commandLine;

  SysvLayout(ProgramFiles files, Variables variables, InitCommandLine commandLine) {
    this.files = files;
    this.variables = variables;
    this.commandLine = commandLine;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Setup read() throws LayoutException {
    EngineVariables engine = new EngineVariables(variables);
    long killAfterNanos = variables.secondsAsNanos("GATUN_KILL_TIMEOUT", Inittab.SLEEP_NANOS);
    long orphanKillNanos = variables.secondsAsNanos("DINIT_KILL_TIMEOUT", killAfterNanos);
    OrphanPolicy orphans = engine.readOrphanPolicy(OrphanPolicy.Kind.IGNORE);
    Environment environment = environment();
    Inittab inittab =
        new Inittab(files, Inittab.FILE, environment.get("PATH"), commandLine, killAfterNanos);
    Plan.Builder plan =
        Plan.builder()
            .environment(environment)
            .signals(engine.readSignals(Signals.stoppingOn(List.of())))
            .orphans(new OrphanPolicy(orphans.kind(), orphans.maturityNanos(), orphanKillNanos))
            .drainNanos(engine.readDrainNanos())
            .findsServices(true);
    InitEntries entries = readEntries(inittab);
    if (entries != null) {
      plan.addAll(entries.services()).runlevels(entries.runlevels());
    }
    boolean isRaw = variables.choice(SupervisedVariables.LOG, 0, "lines", "raw") == 1;
    Setup setup = Setup.of(plan.build(), engine.readOutput(false).raw(isRaw), killAfterNanos);
    return entries == null ? setup : setup.with(inittab, entries.problems());
  }

  /** What it says; null when that is unusable, and nothing is thrown for it. */
  private InitEntries readEntries(Inittab inittab) throws LayoutException {
    Findings findings = variables.findings();
    InitEntries entries;
    try {
      entries = inittab.read(findings);
    } catch (IOException e) {
      String problem = "it cannot be read: " + e.getMessage();
      String advice = "write one, or set " + Layouts.VARIABLE + " to the layout that is meant";
      findings.refuse(Finding.error("inittab", Inittab.FILE, 0, problem, advice));
      return null;
    }
    if (findings.areWanted()) {
      for (Problem problem : entries.problems()) {
        OsString where = OsString.of(problem.file());
        String advice = "write id:runlevels:action:process; the line is left out";
        findings.add(Finding.error("inittab-line", where, problem.line(), problem.text(), advice));
      }
    }
    if (entries.runlevels().first().isEmpty()) {
      findings.refuse(
          Finding.error(
              "no-initdefault",
              Inittab.FILE,
              0,
              "no line says which runlevel is the first",
              "add id:3:initdefault:, or give the level to init as an argument"));
    }
    return entries;
  }

  private Environment environment() {
    Environment environment = variables.environment();
    if (!variables.isSet("PATH")) {
      environment = environment.with("PATH", SEARCH_PATH);
    }
    environment = environment.with("SHELL", InitProgram.SHELL);
    if (!variables.isSet("CONSOLE")) {
      environment = environment.with("CONSOLE", console());
    }
    if (commandLine.automatic()) {
      environment = environment.with("AUTOBOOT", OsString.of("YES"));
    }
    return environment.with("INIT_VERSION", OsString.of(VERSION));
  }

  private OsString console() {
    for (String device : CONSOLES) {
      if (files.exists(OsString.of(device))) {
        return OsString.of(device);
      }
    }
    return OsString.of(CONSOLES[CONSOLES.length - 1]);
  }
}
