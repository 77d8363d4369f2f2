package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The chapters on kept services and on courses. */
final class KeptChapters {
  private static final int RESTART_CODE = 100;
  private static final Set<Stage> OF_SERVICE = Set.of(Stage.RUN, Stage.FINISH, Stage.CONTROL);

  private final Edges service = new Edges();
  private final Edges log = new Edges();
  private final Edges aims = new Edges();
  private final Edges progress = new Edges();
  private final Edges main = new Edges();

  void addTo(List<String> lines) {
    Course course = KeptExhaustionTest.course(false);
    explore(KeptLife.plan(Optional.of(course), Plan.NO_KILL, "a+log"), 1);
    explore(KeptLife.plan(Optional.of(course), 3 * KeptLife.SECOND, "a+ends"), 0);
    explore(KeptLife.plan(Optional.of(course), Plan.NO_KILL, "a+once+down"), 1);
    explore(KeptLife.plan(Optional.of(withMain(course)), 3 * KeptLife.SECOND), 0);
    service.addChapter(lines, "A kept service: what its program is doing");
    lines.add("Commands wait while a start or a script is under way; `Finishing` is its `finish`.");
    log.addChapter(lines, "The log program of a kept service");
    lines.add("It is started when the pipe is open, and leaves after its service.");
    aims.addChapter(lines, "What is wanted of a kept service or of its log program");
    lines.add("Kept apart from what it is doing, so that no command is lost in a pause.");
    progress.addChapter(lines, "The course of a container");
    lines.add("`First` and `Last` are programs that are run once, one after another.");
    main.addChapter(lines, "The program beside the services");
    lines.add("It is started again after a crash and after one exit code; else it ends the rest.");
  }

  private static Course withMain(Course course) {
    Command command = Command.of(OsString.of("/2"), OsString.of("/"));
    MainProgram program =
        new MainProgram(ServiceName.of("2"), command, RESTART_CODE, KeptLife.SECOND);
    return new Course(course.first(), Optional.of(program), course.last(), List.of());
  }

  private void explore(Plan plan, int commands) {
    new KeptExploration(plan, commands, this::hear).explore();
  }

  private void hear(State before, Event event, Transition transition) {
    Regime was = before.regime().get();
    Regime is = transition.state().regime().get();
    String what = StateMachinePage.nameOf(event);
    hearService(was.find(KeptExploration.A), is.find(KeptExploration.A), event, transition);
    add(
        progress,
        StateMachinePage.nameOf(was.progress()),
        StateMachinePage.nameOf(is.progress()),
        what + of(event, stage -> stage == Stage.FIRST || stage == Stage.LAST),
        transition,
        Set.of(Stage.FIRST, Stage.LAST));
    add(
        main,
        StateMachinePage.nameOf(was.main()),
        StateMachinePage.nameOf(is.main()),
        what + of(event, stage -> stage == Stage.MAIN),
        transition,
        Set.of(Stage.MAIN));
  }

  private void hearService(
      Optional<Kept> was, Optional<Kept> is, Event event, Transition transition) {
    if (was.isEmpty()) {
      return;
    }
    for (Part part : Part.values()) {
      if (was.get().has(part)) {
        Keeper before = was.get().keeper(part);
        Optional<Keeper> after = is.map(kept -> kept.keeper(part));
        Set<Stage> stages = part == Part.LOG ? Set.of(Stage.LOG) : OF_SERVICE;
        add(
            part == Part.LOG ? log : service,
            StateMachinePage.nameOf(before.doing()),
            after.map(keeper -> StateMachinePage.nameOf(keeper.doing())).orElse("Gone"),
            text(event) + of(event, stages::contains),
            transition,
            stages);
        String aim = after.map(keeper -> keeper.aim().name()).orElse(before.aim().name());
        add(aims, before.aim().name(), aim, text(event), transition, Set.of());
      }
    }
  }

  private static void add(
      Edges edges, String from, String to, String event, Transition transition, Set<Stage> stages) {
    if (!from.equals(to)) {
      edges.add(from, to, event, transition, effect -> concerns(effect, stages));
    }
  }

  private static String text(Event event) {
    String name = StateMachinePage.nameOf(event);
    return event instanceof Event.ControlReceived e
        ? name + " " + e.control().name().toLowerCase(Locale.ROOT)
        : name;
  }

  private interface Stages {
    boolean contain(Stage stage);
  }

  private static String of(Event event, Stages own) {
    Optional<Incarnation> who =
        switch (event) {
          case Event.ProcessSpawned e -> Optional.of(e.who());
          case Event.SpawnFailed e -> Optional.of(e.who());
          case Event.ProgramMissing e -> Optional.of(e.who());
          case Event.ProcessExited e -> Optional.of(e.who());
          default -> Optional.empty();
        };
    return who.map(w -> own.contain(w.stage()) ? " of " + w.stage().label() : " of another")
        .orElse("");
  }

  private static boolean concerns(Effect effect, Set<Stage> stages) {
    return switch (effect) {
      case Effect.Spawn e -> stages.contains(e.who().stage());
      case Effect.SpawnScript e -> stages.contains(e.who().stage());
      case Effect.SendSignal e -> stages.contains(e.who().stage());
      case Effect.SignalGroup e -> stages.contains(e.leader().stage());
      case Effect.OpenLogPipe e -> stages.contains(Stage.LOG);
      case Effect.CloseLogPipe e -> stages.contains(Stage.LOG);
      case Effect.ReleaseService e -> stages.contains(Stage.RUN);
      case Effect.FindServices e -> stages.contains(Stage.FIRST);
      default -> false;
    };
  }
}
