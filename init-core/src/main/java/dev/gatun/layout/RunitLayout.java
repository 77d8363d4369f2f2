package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The layout of runit: the stages 1, 2 and 3, and a directory of supervised services. */
final class RunitLayout implements Layout {
  static final String NAME = "runit";
  static final String DIRECTORY = "RUNIT_DIR";

  private static final OsString DEFAULT_DIRECTORY = OsString.of("/etc/runit");
  private static final OsString ROOT = OsString.of("/");
  private static final int SCRIPT_BYTES = 64 * 1024;

  /** Stage 1's way to say that the services are to be skipped. */
  private static final int SKIPS_SERVICES = 100;

  private static final Meaning.Oneshot STAGE_ONE =
      new Meaning.Oneshot(new Meaning.Failure(false, SKIPS_SERVICES, true, true));

  private static final Meaning.Oneshot STAGE_THREE =
      new Meaning.Oneshot(Meaning.Failure.GIVES_CODE);

  private static final Meaning.Oneshot IS_SAID = new Meaning.Oneshot(Meaning.Failure.IS_SAID);

  /** Stage 2 is started again after a crash, and when it exits with 111. */
  private static final Restart STAGE_TWO = Restart.afterCrash(111, 1_000_000_000);

  /** Any other end of it is an orderly end of the container. */
  private static final Meaning END_OF_STAGE_TWO =
      new Meaning.EndsContainer(new ExitCode.Table(0, 0));

  private static final ServiceId CTRL_ALT_DEL = new ServiceId(ServiceName.of("INT"), Stage.SIGNAL);

  /** HUP is what runsvdir takes for the end, so images for it have it as their stop signal. */
  private static final List<Signal> STOP_SIGNALS =
      List.of(Signal.TERM, Signal.HUP, Signal.QUIT, Signal.PWR, Signal.RTMIN_3);

  private final ProgramFiles files;
  private final Variables variables;
  private final OsString directory;
  private final SupervisedVariables supervised;

  RunitLayout(ProgramFiles files, Variables variables) {
    this.files = files;
    this.variables = variables;
    this.directory = variables.path(DIRECTORY, DEFAULT_DIRECTORY);
    this.supervised = new SupervisedVariables(files, variables);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Setup read() throws LayoutException {
    Optional<StageTwo> usual = readStageTwo();
    OrphanPolicy orphans = supervised.readOrphanPolicy();
    long killAfterNanos = supervised.readKillAfterNanos();
    Plan.Builder plan = supervised.plan(orphans);
    plan.addAll(readFirst(usual, killAfterNanos));
    boolean ownMain = has("2") && usual.isEmpty();
    if (ownMain) {
      plan.add(main(killAfterNanos));
    }
    if (has("3")) {
      Oneshots last = new Oneshots(Stage.LAST, Stop.bySignal(Stop.NO_KILL));
      last.add(Span.LAST, Program.of(stage("3"), ROOT), STAGE_THREE);
      plan.addAll(last.services());
    }
    readSignals(plan, killAfterNanos);
    OsString services = usual.isPresent() ? usual.get().directory() : DinitLayout.DEFAULT_DIRECTORY;
    Optional<OsString> searched = ownMain ? Optional.empty() : Optional.of(services);
    return supervised.setup(plan.build(), searched, killAfterNanos);
  }

  private OsString stage(String name) {
    return directory.resolve(name);
  }

  /** Whether that stage is there, which is run then. */
  private boolean has(String name) {
    OsString path = stage(name);
    boolean isThere = files.exists(path);
    if (isThere) {
      variables.findings().program(path);
    }
    return isThere;
  }

  /** A script that cannot be read is executed as it is: so it is said what is wrong with it. */
  private Optional<StageTwo> readStageTwo() {
    try {
      byte[] script = files.read(stage("2"), SCRIPT_BYTES + 1);
      return script.length > SCRIPT_BYTES
          ? Optional.empty()
          : StageTwo.of(script, this::environment);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String environment(String name) {
    OsString value = variables.get(name, null);
    return value == null ? null : value.toString();
  }

  private List<Service> readFirst(Optional<StageTwo> usual, long killAfterNanos) {
    Oneshots first = new Oneshots(Stage.FIRST, Stop.bySignal(killAfterNanos));
    if (has("1")) {
      first.add(Span.START, Program.of(stage("1"), ROOT), STAGE_ONE);
    }
    if (usual.isPresent() && !usual.get().preparation().isEmpty()) {
      first.add(Span.START, OsString.of("2"), usual.get().prepare(stage("2")), IS_SAID);
    }
    return first.services();
  }

  /** What is left of its process group is killed, as runit does before it goes on. */
  private Service main(long killAfterNanos) {
    ServiceId id = new ServiceId(ServiceName.of("2"), Stage.MAIN);
    return Service.longrun(id, Program.of(stage("2"), ROOT))
        .restart(STAGE_TWO)
        .means(END_OF_STAGE_TWO)
        .stop(new Stop(Optional.empty(), killAfterNanos, true))
        .build();
  }

  /** Where nothing is to be run for it, a terminal's INT is a wish to end, as elsewhere. */
  private void readSignals(Plan.Builder plan, long killAfterNanos) throws LayoutException {
    OsString permit = stage("stopit");
    List<Signal> stop = new ArrayList<>(STOP_SIGNALS);
    List<SignalRule> rules = new ArrayList<>();
    rules.add(new SignalRule(Signal.CONT, Optional.empty(), permit));
    if (has("ctrlaltdel")) {
      rules.add(new SignalRule(Signal.INT, Optional.of(CTRL_ALT_DEL), permit));
      Program script = Program.of(stage("ctrlaltdel"), ROOT).optional();
      plan.add(
          Service.oneshot(CTRL_ALT_DEL, script, IS_SAID)
              .wanted(Span.START_AND_UP)
              .startedByOrder()
              .stop(Stop.bySignal(killAfterNanos))
              .build());
    } else {
      stop.add(Signal.INT);
    }
    plan.signals(supervised.readSignals(new Signals(stop, rules, Optional.empty())));
  }
}
