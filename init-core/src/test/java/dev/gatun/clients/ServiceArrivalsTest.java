package dev.gatun.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.FakeKernel;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceArrivalsTest {
  private static final Hooks FINISH =
      new Hooks(
          Optional.of(
              new Hooks.Finish(
                  Program.of(OsString.of("/s/finish"), OsString.of("/s")),
                  new ExitArguments(-1, 128, List.of()))),
          List.of());

  private final List<ServiceScan.Found> there = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Hooks> hooks = new HashMap<>();
  private final Set<String> locked = new HashSet<>();
  private final List<String> returned = new ArrayList<>();
  private final Watch watch = new Watch();
  private final Kernel kernel =
      FakeKernel.answering(
          (method, arguments) ->
              switch (method) {
                case "explain" -> "errno " + arguments[0];
                case "watch" -> 0;
                default -> FakeKernel.unexpected(method);
              });
  private final Shell shell = new Shell(kernel, new Poll(kernel), null, 0, (level, text) -> {});
  private final ServiceArrivals arrivals =
      new ServiceArrivals(shell, new Source(), watch, this::take);

  private final class Source implements ServiceSource {
    @Override
    public ServiceScan scan() {
      return new ServiceScan(there, List.of(OsString.of("/s")), problems);
    }

    @Override
    public Hooks hooks(OsString directory) {
      return hooks.getOrDefault(directory.toString(), Hooks.NONE);
    }
  }

  private Optional<String> take(ServiceScan.Found found, boolean comesBack) {
    String name = found.service().id().name().toString();
    if (comesBack) {
      returned.add(name);
    }
    return locked.contains(name) ? Optional.of(name + " is locked") : Optional.empty();
  }

  /**
   * All that is posted, a word or two each; that all has been looked at is told by problems only.
   */
  private List<String> heard() {
    List<String> heard = new ArrayList<>();
    while (!shell.events().isEmpty()) {
      switch (shell.events().remove()) {
        case Event.ServiceFound e -> heard.add("found " + e.services().getFirst().id().name());
        case Event.ServiceVanished e -> heard.add("vanished " + e.service());
        case Event.HooksChanged e ->
            heard.add((e.hooks().equals(FINISH) ? "finish of " : "no hooks of ") + e.service());
        case Event.ServicesScanned e -> {
          for (Event.ServicesScanned.Problem problem : e.problems()) {
            heard.add((problem.mayPass() ? "may pass: " : "") + problem.text());
          }
          if (e.again()) {
            heard.add("look again");
          }
        }
        case Event other -> throw new AssertionError(other);
      }
    }
    return heard;
  }

  private static final class Watch implements DirectoryWatch {
    private boolean changed;
    private int answer;

    @Override
    public int descriptor() {
      return 9;
    }

    @Override
    public int add(OsString directory) {
      return answer;
    }

    @Override
    public boolean hasChanged() {
      boolean before = changed;
      changed = false;
      return before;
    }
  }

  @Test
  void what_is_incomplete_is_not_begun_and_goes_on_when_it_is_there() {
    ServiceScan.Found whole = found("a", "1");
    ServiceScan.Found lacking = new ServiceScan.Found(whole.services(), "1", false);
    there.add(lacking);
    arrivals.find();
    assertEquals(List.of(), heard());
    there.set(0, whole);
    arrivals.find();
    assertEquals(List.of("found a"), heard());
    there.set(0, lacking);
    arrivals.find();
    assertEquals(List.of(), heard());
  }

  private static ServiceScan.Found found(String name, String identity) {
    return found(name, identity, Meaning.Nothing.IT, Hooks.NONE);
  }

  private static ServiceScan.Found found(
      String name, String identity, Meaning meaning, Hooks hooks) {
    OsString directory = OsString.of("/s/" + name);
    Service service =
        Service.longrun(
                ServiceId.run(ServiceName.of(name)),
                Program.of(directory.resolve("run"), directory))
            .means(meaning)
            .takesOrders()
            .build()
            .with(hooks);
    return new ServiceScan.Found(List.of(service), identity);
  }

  private List<String> finds() {
    arrivals.find();
    return heard();
  }

  private List<String> changes() {
    watch.changed = true;
    arrivals.ready();
    return heard();
  }

  private static Incarnation process(String service, Stage stage) {
    return new Incarnation(ServiceName.of(service), stage, 1);
  }

  @Test
  void what_appears_is_found_once_and_what_goes_vanishes_once() {
    assertEquals(List.of(), finds());
    there.add(found("a", "1"));
    assertEquals(List.of("found a"), changes());
    assertEquals(List.of(), changes());
    there.clear();
    assertEquals(List.of("vanished a"), changes());
    assertEquals(List.of(), changes());
  }

  @Test
  void nothing_is_looked_at_where_nothing_has_changed() {
    finds();
    there.add(found("a", "1"));
    arrivals.ready();
    assertEquals(List.of(), heard());
  }

  @Test
  void another_directory_of_the_same_name_is_found_when_the_old_one_is_gone() {
    there.add(found("a", "1"));
    finds();
    there.set(0, found("a", "2"));
    assertEquals(List.of("vanished a"), changes());
    assertEquals(List.of(), changes());
    arrivals.released(ServiceName.of("a"));
    assertEquals(List.of("found a"), finds());
    assertEquals(List.of(), returned);
  }

  @Test
  void what_was_told_to_exit_and_is_still_there_is_found_as_one_that_comes_back() {
    there.add(found("a", "1"));
    finds();
    arrivals.released(ServiceName.of("a"));
    assertEquals(List.of("found a"), finds());
    assertEquals(List.of("a"), returned);
  }

  @Test
  void a_directory_that_goes_and_comes_again_is_a_new_one() {
    there.add(found("a", "1"));
    finds();
    arrivals.released(ServiceName.of("a"));
    there.clear();
    assertEquals(List.of(), changes());
    there.add(found("a", "2"));
    assertEquals(List.of("found a"), changes());
    assertEquals(List.of(), returned);
  }

  @Test
  void a_problem_that_is_there_at_first_stays_and_a_later_one_may_pass() {
    problems.add("x is missing");
    assertEquals(List.of("x is missing"), finds());
    problems.set(0, "y is missing");
    assertEquals(List.of("may pass: y is missing"), changes());
    problems.clear();
    assertEquals(List.of(), changes());
  }

  @Test
  void what_cannot_be_watched_has_to_be_looked_at_again() {
    watch.answer = -Errno.ENOSPC;
    String problem =
        "cannot watch the service directory: errno 28: looking at it every five seconds instead";
    assertEquals(List.of(problem, "look again"), finds());
    watch.answer = 0;
    assertEquals(List.of(), finds());
  }

  @Test
  void what_another_supervisor_has_is_left_to_it_until_that_is_gone() {
    locked.add("a");
    there.add(found("a", "1"));
    there.add(found("b", "1"));
    assertEquals(List.of("found b", "a is locked", "look again"), finds());
    assertEquals(List.of("a is locked", "look again"), finds());
    locked.clear();
    assertEquals(List.of("found a"), finds());
  }

  @Test
  void hooks_that_a_look_at_everything_shows_are_told() {
    there.add(found("a", "1"));
    finds();
    there.set(0, found("a", "1", Meaning.Nothing.IT, FINISH));
    assertEquals(List.of("finish of a/run"), changes());
    assertEquals(List.of(), changes());
  }

  @Test
  void hooks_are_told_when_they_are_others_than_before_and_only_then() {
    there.add(found("a", "1"));
    finds();
    ServiceName a = ServiceName.of("a");
    arrivals.lookAtHooks(a);
    assertEquals(List.of(), heard());
    hooks.put("/s/a", FINISH);
    arrivals.lookAtHooks(ServiceName.of("unknown"));
    assertEquals(List.of(), heard());
    arrivals.lookAtHooks(a);
    assertEquals(List.of("finish of a/run"), heard());
    arrivals.lookAtHooks(a);
    assertEquals(List.of(), heard());
    hooks.clear();
    arrivals.lookAtAllHooks();
    assertEquals(List.of("no hooks of a/run"), heard());
  }

  @Test
  void what_vanishes_is_stopped_with_the_hooks_that_it_has_by_then() {
    there.add(found("a", "1"));
    finds();
    there.clear();
    hooks.put("/s/a", FINISH);
    assertEquals(List.of("finish of a/run", "vanished a"), changes());
  }

  @Test
  void the_end_of_a_services_program_is_about_its_own_hooks() {
    there.add(found("a", "1"));
    there.add(found("b", "1"));
    finds();
    hooks.put("/s/a", FINISH);
    hooks.put("/s/b", FINISH);
    arrivals.lookAtHooksBefore(process("a", Stage.CONTROL));
    arrivals.lookAtHooksBefore(process("a", Stage.LOG));
    assertEquals(List.of(), heard());
    arrivals.lookAtHooksBefore(process("a", Stage.RUN));
    assertEquals(List.of("finish of a/run"), heard());
  }

  @Test
  void an_end_that_may_be_the_containers_is_about_all_hooks() {
    there.add(found("a", "1"));
    Meaning ends = new Meaning.EndsContainer(ExitCode.PassedOn.AS_IT_IS);
    there.add(found("job", "1", ends, Hooks.NONE));
    finds();
    hooks.put("/s/a", FINISH);
    arrivals.lookAtHooksBefore(process("job", Stage.RUN));
    assertEquals(List.of("finish of a/run"), heard());
    hooks.clear();
    arrivals.lookAtHooksBefore(process("command", Stage.MAIN));
    assertEquals(List.of("no hooks of a/run"), heard());
  }
}
