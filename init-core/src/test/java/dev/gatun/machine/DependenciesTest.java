package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Change;
import dev.gatun.model.Level;
import dev.gatun.model.Notice;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.plan.After;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Services start after what they depend on, and stop before it. */
class DependenciesTest {

  private static Event change(Change change, boolean alone, String... names) {
    List<ServiceId> services = Stream.of(names).map(Graph::id).toList();
    return new Event.ChangeRequested(0, services, change, alone);
  }

  private static Graph chain() {
    return new Graph().longrun("db").oneshot("migrate", "db").longrun("api", "migrate");
  }

  @Test
  void they_start_in_order_and_stop_in_reverse() {
    chain()
        .boot()
        .does("spawn db/run: /s/db/run", "spawn migrate/run: /s/migrate/up")
        .exits("migrate/run", 0)
        .does("spawn api/run: /s/api/run")
        .receives(Signal.TERM)
        .does("send TERM to api/run", "send CONT to api/run")
        .dies("api/run", Signal.TERM)
        .does("send TERM to db/run", "send CONT to db/run")
        .dies("db/run", Signal.TERM)
        .ends()
        .isOverWith(0);
  }

  @Test
  void kill_is_counted_from_when_one_is_told() {
    chain()
        .boot()
        .exits("migrate/run", 0)
        .receives(Signal.TERM)
        .forgets()
        .passes(9 * SECOND)
        .does()
        .dies("api/run", Signal.TERM)
        .does("send TERM to db/run", "send CONT to db/run")
        .passes(9 * SECOND)
        .does()
        .passes(SECOND)
        .does("send KILL to db/run");
  }

  @Test
  void one_that_waits_for_two_starts_after_both() {
    Graph graph = new Graph().longrun("a", Graph.descriptor()).longrun("b", Graph.descriptor());
    Life life = graph.longrun("c", "a", "b").boot();
    life.lives("a/run", "b/run").notified("a/run", Notice.READY).lives("a/run", "b/run");
    life.notified("b/run", Notice.READY).lives("a/run", "b/run", "c/run");
  }

  @Test
  void of_one_that_has_failed_the_dependents_are_not_started() {
    Life life = chain().longrun("web", "api").boot().forgets().exits("migrate/run", 7);
    assertEquals(List.of(), life.did());
    assertEquals(
        List.of(
            "migrate/run exited with 7 (/s/migrate/up)",
            "service api was not started: migrate exited with 7",
            "service web was not started: api was not started: migrate exited with 7"),
        life.said(Level.ERROR));
  }

  @Test
  void nothing_is_left_when_only_those_remain_that_cannot_start() {
    new Graph()
        .oneshot("migrate")
        .longrun("api", "migrate")
        .withoutSearch()
        .boot()
        .exits("migrate/run", 1)
        .ends()
        .isOverWith(0);
  }

  @Test
  void one_that_was_not_started_starts_when_the_other_is_there_after_all() {
    Life life = chain().boot().exits("migrate/run", 7).forgets();
    life.hears(change(Change.START, false, "migrate"))
        .does("spawn migrate/run: /s/migrate/up")
        .exits("migrate/run", 0)
        .does("spawn api/run: /s/api/run");
  }

  @Test
  void what_follows_everything_starts_when_all_is_settled() {
    Life life =
        new Graph()
            .oneshot("a")
            .longrun("b", "a")
            .longrun("command", s -> s.after(After.settled(Graph.id("b"))))
            .boot();
    life.lives("a/run").exits("a/run", 1).lives("command/run");
  }

  @Test
  void a_dependency_that_starts_again_leaves_its_dependents_alone() {
    Life life =
        new Graph()
            .longrun("db", s -> s.restart(Restart.always(SECOND)))
            .longrun("api", "db")
            .boot();
    life.passes(5 * SECOND).forgets().exits("db/run", 1).does("spawn db/run: /s/db/run");
    life.lives("db/run", "api/run");
  }

  @Test
  void a_dependent_is_not_started_again_before_its_dependency_is() {
    Life life =
        new Graph()
            .longrun("db", s -> s.restart(Restart.always(10 * SECOND)))
            .longrun("api", s -> s.restart(Restart.always(SECOND)), "db")
            .boot();
    life.passes(2 * SECOND).exits("db/run", 1).exits("api/run", 1).lives();
    life.passes(7 * SECOND).lives().passes(SECOND).lives("db/run", "api/run");
  }

  @Test
  void one_that_does_nothing_has_succeeded_when_its_turn_comes() {
    Meaning.Oneshot meaning = new Meaning.Oneshot(Meaning.Failure.IS_SAID);
    Service nothing =
        Service.oneshot(Graph.id("base"), Program.nothing(), meaning)
            .after(After.ready(Graph.id("a")))
            .build();
    Life life =
        Life.of(
            new Graph().oneshot("a").longrun("z", "base").plan().toBuilder().add(nothing).build());
    life.lives("a/run").exits("a/run", 0).lives("z/run");
  }

  @Test
  void what_was_done_once_is_taken_back_in_the_reverse_order() {
    Life life =
        new Graph()
            .oneshot("a", Graph.down("a"))
            .oneshot("b", Graph.down("b"), "a")
            .longrun("c", "b")
            .boot();
    life.exits("a/run", 0).exits("b/run", 0).lives("c/run").forgets();
    life.receives(Signal.TERM)
        .does("send TERM to c/run", "send CONT to c/run")
        .dies("c/run", Signal.TERM)
        .does("spawn b/down: /s/b/down")
        .exits("b/down", 1)
        .does("spawn a/down: /s/a/down")
        .exits("a/down", 0)
        .ends()
        .isOverWith(0);
  }

  @Test
  void what_has_failed_is_not_taken_back() {
    Life life = new Graph().oneshot("a", Graph.down("a")).longrun("z").boot();
    life.exits("a/run", 1).forgets().receives(Signal.TERM);
    life.does("send TERM to z/run", "send CONT to z/run");
  }

  @Test
  void a_program_that_is_run_once_has_its_time() {
    Life life =
        new Graph()
            .oneshot("a", Graph.ready(new Readiness.ByKind(), Readiness.Late.WAIT))
            .longrun("b", "a")
            .boot();
    life.forgets().passes(60 * SECOND).dies("a/run", Signal.KILL);
    assertEquals(List.of("send KILL to a/run"), life.did());
    assertEquals(
        List.of(
            "service a did not end within 60 s: killing it",
            "service b was not started: a did not end within 60 s",
            "a/run was killed by KILL (/s/a/up)"),
        life.said(Level.ERROR));
  }

  @Test
  void a_stop_takes_the_dependents_along_and_a_start_what_it_needs() {
    Life life = chain().boot().exits("migrate/run", 0).forgets();
    life.hears(change(Change.STOP, false, "db"))
        .does("send TERM to api/run", "send CONT to api/run")
        .dies("api/run", Signal.TERM)
        .does("send TERM to db/run", "send CONT to db/run")
        .dies("db/run", Signal.TERM)
        .lives()
        .isRunning();
    life.hears(change(Change.START, false, "api"))
        .does("spawn db/run: /s/db/run", "spawn migrate/run: /s/migrate/up");
  }

  @Test
  void a_restart_takes_the_dependents_along() {
    Life life = new Graph().longrun("db").longrun("api", "db").boot().forgets();
    life.hears(change(Change.RESTART, false, "db"))
        .does("send TERM to api/run", "send CONT to api/run")
        .exits("api/run", 0)
        .does("send TERM to db/run", "send CONT to db/run")
        .exits("db/run", 0)
        .does("spawn db/run: /s/db/run", "spawn api/run: /s/api/run")
        .isRunning();
  }

  @Test
  void alone_it_spares_the_dependents() {
    Life life = new Graph().longrun("db").longrun("api", "db").boot().forgets();
    life.hears(change(Change.RESTART, true, "db"))
        .does("send TERM to db/run", "send CONT to db/run")
        .exits("db/run", 0)
        .does("spawn db/run: /s/db/run")
        .lives("api/run", "db/run");
  }

  @Test
  void who_is_stopped_by_order_does_not_end_the_container() {
    Life life = Life.of(Plans.plain(Plans.IGNORE, Stop.NO_KILL, "a", "b"));
    life.hears(change(Change.STOP, false, "a")).exits("a/run", 3).isRunning().lives("b/run");
    life.hears(change(Change.STOP, false, "b")).exits("b/run", 3).isRunning().lives();
    life.hears(change(Change.START, false, "a")).lives("a/run").exits("a/run", 3);
    life.isTerminatingWith(3);
  }

  @Test
  void the_end_overtakes_a_change() {
    Life life = new Graph().longrun("db").longrun("api", "db").boot().forgets();
    life.hears(change(Change.RESTART, false, "db")).receives(Signal.TERM);
    life.exits("api/run", 0).exits("db/run", 0).lives().ends().isOverWith(0);
  }

  @Test
  void three_hundred_services_with_six_hundred_edges_come_and_go_in_order() {
    Graph graph = new Graph();
    for (int i = 0; i < 300; i++) {
      int half = i / 2;
      String[] after =
          i == 0
              ? new String[0]
              : i == 1 ? new String[] {"s000"} : new String[] {name(i - 1), name(half)};
      graph.longrun(name(i), after);
    }
    Life life = graph.boot();
    for (int i = 0; i < 300; i++) {
      assertTrue(life.isAlive(name(i) + "/run"), name(i));
    }
    life.forgets().receives(Signal.TERM);
    for (int i = 299; i >= 0; i--) {
      String process = name(i) + "/run";
      life.does("send TERM to " + process, "send CONT to " + process).exits(process, 0);
    }
    life.ends().isOverWith(0);
  }

  private static String name(int i) {
    return String.format("s%03d", i);
  }
}
