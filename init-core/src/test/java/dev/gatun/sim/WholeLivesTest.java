package dev.gatun.sim;

import static dev.gatun.sim.Scenario.MILLI;
import static dev.gatun.sim.Scenario.SECOND;
import static dev.gatun.sim.Scenario.SLEEP_ON;
import static dev.gatun.sim.Scenario.doubleFork;
import static dev.gatun.sim.Scenario.err;
import static dev.gatun.sim.Scenario.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.Kernel;
import dev.gatun.model.Signal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lives that other inits did not survive, each on the simulated kernel from boot to end. */
class WholeLivesTest {
  private static final int TERM = 15;

  private static Simulation good(Simulation simulation, int code) {
    assertEquals(List.of(), simulation.faults(), () -> simulation.transcript.toString());
    assertEquals(code, simulation.verdict().exitCode());
    return simulation;
  }

  private static String text(Simulation simulation, int standard) {
    return new String(simulation.kernel.files.sink(standard).received(), StandardCharsets.UTF_8);
  }

  @Test
  void no_services_at_all_end_with_0_at_once() {
    Simulation simulation = good(new Scenario().run(), 0);
    assertTrue(text(simulation, 2).contains(" gatun: warning: exit 0: there are no services"));
    assertEquals(0, simulation.endedAtNanos());
  }

  @Test
  void ten_thousand_orphans_that_end_leave_no_zombie_under_either_policy() {
    for (boolean ignoring : new boolean[] {false, true}) {
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        steps.add(doubleFork(Behavior.of("orphan", new Step.Sleep(5 * MILLI))));
      }
      steps.add(SLEEP_ON);
      Scenario scenario = new Scenario().service("api", steps.toArray(new Step[0]));
      scenario.signal(3 * SECOND, TERM);
      Simulation simulation =
          good((ignoring ? scenario.ignoringOrphans() : scenario).runSilently(), 0);
      assertTrue(simulation.endedAtNanos() < 3 * SECOND + 10 * MILLI);
      assertTrue(simulation.kernel.turn() < 2000, "turns: " + simulation.kernel.turn());
    }
  }

  @Test
  void a_storm_of_orphans_is_reaped_by_the_batch_and_term_is_heard_in_it() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      steps.add(doubleFork(Behavior.of("orphan", new Step.Sleep(MILLI))));
      steps.add(new Step.Sleep(MILLI / 10));
    }
    Scenario scenario = new Scenario().ignoringOrphans().service("api", steps.toArray(new Step[0]));
    Simulation simulation = good(scenario.signal(900 * MILLI, TERM).runSilently(), 0);
    assertTrue(simulation.endedAtNanos() < 910 * MILLI, "ended: " + simulation.endedAtNanos());
    assertTrue(simulation.kernel.turn() < 1500, "turns: " + simulation.kernel.turn());
  }

  @Test
  void thousands_of_orphans_that_ignore_term_are_killed_and_waited_for() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      steps.add(doubleFork(Behavior.deaf("deaf", SLEEP_ON)));
    }
    steps.add(SLEEP_ON);
    Scenario scenario = new Scenario().service("api", steps.toArray(new Step[0]));
    scenario.killingOrphansAfter(2 * SECOND).signal(1500 * MILLI, TERM);
    Simulation simulation = good(scenario.endingWithin(3 * SECOND).runSilently(), 0);
    assertTrue(text(simulation, 2).contains("did not stop in time: killing it"));
  }

  @Test
  void a_stopped_service_hears_term() {
    Scenario scenario = new Scenario().service("api", new Step.Stop(), SLEEP_ON);
    Simulation simulation = good(scenario.signal(SECOND, TERM).run(), 0);
    assertEquals(SECOND, simulation.endedAtNanos());
  }

  @Test
  void six_hundred_kilobytes_written_just_before_the_end_arrive_through_a_slow_reader() {
    Lines lines = new Lines(new Chance(7), "api", 64 * 1024);
    Scenario scenario =
        new Scenario().service("api", lines.flood(600_000, false), new Step.Exit(1));
    SimSink.Manner slow = new SimSink.Manner(false, 65_536, 4096, 10 * MILLI, 0, Long.MAX_VALUE);
    Simulation simulation = good(scenario.stdout(slow).run(), 3);
    assertTrue(simulation.kernel.files.sink(1).received().length > 600_000);
  }

  @Test
  void while_stdout_is_blocked_for_a_minute_ends_are_heard_and_stops_carried_out() {
    Lines lines = new Lines(new Chance(8), "api", 64 * 1024);
    Scenario scenario =
        new Scenario()
            .service("api", lines.flood(500_000, false), SLEEP_ON)
            .service("db", new Step.Sleep(SECOND), new Step.Exit(9))
            .stdout(new SimSink.Manner(false, 65_536, 65_536, 0, 60 * SECOND, Long.MAX_VALUE))
            .endingWithin(61 * SECOND);
    Simulation simulation = good(scenario.run(), 3);
    History.Ended api =
        (History.Ended)
            simulation.kernel.history.happenings().stream()
                .filter(h -> h instanceof History.Ended e && e.program().endsWith("/api/run"))
                .findFirst()
                .orElseThrow();
    assertEquals(SECOND, api.atNanos());
    assertEquals(60 * SECOND, simulation.endedAtNanos());
  }

  @Test
  void a_reader_that_goes_away_ends_neither_the_services_nor_their_stderr() {
    Scenario scenario =
        new Scenario()
            .service(
                "api",
                out("{}\n"),
                new Step.Sleep(SECOND),
                out("{}\n"),
                err("still here\n"),
                new Step.Sleep(SECOND),
                new Step.Exit(0))
            .stdout(new SimSink.Manner(false, 65_536, 65_536, 0, 0, 500 * MILLI));
    Simulation simulation = good(scenario.run(), 0);
    assertEquals(2 * SECOND, simulation.endedAtNanos());
    assertTrue(text(simulation, 2).contains(" api/run: still here\n"));
  }

  @Test
  void a_grandchild_that_keeps_the_pipe_open_does_not_hang_the_end() {
    Behavior daemon = Behavior.of("daemon", out("{\"from\":\"daemon\"}\n"), SLEEP_ON);
    Scenario scenario =
        new Scenario()
            .ignoringOrphans()
            .service("api", doubleFork(daemon), new Step.Sleep(SECOND), new Step.Exit(2));
    Simulation simulation = good(scenario.run(), 3);
    assertTrue(simulation.endedAtNanos() < SECOND + 200 * MILLI);
    assertTrue(text(simulation, 1).contains("{\"from\":\"daemon\",\"service\":\"api\""));
  }

  @Test
  void term_in_the_middle_of_the_start_stops_what_has_been_started() {
    Scenario scenario = new Scenario().service("api", SLEEP_ON).service("db", SLEEP_ON);
    assertEquals(0, good(scenario.signal(0, TERM).run(), 0).endedAtNanos());
  }

  @Test
  void a_log_program_gets_everything_before_it_is_left_behind() {
    Behavior run = Behavior.of("api", out("{\"n\":1}\n{\"n\":2}\n"), new Step.Exit(0));
    Behavior log = Behavior.of("api-log", new Step.Relay(true, 5, MILLI), out("{\"n\":3}\n"));
    Simulation simulation = good(new Scenario().logged("api", run, log).run(), 0);
    String out = text(simulation, 1);
    for (int i = 1; i <= 3; i++) {
      assertTrue(out.contains("{\"n\":" + i + ",\"service\":\"api\",\"stage\":\"run\""), out);
    }
  }

  @Test
  void a_refused_signal_is_reported_and_ends_nothing() {
    Scenario scenario = new Scenario().service("api", new Step.Sleep(5 * SECOND));
    scenario.signal(SECOND, TERM).endingWithin(5 * SECOND);
    Simulation simulation =
        Simulation.run(
            scenario.workload(),
            true,
            0,
            kernel ->
                Overridden.kernel(
                    kernel,
                    "signal",
                    arguments -> Signal.TERM.equals(arguments[2]) ? -Errno.EPERM : null));
    good(simulation, 0);
    assertEquals(5 * SECOND, simulation.endedAtNanos());
    assertTrue(text(simulation, 2).contains("warning: cannot send TERM to api/run (2): error 1"));
  }

  @Test
  void without_proc_and_a_namespace_of_ones_own_orphans_are_waited_for() {
    Behavior daemon = Behavior.of("daemon", new Step.Sleep(3 * SECOND), out("{\"last\":1}\n"));
    Scenario scenario =
        new Scenario()
            .service("api", doubleFork(daemon), new Step.Sleep(SECOND))
            .withoutProc()
            .endingWithin(2 * SECOND);
    Simulation simulation =
        Simulation.run(
            scenario.workload(),
            true,
            0,
            kernel -> Overridden.kernel(kernel, "processId", arguments -> 4711));
    good(simulation, 0);
    assertTrue(text(simulation, 1).contains("\"last\""));
  }

  @Test
  void without_proc_the_first_process_of_a_namespace_tells_everybody_to_stop() {
    Behavior daemon = Behavior.of("daemon", SLEEP_ON);
    Scenario scenario =
        new Scenario().service("api", doubleFork(daemon), new Step.Sleep(SECOND)).endingWithin(0);
    good(scenario.withoutProc().run(), 0);
  }

  @Test
  void an_adopted_process_writes_to_its_own_pipes_and_ends_the_container() {
    Behavior daemon =
        Behavior.of(
            "daemon",
            out("{\"n\":1}\n"),
            new Step.Sleep(2 * SECOND),
            out("{\"n\":2}\n"),
            err("gone\n"),
            new Step.Exit(9));
    Scenario scenario =
        new Scenario().adoptingOrphans().service("api", doubleFork(daemon), SLEEP_ON);
    Simulation simulation = good(scenario.run(), 3);
    assertEquals(2 * SECOND, simulation.endedAtNanos());
    String stdout = text(simulation, 1);
    assertTrue(stdout.contains("{\"n\":1,\"service\":\"api\",\"stage\":\"run\""), stdout);
    assertTrue(stdout.contains("{\"n\":2,\"service\":\"daemon\",\"stage\":\"4\""), stdout);
    assertTrue(text(simulation, 2).contains(" daemon/4: gone\n"));
  }

  @Test
  void without_descriptors_of_processes_every_end_is_still_heard() {
    Scenario scenario =
        new Scenario()
            .service("api", new Step.Sleep(SECOND), new Step.Exit(115))
            .service("db", new Step.Sleep(2 * SECOND), new Step.Exit(4));
    Simulation simulation =
        Simulation.run(
            scenario.workload(),
            true,
            0,
            kernel -> Overridden.kernel(kernel, "openProcess", arguments -> -Errno.EMFILE));
    good(simulation, 3);
    assertEquals(2 * SECOND, simulation.endedAtNanos());
  }

  @Test
  void what_is_short_for_many_is_explained_once_and_counted() {
    Scenario scenario = new Scenario();
    for (int i = 100; i < 200; i++) {
      scenario.service("s" + i, SLEEP_ON);
    }
    Simulation simulation =
        Simulation.run(
            scenario.workload(),
            true,
            0,
            kernel ->
                Overridden.kernel(
                    kernel,
                    "spawn",
                    arguments -> kernel.files.openCount() > 100 ? -Errno.EMFILE : null));
    assertEquals(1, simulation.verdict().exitCode());
    List<String> errors = text(simulation, 2).lines().filter(l -> l.contains(" error: ")).toList();
    assertEquals(2, errors.size(), errors::toString);
    assertTrue(errors.get(0).endsWith("/run: error 24"), errors.get(0));
    assertTrue(errors.get(1).matches(".*: cannot start \\d\\d more programs: error 24"));
  }

  @Test
  void a_wall_clock_that_jumps_changes_nothing_but_time_stamps() {
    Scenario scenario =
        new Scenario()
            .service("api", out("{}\n"), new Step.Sleep(3 * SECOND), out("{}\n"), SLEEP_ON)
            .service("db", doubleFork(Behavior.deaf("deaf", SLEEP_ON)), SLEEP_ON);
    scenario.killingOrphansAfter(2 * SECOND).signal(6 * SECOND, TERM);
    long[] jumps = {0};
    Simulation simulation =
        Simulation.run(
            scenario.workload(),
            true,
            0,
            kernel ->
                Overridden.kernel(
                    kernel,
                    "realtimeMillis",
                    arguments ->
                        kernel.realtimeMillis() + (jumps[0]++ % 2 == 0 ? 1 : -1) * 86_400_000L));
    assertEquals(0, simulation.verdict().exitCode());
    assertEquals(6 * SECOND, simulation.endedAtNanos());
    assertTrue(text(simulation, 2).contains("did not stop in time: killing it"));
    assertEquals(2, text(simulation, 1).lines().count());
  }

  /** As a library does that waits for any child: how a child ended is known to it alone. */
  private static Simulation withStolenStatuses(Scenario scenario) {
    return Simulation.run(
        scenario.workload(),
        true,
        0,
        kernel ->
            Overridden.kernel(
                kernel,
                "reap",
                arguments ->
                    kernel.reap((int) arguments[0], new Exit()) > 0 ? -Errno.ECHILD : null));
  }

  @Test
  void a_stolen_exit_status_is_an_end_with_1_and_not_a_busy_loop() {
    Scenario scenario =
        new Scenario()
            .service("api", new Step.Sleep(SECOND), new Step.Exit(0))
            .service("db", SLEEP_ON);
    Simulation simulation = withStolenStatuses(scenario);
    assertEquals(1, simulation.verdict().exitCode(), () -> simulation.faults().toString());
    assertEquals(SECOND, simulation.endedAtNanos());
    assertTrue(simulation.kernel.turn() < 20, "turns: " + simulation.kernel.turn());
    String said = text(simulation, 2);
    assertTrue(said.contains(" warning: cannot tell how api/run (2) ended: "), said);
    assertTrue(said.contains("exit 1: service api ended in a way that is unknown after"), said);
    assertEquals(List.of(), simulation.kernel.history.violations());
  }

  @Test
  void a_stolen_exit_status_of_a_child_without_a_descriptor_is_noticed_when_no_child_is_left() {
    Scenario scenario = new Scenario().service("api", new Step.Sleep(SECOND), new Step.Exit(0));
    scenario.service("db", SLEEP_ON).signal(2 * SECOND, TERM);
    Simulation simulation =
        Simulation.run(
            scenario.workload(),
            true,
            0,
            kernel -> {
              Kernel blind = Overridden.kernel(kernel, "openProcess", arguments -> -Errno.EMFILE);
              return Overridden.kernel(
                  blind,
                  "peekEnded",
                  arguments -> {
                    int ended = kernel.peekEnded();
                    return ended > 0 ? kernel.reap(ended, new Exit()) * 0 : null;
                  });
            });
    assertEquals(0, simulation.verdict().exitCode(), () -> simulation.faults().toString());
    assertTrue(text(simulation, 2).contains("cannot tell how db/run (3) ended: "));
  }

  @Test
  void an_idle_container_under_ignore_does_not_wake_up() {
    Scenario scenario = new Scenario().ignoringOrphans().service("api", SLEEP_ON);
    Simulation simulation = good(scenario.signal(900 * SECOND, TERM).run(), 0);
    assertTrue(simulation.kernel.turn() <= 4, "turns: " + simulation.kernel.turn());
  }
}
