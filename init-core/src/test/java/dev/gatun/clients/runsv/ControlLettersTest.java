package dev.gatun.clients.runsv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.Order;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The letters of runsv(8). */
class ControlLettersTest {
  private static final String LETTERS = "udopchaiq12tkx";

  @Test
  void each_letter_is_another_order() {
    EnumSet<Order> orders = EnumSet.noneOf(Order.class);
    for (char letter : LETTERS.toCharArray()) {
      orders.add(ControlLetters.order((byte) letter).orElseThrow());
    }
    assertEquals(EnumSet.allOf(Order.class), orders);
  }

  @Test
  void the_letters_are_those_of_the_signals_that_they_send() {
    assertEquals(Optional.of(Order.TERMINATE), ControlLetters.order((byte) 't'));
    assertEquals(Optional.of(Order.ALARM), ControlLetters.order((byte) 'a'));
    assertEquals(Optional.of(Order.USER1), ControlLetters.order((byte) '1'));
    assertEquals(Optional.of(Order.EXIT), ControlLetters.order((byte) 'x'));
  }

  @Test
  void any_other_byte_means_nothing() {
    for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
      boolean isLetter = LETTERS.indexOf(b) >= 0;
      assertEquals(isLetter, ControlLetters.order((byte) b).isPresent(), "byte " + b);
    }
  }
}
