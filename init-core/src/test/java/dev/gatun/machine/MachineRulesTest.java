package dev.gatun.machine;

import static dev.gatun.machine.Life.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.service.Roster;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Rules that no contract has a row for; {@code scripts/dev mutate} showed that they need a test.
 */
class MachineRulesTest {
  private static final long SECOND = 1000 * MILLI;
  private static final OrphanId ORPHAN = new OrphanId(1, 501);
  private static final OrphanId STRANGER = new OrphanId(9, 509);

  private static void ignores(Life life, Event event) {
    Transition transition = InitMachine.step(life.state(), event);
    assertSame(life.state(), transition.state());
    assertEquals(List.of(), transition.effects());
  }

  @Test
  void two_stop_scripts_whose_services_started_late_have_numbers_of_their_own() {
    Life life = Life.of("api+term", "db+term").receives(Signal.TERM).started().started();
    Set<Long> numbers = new TreeSet<>();
    for (String process : List.of("api/run", "db/run", "api/term", "db/term")) {
      assertTrue(numbers.add(life.find(process).number()), process);
    }
  }

  // Gatun's own failure

  @Test
  void an_init_that_fails_itself_ends_with_1_and_tells_everybody_to_stop() {
    Life life = Life.of("api").started().forgets();
    life.hears(new Event.LoopFailed(0, "a bug")).isTerminatingWith(1);
    assertEquals(List.of("send TERM to api/run", "send CONT to api/run"), life.did());
    assertEquals(List.of("warning: exit 1: internal error: a bug"), life.said());
  }

  @Test
  void one_that_fails_while_it_ends_tells_those_again_that_still_run() {
    Life life = Life.of("api", "db").started().receives(Signal.TERM).exits("db/run", 0);
    life.forgets().hears(new Event.LoopFailed(0, "a bug")).isTerminatingWith(0);
    assertEquals(List.of("send TERM to api/run", "send CONT to api/run"), life.did());
    assertEquals(List.of("warning: internal error: a bug"), life.said());
    assertTrue(life.scans());
  }

  // Output at the end

  @Test
  void a_reader_that_takes_something_is_waited_for_anew() {
    Life life = Life.of("api").started().exits("api/run", 0).swept(false).isDrainingWith(0);
    life.passes(3 * SECOND).hears(new Event.OutputProgressed(3 * SECOND)).forgets();
    assertEquals(List.of(), life.passes(5 * SECOND - 1).isDrainingWith(0).did());
    life.passes(1).isOverWith(0);
  }

  @Test
  void output_that_is_written_while_services_run_means_nothing() {
    ignores(Life.of("api").started(), new Event.OutputProgressed(0));
  }

  // The end of services

  @Test
  void how_long_a_service_ran_is_counted_from_its_start() {
    Life life = Life.of("api").passes(2 * SECOND).started().passes(1300 * MILLI);
    life.forgets().exits("api/run", 0);
    assertEquals("info: service api exited with 0 after 1.3 s", life.said().getFirst());
  }

  @Test
  void how_long_a_service_ran_that_was_told_to_stop_is_counted_from_its_start() {
    Life life = Life.of("api").passes(2 * SECOND).started().passes(SECOND).receives(Signal.TERM);
    life.passes(300 * MILLI).forgets().exits("api/run", 0);
    assertEquals("info: service api exited with 0 after 1.3 s", life.said().getFirst());
  }

  @Test
  void of_two_log_programs_that_end_together_the_first_by_name_decides() {
    Life life = Life.of("a+log", "b+log").started().exits("b/log", 7).exits("a/log", 0);
    life.passes(SECOND).isTerminatingWith(0);
  }

  @Test
  void when_the_last_process_of_all_services_is_gone_the_children_are_swept_at_once() {
    Life life = Life.of("api", "db").started().receives(Signal.TERM).exits("api/run", 0);
    Event last = new Event.ProcessExited(0, life.find("db/run"), new ExitStatus.Exited(0));
    Transition transition = InitMachine.step(life.state(), last);
    assertTrue(transition.effects().contains(Effect.Sweep.CHILDREN));
  }

  // The end of the rest

  @Test
  void known_orphans_are_waited_for_and_not_looked_for_again() {
    Life life = Life.of("api").started().receives(Signal.TERM).orphansArrive(ORPHAN);
    assertFalse(life.exits("api/run", 0).forgets().swept(true).scans());
    life.orphansAreReaped(ORPHAN);
    assertTrue(life.forgets().swept(true).scans());
  }

  @Test
  void while_a_service_runs_it_does_not_matter_who_cannot_be_listed() {
    Life life = Life.of("api", "db").started().exits("api/run", 0);
    ignores(life, new Event.OrphansUnlisted(0, true));
  }

  @Test
  void while_a_stop_script_runs_it_does_not_matter_who_cannot_be_listed() {
    Life life = Life.of("api+term").started().receives(Signal.TERM).started();
    life.exits("api/run", 0);
    ignores(life, new Event.OrphansUnlisted(0, true));
  }

  @Test
  void who_cannot_be_listed_is_told_as_soon_as_no_log_program_is_left() {
    Event unlisted = new Event.OrphansUnlisted(0, true);
    Life life = Life.of("api+log").started().exits("api/run", 0).hears(unlisted);
    ignores(life, unlisted);
    life.exits("api/log", 0).forgets().hears(unlisted);
    assertEquals(List.of("send TERM to the rest", "send CONT to the rest"), life.did());
  }

  // Those whom nobody knows

  @Test
  void outcomes_of_processes_that_are_not_waited_for_mean_nothing() {
    Life life = Life.of("api").started();
    Incarnation other = new Incarnation(ServiceName.of("api"), Stage.RUN, 99);
    ignores(life, new Event.SpawnFailed(0, other, "No such file or directory"));
    ignores(life, new Event.ProcessSpawned(0, other, 77));
    ignores(life, new Event.ProcessExited(0, other, new ExitStatus.Exited(1)));
    ignores(life, new Event.OrphansReaped(0, LifeTexts.exits(List.of(STRANGER))));
  }

  @Test
  void orphans_that_are_seen_when_all_is_over_mean_nothing() {
    Life life = Life.of("api").started().exits("api/run", 0).swept(false).isDrainingWith(0);
    ignores(life, new Event.OrphansArrived(0, List.of(ORPHAN)));
    ignores(life, new Event.OrphansUnlisted(0, true));
  }

  // Values

  @Test
  void states_are_equal_when_and_only_when_services_and_orphans_are() {
    Life one = Life.of(Plans.TERMINATE, Stop.NO_KILL, "api", "db").started().orphansArrive(ORPHAN);
    Life same = Life.of(Plans.TERMINATE, Stop.NO_KILL, "api", "db").started().orphansArrive(ORPHAN);
    assertEquals(one.state(), same.state());
    assertEquals(one.state().hashCode(), same.state().hashCode());
    assertNotEquals(one.state().orphans(), same.orphansAreReaped(ORPHAN).state().orphans());
    assertNotEquals(one.state().services(), same.exits("db/run", 115).state().services());
  }

  @Test
  void a_roster_that_is_put_together_is_the_one_that_came_about() {
    State state = Life.of("api", "db+log").started().orphansArrive(ORPHAN).state();
    List<ServiceState> services = new ArrayList<>();
    state.services().forEach(services::add);
    Roster roster = Roster.of(services);
    assertEquals(state.services(), roster);
    for (ServiceState service : services) {
      assertEquals(state.services().neighbours(service.id()), roster.neighbours(service.id()));
    }
    Orphan orphan = state.orphans().get(ORPHAN);
    assertEquals(state.orphans(), Orphans.of(List.of(orphan)));
    assertTrue(state.orphans().toString().contains(orphan.toString()));
    assertTrue(state.services().toString().contains(services.getFirst().toString()));
  }
}
