package dev.gatun.machine;

import static dev.gatun.machine.Life.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Level;
import dev.gatun.model.Notice;
import dev.gatun.model.Signal;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Health;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How services get ready, and what follows when they are late or not well. */
class WatchingTest {

  private static Life db(Consumer<Service.Builder> more) {
    return new Graph().longrun("db", more).longrun("api", "db").boot();
  }

  private static Consumer<Service.Builder> probed(Readiness.Late late) {
    return Graph.ready(new Readiness.Probed(Graph.tcp()), late);
  }

  private static ServiceState state(Life life, String name) {
    return life.state().services().find(Graph.id(name)).orElseThrow();
  }

  @Test
  void a_newline_on_its_descriptor_makes_it_ready() {
    Life life = db(Graph.descriptor());
    life.lives("db/run").notified("db/run", Notice.READY).lives("db/run", "api/run");
    assertTrue(state(life, "db").isReady());
    assertFalse(life.exits("db/run", 1).find("db/run") == null);
    assertFalse(state(life, "db").isReady());
  }

  @Test
  void what_it_tells_by_is_part_of_its_start() {
    Effect.Spawn.Voice voice = new Effect.Spawn.Voice(3, false);
    assertEquals(Optional.of(voice), db(Graph.descriptor()).spawned("db/run").voice());
    Consumer<Service.Builder> notified =
        Graph.ready(new Readiness.Notification(), Readiness.Late.WAIT);
    voice = new Effect.Spawn.Voice(Effect.Spawn.Voice.NONE, true);
    assertEquals(Optional.of(voice), db(notified).spawned("db/run").voice());
    assertEquals(
        Optional.empty(), db(notified).notified("db/run", Notice.READY).spawned("api/run").voice());
  }

  @Test
  void it_is_asked_until_it_answers() {
    Life life = db(probed(Readiness.Late.WAIT));
    life.answered("db", "connection refused").forgets().passes(SECOND);
    assertEquals(List.of("ask db/check: Tcp[host=127.0.0.1, port=80]"), life.did());
    life.lives("db/run").answered("db", "").lives("db/run", "api/run");
    life.forgets().passes(20 * SECOND).does();
  }

  @Test
  void an_answer_that_takes_too_long_is_none() {
    Life life = db(probed(Readiness.Late.WAIT)).forgets();
    life.passes(3 * SECOND).does("stop asking db/check").answered("db", "").lives("db/run");
    life.passes(SECOND).does("ask db/check: Tcp[host=127.0.0.1, port=80]");
  }

  @Test
  void one_that_is_late_is_said_with_its_dependents() {
    Life life = db(probed(Readiness.Late.WAIT)).forgets();
    for (int i = 0; i < 60; i++) {
      life.answered("db", "connection refused").passes(SECOND);
    }
    assertEquals(
        List.of(
            "service db did not become ready within 60 s: connection refused",
            "service api was not started: db did not become ready within 60 s: connection refused"),
        life.said(Level.ERROR));
    life.answered("db", "").lives("db/run", "api/run");
  }

  @Test
  void what_ends_on_its_way_gets_no_more_time() {
    Life life =
        db(Graph.descriptor().andThen(service -> service.restart(Restart.always(SECOND))))
            .forgets();
    life.passes(30 * SECOND).exits("db/run", 1).passes(30 * SECOND);
    assertEquals(2, life.said(Level.ERROR).size());
  }

  @Test
  void one_that_is_late_may_be_started_again() {
    Life life = db(Graph.ready(new Readiness.Descriptor(3), Readiness.Late.RESTART)).forgets();
    life.passes(60 * SECOND).does("send TERM to db/run", "send CONT to db/run");
    life.dies("db/run", Signal.TERM).does("spawn db/run: /s/db/run").passes(59 * SECOND).does();
    life.passes(SECOND).does("send TERM to db/run", "send CONT to db/run");
  }

  @Test
  void one_that_is_late_may_end_the_container() {
    Life life = db(Graph.ready(new Readiness.Descriptor(3), Readiness.Late.END));
    life.passes(60 * SECOND).isTerminatingWith(1);
    assertTrue(
        life.texts().contains("exit 1: service db did not become ready within 60 s"),
        life.texts()::toString);
  }

  @Test
  void a_probe_that_is_a_program_is_killed_when_its_time_is_over() {
    Probe.Run run = new Probe.Run(Graph.program("db", "check"));
    Life life =
        db(
            Graph.ready(
                new Readiness.Probed(new Probe(run, SECOND, 3 * SECOND)), Readiness.Late.WAIT));
    life.exits("db/check", 1).forgets().passes(SECOND).does("spawn db/check: /s/db/check");
    life.passes(3 * SECOND).does("send KILL to db/check").passes(SECOND).does();
    life.dies("db/check", Signal.KILL).lives("db/run").passes(SECOND);
    life.exits("db/check", 0).lives("db/run", "api/run");
  }

  @Test
  void a_probe_goes_with_its_service() {
    Probe.Run run = new Probe.Run(Graph.program("db", "check"));
    Life life =
        db(
            Graph.ready(
                    new Readiness.Probed(new Probe(run, SECOND, 3 * SECOND)), Readiness.Late.WAIT)
                .andThen(service -> service.restart(Restart.always(SECOND))));
    life.passes(2 * SECOND).forgets().exits("db/run", 1).does("send KILL to db/check");
    life.dies("db/check", Signal.KILL).lives("db/run", "db/check");
  }

  @Test
  void one_that_is_not_well_is_started_again() {
    Life life = db(Graph.health(3, Health.Then.RESTART)).lives("db/run", "api/run");
    for (int i = 0; i < 2; i++) {
      life.passes(SECOND).answered("db", "connection refused");
    }
    life.forgets().passes(SECOND).answered("db", "connection refused");
    assertEquals(
        List.of("send TERM to db/run", "send CONT to db/run"),
        life.did().subList(life.did().size() - 2, life.did().size()));
    assertEquals(
        List.of("service db is not healthy: connection refused, 3 times in a row: restarting it"),
        life.said(Level.WARNING));
    life.dies("db/run", Signal.TERM).lives("db/run", "api/run");
  }

  @Test
  void one_that_is_not_well_waits_for_its_pause_too() {
    Restart sinceFinish =
        new Restart(Restart.When.ALWAYS, ExitCode.NONE, Restart.Since.FINISH, SECOND);
    Life life =
        db(Graph.health(1, Health.Then.RESTART).andThen(service -> service.restart(sinceFinish)));
    life.passes(SECOND).answered("db", "connection refused").dies("db/run", Signal.TERM);
    life.passes(SECOND - 1).lives("api/run").passes(1).lives("db/run", "api/run");
  }

  @Test
  void success_counts_anew() {
    Life life = db(Graph.health(2, Health.Then.END));
    for (int i = 0; i < 5; i++) {
      life.passes(SECOND).answered("db", "connection refused");
      life.passes(SECOND).answered("db", "");
    }
    life.isRunning();
    life.passes(SECOND).answered("db", "x").passes(SECOND).answered("db", "x").isTerminatingWith(1);
  }

  @Test
  void it_may_be_said_and_no_more() {
    Life life = db(Graph.health(1, Health.Then.REPORT));
    for (int i = 0; i < 3; i++) {
      life.passes(SECOND).answered("db", "connection refused");
    }
    assertTrue(state(life, "db").isUnhealthy());
    assertEquals(
        List.of("service db is not healthy: connection refused"), life.said(Level.WARNING));
    life.passes(SECOND).answered("db", "").lives("db/run", "api/run");
    assertFalse(state(life, "db").isUnhealthy());
  }

  @Test
  void a_watchdog_is_to_be_heard() {
    Life life =
        db(s -> s.health(new Health(new Health.Watchdog(30 * SECOND), 1, Health.Then.RESTART)));
    life.passes(20 * SECOND).notified("db/run", Notice.WATCHDOG).forgets().passes(29 * SECOND);
    life.does().passes(SECOND).does("send TERM to db/run", "send CONT to db/run");
  }

  @Test
  void one_that_is_started_again_too_often_is_left_down() {
    Life life = db(Graph.limited(2, Backoff.Then.HOLD));
    life.exits("db/run", 1)
        .passes(SECOND)
        .exits("db/run", 1)
        .passes(2 * SECOND)
        .lives("db/run", "api/run");
    life.forgets().exits("db/run", 1).passes(100 * SECOND).lives("api/run").isRunning();
    assertEquals(
        List.of(
            "service db exited with 1 after 0.0 s, and has been started again 2 times within 600 s:"
                + " it stays down until somebody starts it"),
        life.said(Level.ERROR));
  }

  @Test
  void one_that_is_started_again_too_often_may_end_the_container() {
    Life life = db(Graph.limited(1, Backoff.Then.END));
    life.exits("db/run", 1).passes(SECOND).exits("db/run", 1).isTerminatingWith(1);
  }

  @Test
  void pauses_grow_and_begin_anew() {
    Backoff backoff = new Backoff(4 * SECOND, 60 * SECOND, Optional.empty());
    Life life = db(s -> s.restart(Restart.afterFailure(SECOND).with(backoff)));
    for (int pause : List.of(1, 2, 4, 4)) {
      life.exits("db/run", 1).passes(pause * SECOND - 1).lives("api/run");
      life.passes(1).lives("api/run", "db/run");
    }
    life.passes(4 * SECOND).exits("db/run", 1).passes(SECOND).lives("api/run", "db/run");
  }

  @Test
  void success_is_not_started_again_where_failure_is() {
    Life life =
        db(
            s ->
                s.restart(Restart.afterFailure(SECOND))
                    .means(new Meaning.EndsContainer(new ExitCode.Table(0, 3))));
    life.exits("db/run", 1).passes(SECOND).lives("api/run", "db/run").isRunning();
    life.exits("db/run", 0).isTerminatingWith(0);
  }

  @Test
  void a_finish_program_has_its_time_and_may_say_that_it_was_the_last() {
    Life life = new Graph().longrun("a", WatchingTest::s6).longrun("b").boot();
    life.passes(5 * SECOND).forgets().exits("a/run", 3);
    life.does("spawn a/finish: /s/a/finish 3 0 a 100").passes(5 * SECOND);
    life.does("send KILL to a/finish").dies("a/finish", Signal.KILL).passes(SECOND - 1).does();
    life.passes(1).does("spawn a/run: /s/a/run").exits("a/run", 1).exits("a/finish", 125);
    life.passes(100 * SECOND).lives("b/run");
  }

  private static void s6(Service.Builder service) {
    service
        .restart(new Restart(Restart.When.ALWAYS, ExitCode.NONE, Restart.Since.FINISH, SECOND))
        .finish(new Hooks.Finish(Graph.program("a", "finish"), Graph.ARGUMENTS, 5 * SECOND, 125));
  }

  @Test
  void what_was_ready_is_started_a_second_after_that() {
    Restart sinceReady =
        new Restart(Restart.When.ALWAYS, ExitCode.NONE, Restart.Since.READY, SECOND);
    Life life = db(Graph.descriptor().andThen(s -> s.restart(sinceReady)));
    life.notified("db/run", Notice.READY).passes(5 * SECOND).exits("db/run", 1);
    life.lives("db/run", "api/run").exits("db/run", 1).lives("api/run");
    life.passes(SECOND).lives("db/run", "api/run");
  }
}
