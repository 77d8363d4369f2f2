package dev.gatun.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The letters of runsv(8). */
class OrderTest {
  private static final String LETTERS = "udopchaiq12tkx";

  @Test
  void each_letter_is_another_order() {
    EnumSet<Order> orders = EnumSet.noneOf(Order.class);
    for (char letter : LETTERS.toCharArray()) {
      orders.add(Order.of((byte) letter).orElseThrow());
    }
    EnumSet<Order> expected = EnumSet.allOf(Order.class);
    expected.removeIf(order -> !order.hasLetter());
    assertEquals(expected, orders);
  }

  @Test
  void each_order_has_the_letter_that_means_it() {
    for (Order order : Order.values()) {
      if (!order.hasLetter()) {
        continue;
      }
      assertEquals(Optional.of(order), Order.of((byte) order.letter().charAt(0)));
      assertEquals(1, order.letter().length());
    }
  }

  @Test
  void the_letters_are_those_of_the_signals_that_they_send() {
    assertEquals(Optional.of(Order.TERMINATE), Order.of((byte) 't'));
    assertEquals(Optional.of(Order.ALARM), Order.of((byte) 'a'));
    assertEquals(Optional.of(Order.USER1), Order.of((byte) '1'));
    assertEquals(Optional.of(Order.EXIT), Order.of((byte) 'x'));
  }

  @Test
  void any_other_byte_means_nothing() {
    for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
      boolean isLetter = LETTERS.indexOf(b) >= 0;
      assertEquals(isLetter, Order.of((byte) b).isPresent(), "byte " + b);
    }
  }
}
