package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Optional;

/**
 * The layout of the Klein image: programs that are run once at the start, one after the other, and
 * then a directory of supervised services.
 */
final class KleinLayout implements Layout {
  static final String NAME = "klein";

  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/init");
  private static final OsString ROOT = OsString.of("/");

  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.INT, Signal.QUIT, Signal.HUP, Signal.RTMIN_3);

  private final Findings findings;
  private final SupervisedVariables variables;
  private final ProgramDirectory directory;

  KleinLayout(ProgramFiles files, Variables variables) {
    this.findings = variables.findings();
    this.variables = new SupervisedVariables(files, variables);
    this.directory =
        new ProgramDirectory(files, variables.path("GATUN_INIT_DIR", DEFAULT_DIRECTORY));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Whether there is anything to run at the start. */
  boolean isThere() {
    return !directory.programs().isEmpty();
  }

  @Override
  public Setup read() throws LayoutException {
    Meaning.Failure failure = variables.readInitFailure();
    OrphanPolicy orphans = variables.readOrphanPolicy();
    long killAfterNanos = variables.readKillAfterNanos();
    Oneshots first = new Oneshots(Stage.FIRST, Stop.bySignal(killAfterNanos));
    for (OsString path : directory.programs()) {
      findings.program(path);
      first.add(Span.START, Program.of(path, ROOT), new Meaning.Oneshot(failure));
    }
    Plan.Builder plan = variables.plan(orphans);
    plan.signals(variables.readSignals(Signals.stoppingOn(STOP_SIGNALS))).addAll(first.services());
    Optional<OsString> services = Optional.of(DinitLayout.DEFAULT_DIRECTORY);
    return variables.setup(plan.build(), services, killAfterNanos);
  }
}
