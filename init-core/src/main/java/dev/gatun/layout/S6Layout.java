package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The layout of s6-overlay: programs that are run first, a directory of supervised services, and
 * programs that are run when these have stopped.
 */
final class S6Layout implements Layout {
  static final String NAME = "s6";

  private static final OsString ROOT = OsString.of("/");

  /** What a container of generation 3 ends with when its start fails. */
  private static final int FAILED = 1;

  /** The code of the program that has failed. */
  private static final int OWN_CODE = 0;

  private static final OsString COMMANDS = OsString.of("/command");

  private static final List<Signal> STOP_SIGNALS =
      List.of(
          Signal.TERM,
          Signal.INT,
          Signal.QUIT,
          Signal.USR1,
          Signal.USR2,
          Signal.PWR,
          Signal.RTMIN_3);

  private final ProgramFiles files;
  private final S6Places places;
  private final Variables variables;
  private final S6Variables own;
  private S6Variables.Values values;
  private long killAfterNanos;
  private final SupervisedVariables supervised;

  /**
   * @param given the variables that the container was given
   */
  S6Layout(ProgramFiles files, Variables given) {
    this.files = files;
    this.places = S6Places.of(files, given);
    this.variables = withCommands(files, given);
    this.own = new S6Variables(variables, places.isThird());
    this.supervised = new SupervisedVariables(files, variables);
  }

  /** The programs of s6-overlay come first, where they are there. */
  private static Variables withCommands(ProgramFiles files, Variables given) {
    OsString path = given.get("PATH", PathSearch.DEFAULT);
    boolean isFirst = path.equals(COMMANDS) || path.startsWith(COMMANDS.concat(OsString.of(":")));
    return isFirst || !files.isDirectory(COMMANDS)
        ? given
        : given.of(
            given.environment().with("PATH", COMMANDS.concat(OsString.of(":")).concat(path)));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Setup read() throws LayoutException {
    values = own.read();
    killAfterNanos = readKillAfterNanos();
    own.tellOfOthers();
    LiveServices live = LiveServices.of(files, places);
    Plan.Builder plan = supervised.plan(readOrphans());
    plan.signals(supervised.readSignals(Signals.stoppingOn(STOP_SIGNALS)));
    plan.addAll(readHook());
    List<Service> init = readInit();
    plan.addAll(init);
    List<After> before = places.isThird() ? readDefinitions(plan, init, live) : List.of();
    plan.addAll(readLast());
    Set<ServiceName> ending = supervised.readEndingContainer();
    ServiceFiles kind = new S6ServiceFiles(files, live, ending, killAfterNanos, before);
    OsString services = places.etc().resolve("services.d");
    return supervised
        .setup(plan.build(), Optional.empty(), killAfterNanos)
        .with(new ServiceDirectory(files, services, ending, kind))
        .with(new S6RunDirectory(files, places));
  }

  @Override
  public boolean passesSignalsToCommand() {
    return own.readCommandReceivesSignals();
  }

  /** It is run when all are up; one that has failed holds it up no longer. */
  @Override
  public After beforeCommand(ServiceId service) {
    return After.settled(service);
  }

  /**
   * Adds what s6-rc's definitions start.
   *
   * @param init the programs that {@code base} stands for
   * @return what comes before the services of the directory
   */
  private List<After> readDefinitions(Plan.Builder plan, List<Service> init, LiveServices live)
      throws LayoutException {
    Findings findings = variables.findings();
    TreeMap<OsString, S6Definition> all = new S6Sources(files, places, findings).read();
    S6Graph graph = new S6Graph(all, places, findings);
    if (!graph.check()) {
      return List.of();
    }
    // Without a limit of its own a definition has none.
    long killNanos = variables.isSet("GATUN_KILL_TIMEOUT") ? killAfterNanos : Stop.NO_KILL;
    S6Services.Settings settings = new S6Services.Settings(readFailure(FAILED), killNanos, init);
    PathSearch path = new PathSearch(files, variables.get("PATH", PathSearch.DEFAULT));
    S6Services services = new S6Services(files, live, findings, path, settings, all, graph);
    plan.addAll(services.make(graph.started()));
    return services.beforeLegacyServices();
  }

  /** A service that does not stop in time is killed before the programs at the end are run. */
  private long readKillAfterNanos() throws LayoutException {
    long grace = values.servicesGraceNanos() + values.killGraceNanos();
    return variables.secondsAsNanos("GATUN_KILL_TIMEOUT", grace);
  }

  private OrphanPolicy readOrphans() throws LayoutException {
    OrphanPolicy usual = supervised.readOrphanPolicy();
    return variables.isSet("DINIT_KILL_TIMEOUT")
        ? usual
        : new OrphanPolicy(usual.kind(), usual.maturityNanos(), values.killGraceNanos());
  }

  /**
   * What it means that a program fails which is run at the start.
   *
   * @param code what the container ends with then; {@link #OWN_CODE} for the program's own
   */
  private Meaning.Failure readFailure(int code) throws LayoutException {
    return values.endsOnFailure()
        ? new Meaning.Failure(true, ExitCode.NONE, true, true, code)
        : Meaning.Failure.IS_SAID;
  }

  /** A program that is run before everything else. */
  private List<Service> readHook() throws LayoutException {
    List<OsString> words = words(variables.get(S6Variables.HOOK, OsString.of("")));
    if (words.isEmpty()) {
      return List.of();
    }
    OsString path = variables.get("PATH", PathSearch.DEFAULT);
    Program program =
        new Program(
            new PathSearch(files, path).find(words.getFirst()),
            words.subList(1, words.size()),
            ROOT);
    Oneshots hook = new Oneshots(Stage.FIRST, Stop.bySignal(Stop.NO_KILL));
    Meaning.Oneshot meaning = new Meaning.Oneshot(readFailure(OWN_CODE), true);
    hook.add(Span.START, OsString.of("stage2-hook"), program, meaning);
    return hook.services();
  }

  /**
   * What is run before services, one after the other. Services of s6-rc that do not depend on it
   * are started beside it.
   */
  private List<Service> readInit() throws LayoutException {
    Span span = places.isThird() ? Span.UP : Span.START;
    Meaning.Failure failure = readFailure(places.isThird() ? FAILED : OWN_CODE);
    Oneshots init = new Oneshots(Stage.FIRST, Stop.bySignal(killAfterNanos));
    List<Program> programs = new ArrayList<>();
    S6Attributes.program(files, places.etc().resolve("fix-attrs.d")).ifPresent(programs::add);
    for (OsString path : programsIn("cont-init.d")) {
      variables.findings().program(path);
      programs.add(Program.of(path, ROOT));
    }
    for (int i = 0; i < programs.size(); i++) {
      boolean makesServices = places.isThird() && i == programs.size() - 1;
      init.add(
          span,
          S6Attributes.nameOf(programs.get(i)),
          programs.get(i),
          new Meaning.Oneshot(failure, true, makesServices));
    }
    return init.services();
  }

  private List<Service> readLast() {
    long finishNanos = values.finishNanos();
    Oneshots last = new Oneshots(Stage.LAST, Stop.bySignal(Stop.NO_KILL));
    if (finishNanos > 0) {
      last.limitTo(finishNanos);
    }
    for (OsString path : programsIn("cont-finish.d")) {
      variables.findings().program(path);
      last.add(Span.LAST, Program.of(path, ROOT), new Meaning.Oneshot(Meaning.Failure.IS_SAID));
    }
    return last.services();
  }

  private List<OsString> programsIn(String name) {
    return new ProgramDirectory(files, places.etc().resolve(name)).programs();
  }

  /** Between blanks; quotes have no meaning. */
  private static List<OsString> words(OsString text) {
    List<OsString> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean ends = i == text.length() || text.byteAt(i) == ' ' || text.byteAt(i) == '\t';
      if (ends) {
        if (i > begin) {
          words.add(text.substring(begin, i));
        }
        begin = i + 1;
      }
    }
    return words;
  }
}
