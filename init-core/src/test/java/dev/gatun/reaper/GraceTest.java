package dev.gatun.reaper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When a zombie has been nobody's for long enough. */
class GraceTest {
  private static final Zombie ONE = new Zombie(20, 700);
  private static final Zombie OTHER = new Zombie(21, 700);

  private final Grace grace = new Grace(1000);

  private List<Zombie> lookAt(long now, Zombie... found) {
    grace.expect(now);
    return grace.look(now, List.of(found));
  }

  @Test
  void it_is_ripe_after_the_grace() {
    assertEquals(List.of(), lookAt(0, ONE));
    assertEquals(List.of(), lookAt(400, ONE));
    assertEquals(List.of(), lookAt(999, ONE));
    assertEquals(1, grace.pending());
    assertEquals(List.of(ONE), lookAt(1000, ONE));
    assertEquals(0, grace.pending());
  }

  @Test
  void two_looks_are_not_enough_however_far_apart() {
    lookAt(0, ONE);
    assertEquals(List.of(), lookAt(1000, ONE));
    assertEquals(List.of(ONE), lookAt(1001, ONE));
  }

  @Test
  void one_that_was_somebodys_at_one_look_begins_anew() {
    lookAt(0, ONE, OTHER);
    lookAt(500, ONE);
    assertEquals(List.of(ONE), lookAt(1000, ONE, OTHER));
    lookAt(1500, OTHER);
    assertEquals(List.of(OTHER), lookAt(2000, OTHER));
  }

  @Test
  void the_same_number_of_another_process_begins_anew() {
    lookAt(0, ONE);
    lookAt(500, ONE);
    Zombie again = new Zombie(ONE.pid(), ONE.startTicks() + 1);
    assertEquals(List.of(), lookAt(1000, again));
    lookAt(1500, again);
    assertEquals(List.of(again), lookAt(2000, again));
  }

  /** Those who wait were stopped as long. */
  @Test
  void a_look_that_comes_late_begins_all_anew() {
    lookAt(0, ONE);
    lookAt(400, ONE);
    grace.expect(800);
    assertEquals(List.of(), grace.look(5800, List.of(ONE)));
    assertEquals(List.of(), lookAt(6300, ONE));
    assertEquals(List.of(ONE), lookAt(6800, ONE));
  }

  @Test
  void the_clock_may_pass_its_end() {
    long begin = Long.MAX_VALUE - 400;
    lookAt(begin, ONE);
    lookAt(begin + 500, ONE);
    assertEquals(List.of(ONE), lookAt(begin + 1000, ONE));
  }
}
