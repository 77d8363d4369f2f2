package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Shrinkable;
import org.junit.jupiter.api.Test;

/** A container that is made smaller is still one that a correct init brings to its end. */
class SmallerTest {
  private static final int SEEDS = 100;

  @Test
  void whatever_parts_are_left_away_what_is_left_is_right() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Chance chance = new Chance(seed);
      Case whole = Case.of(seed, false);
      List<Integer> away = whole.left().stream().filter(part -> chance.oneIn(2)).toList();
      whole.withoutThese(away).assertRight();
      whole.withoutThese(whole.left()).assertRight();
    }
  }

  @Test
  void it_is_made_smaller_by_large_pieces_first_and_names_what_is_away() {
    Smaller whole = new Smaller(Case.of(7, true));
    int parts = whole.value().left().size();
    List<Shrinkable<Case>> smaller = whole.shrink().toList();
    assertEquals(parts - parts / 2, smaller.getFirst().value().left().size());
    assertEquals(parts - 1, smaller.getLast().value().left().size());
    String command = smaller.getLast().value().toString();
    assertTrue(command.contains(" --seed 7 --without " + (parts - 1) + " --faulty"), command);
  }
}
