package dev.gatun.machine;

import static dev.gatun.machine.Life.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.service.Roster;
import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The section "Reparented processes" of the dinit layout's contract, and the orphans' roster. */
class ReparentTest {
  private static final long SECOND = 1000 * MILLI;
  private static final OrphanId ONE = new OrphanId(1, 501);
  private static final OrphanId TWO = new OrphanId(2, 502);

  private static Life terminating() {
    return Life.of(Plans.TERMINATE, Stop.NO_KILL, "api").started().forgets();
  }

  @Test
  void under_terminate_orphans_are_looked_for_every_second() {
    Life life = terminating();
    assertFalse(life.passes(SECOND - 1).scans());
    assertTrue(life.passes(1).scans());
    assertTrue(life.forgets().passes(SECOND).scans());
  }

  @Test
  void under_ignore_nobody_looks_and_nothing_wakes_up_until_the_end_begins() {
    Life life = Life.of("api").started().forgets();
    assertEquals(Deadline.NEVER, life.state().nextDeadline());
    assertTrue(life.receives(Signal.TERM).scans());
    assertTrue(life.forgets().passes(100 * MILLI).scans());
  }

  @Test
  void an_orphan_is_looked_at_when_it_is_10_ms_old_then_told_to_stop_and_killed_in_the_end() {
    Life life = terminating().orphansArrive(ONE).passes(10 * MILLI - 1);
    assertEquals(List.of(), life.did());
    life.passes(1);
    assertEquals(List.of("inspect orphan(501)"), life.did());
    life.forgets()
        .hears(new Event.OrphanInspected(0, ONE, "cron", "/bin/cron -f", Optional.empty()));
    assertEquals(List.of("send TERM to orphan(501)", "send CONT to orphan(501)"), life.did());
    assertEquals(
        List.of("warning: terminating reparented process 501 (cron): /bin/cron -f"), life.said());
    life.forgets().passes(30 * SECOND - 1);
    assertEquals(List.of(), life.did());
    assertEquals(List.of("send KILL to orphan(501)"), life.passes(1).did());
    assertEquals(List.of("send KILL to orphan(501)"), life.passes(100 * SECOND).did());
    life.isRunning();
  }

  @Test
  void an_orphan_that_ends_early_is_left_in_peace() {
    Life life = terminating().orphansArrive(ONE, TWO).orphansAreReaped(ONE).passes(10 * MILLI);
    assertEquals(List.of("inspect orphan(502)"), life.did());
    life.forgets().orphansAreReaped(TWO);
    life.hears(new Event.OrphanInspected(0, TWO, "late", "late", Optional.empty()))
        .passes(60 * SECOND);
    assertEquals(List.of(), life.did());
  }

  @Test
  void an_orphan_that_fails_is_no_failure_of_a_service() {
    terminating().orphansArrive(ONE).orphansAreReaped(ONE).passes(SECOND).isRunning();
  }

  @Test
  void the_end_waits_for_orphans_and_looks_for_more_ten_times_a_second() {
    Life life = Life.of("api").started().exits("api/run", 0).isTerminatingWith(0);
    life.forgets().swept(true).isTerminatingWith(0);
    assertTrue(life.scans(), "a child that nobody knows is looked for at once");
    life.orphansArrive(ONE).forgets().passes(100 * MILLI);
    assertTrue(life.did().contains("inspect orphan(501)"));
    assertTrue(life.scans());
    life.orphansAreReaped(ONE).ends().isOverWith(0);
  }

  @Test
  void a_child_that_cannot_be_seen_does_not_make_it_scan_without_a_pause() {
    Life life = Life.of("api").started().exits("api/run", 0).forgets();
    life.hears(new Event.ChildrenSwept(0, true, true));
    assertFalse(life.scans());
  }

  @Property(tries = 300)
  void the_roster_knows_who_came_and_did_not_go(
      @ForAll List<@IntRange(min = 1, max = 40) Integer> goes, @ForAll @IntRange(max = 40) int n) {
    List<OrphanId> all = new ArrayList<>();
    Set<OrphanId> left = new TreeSet<>();
    for (int i = 1; i <= n; i++) {
      all.add(new OrphanId(i, 1000 + i));
    }
    left.addAll(all);
    Orphans orphans = Orphans.NONE.withMaturing(all, new Deadline(7));
    List<OrphanId> gone = goes.stream().map(i -> new OrphanId(i, 1000 + i)).toList();
    List<OrphanExit> exits =
        gone.stream().map(id -> new OrphanExit(id, new ExitStatus.Exited(0))).toList();
    orphans = orphans.without(LifeTexts.exits(gone));
    left.removeAll(gone);
    List<OrphanId> found = new ArrayList<>();
    orphans.forEach(orphan -> found.add(orphan.id()));
    assertEquals(List.copyOf(left), found);
    assertEquals(left.isEmpty(), orphans.isEmpty());
    for (OrphanId id : all) {
      assertEquals(left.contains(id), orphans.contains(id));
    }
    assertEquals(left.isEmpty() ? Deadline.NEVER : new Deadline(7), orphans.nextDeadline());
    assertEquals(orphans, orphans.without(LifeTexts.exits(gone)));
  }

  @Test
  void an_old_number_for_a_new_orphan_is_refused() {
    Orphans orphans = Orphans.NONE.withMaturing(List.of(ONE, TWO), Deadline.NEVER);
    assertThrows(
        IllegalArgumentException.class, () -> orphans.withMaturing(List.of(TWO), Deadline.NEVER));
  }

  @Test
  void services_are_found_by_name_and_unknown_names_are_not() {
    Roster services = Life.of("api", "db", "web").state().services();
    for (int i = 0; i < services.size(); i++) {
      assertEquals(services.get(i), services.find(services.get(i).id()).orElseThrow());
    }
    assertTrue(services.find(ServiceId.run(ServiceName.of("apj"))).isEmpty());
    assertFalse(services.allGone());
  }
}
