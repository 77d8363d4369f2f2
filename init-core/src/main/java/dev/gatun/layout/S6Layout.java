package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
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

/**
 * The layout of s6-overlay: programs that are run first, a directory of supervised services, and
 * programs that are run when these have stopped.
 */
final class S6Layout implements Layout {
  static final String NAME = "s6";

  private static final OsString ROOT = OsString.of("/");
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
    boolean isFirst =
        path.equals(COMMANDS) || path.startsWith(COMMANDS.concat(OsString.of(":")));
    return isFirst || !files.isDirectory(COMMANDS)
        ? given
        : given.of(
            given
                .environment()
                .with("PATH", COMMANDS.concat(OsString.of(":")).concat(path)));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Setup read() throws LayoutException {
    long killAfterNanos = readKillAfterNanos();
    own.tellOfOthers();
    Plan.Builder plan = supervised.plan(readOrphans());
    plan.signals(Signals.stoppingOn(STOP_SIGNALS));
    plan.addAll(readFirst(killAfterNanos)).addAll(readLast());
    OsString services = places.etc().resolve("services.d");
    LiveServices live = LiveServices.of(files, places);
    return supervised
        .setup(plan.build(), Optional.empty(), killAfterNanos)
        .with(supervised.directory(services, live, killAfterNanos))
        .with(new S6RunDirectory(files, places));
  }

  /** A service that does not stop in time is killed before the programs at the end are run. */
  private long readKillAfterNanos() throws LayoutException {
    long grace = own.readServicesGraceNanos() + own.readKillGraceNanos();
    return variables.secondsAsNanos("GATUN_KILL_TIMEOUT", grace);
  }

  private OrphanPolicy readOrphans() throws LayoutException {
    OrphanPolicy usual = supervised.readOrphanPolicy();
    return variables.isSet("DINIT_KILL_TIMEOUT")
        ? usual
        : new OrphanPolicy(usual.kind(), usual.maturityNanos(), own.readKillGraceNanos());
  }

  private List<Service> readFirst(long killAfterNanos) throws LayoutException {
    Oneshots first = new Oneshots(Stage.FIRST, Stop.bySignal(killAfterNanos));
    Meaning.Failure failure =
        own.readEndsOnFailure() ? Meaning.Failure.ENDS : Meaning.Failure.IS_SAID;
    Meaning.Oneshot meaning = new Meaning.Oneshot(failure, true);
    OsString hook = variables.get(S6Variables.HOOK, null);
    if (hook != null) {
      List<OsString> words = words(hook);
      if (!words.isEmpty()) {
        OsString path = new PathSearch(files, path()).find(words.getFirst());
        Program program = new Program(path, words.subList(1, words.size()), ROOT);
        first.add(Span.START, OsString.of("stage2-hook"), program, meaning);
      }
    }
    for (OsString path : programsIn("cont-init.d")) {
      variables.findings().program(path);
      first.add(Span.START, Program.of(path, ROOT), meaning);
    }
    return first.services();
  }

  private OsString path() {
    return variables.get("PATH", PathSearch.DEFAULT);
  }

  private List<Service> readLast() throws LayoutException {
    long finishNanos = own.readFinishNanos();
    Oneshots last = new Oneshots(Stage.LAST, Stop.bySignal(finishNanos));
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
