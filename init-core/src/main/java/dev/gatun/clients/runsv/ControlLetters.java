package dev.gatun.clients.runsv;

import dev.gatun.model.Order;
import java.util.Optional;

/** What the characters mean that clients write into the pipe {@code control}. */
final class ControlLetters {
  private ControlLetters() {}

  /** The order that a byte means; empty for a byte that means none. */
  static Optional<Order> order(byte letter) {
    return Optional.ofNullable(
        switch (letter) {
          case 'u' -> Order.UP;
          case 'd' -> Order.DOWN;
          case 'o' -> Order.ONCE;
          case 'p' -> Order.PAUSE;
          case 'c' -> Order.CONTINUE;
          case 'h' -> Order.HANGUP;
          case 'a' -> Order.ALARM;
          case 'i' -> Order.INTERRUPT;
          case 'q' -> Order.QUIT;
          case '1' -> Order.USER1;
          case '2' -> Order.USER2;
          case 't' -> Order.TERMINATE;
          case 'k' -> Order.KILL;
          case 'x' -> Order.EXIT;
          default -> null;
        });
  }
}
