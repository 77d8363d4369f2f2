package dev.gatun.clients.s6;

import dev.gatun.model.Order;
import java.util.Optional;

/**
 * What letters in the pipe {@code supervise/control} mean.
 *
 * @see <a href="https://skarnet.org/software/s6/s6-svc.html">s6-svc</a>
 */
final class Letters {
  private Letters() {}

  /** What a letter asks for; empty where it asks for nothing. */
  static Optional<Order> order(byte letter) {
    return switch (letter) {
      case 'b' -> Optional.of(Order.ABORT);
      case 'y' -> Optional.of(Order.WINDOW_CHANGE);
      case 'l' -> Optional.of(Order.HANGUP);
      case 'r' -> Optional.of(Order.TERMINATE);
      case 'P' -> Optional.of(Order.PAUSE_GROUP);
      case 'C' -> Optional.of(Order.CONTINUE_GROUP);
      case 'K' -> Optional.of(Order.KILL_GROUP);
      case 'O', 'Q' -> Optional.of(Order.AT_MOST_ONCE);
      case 'D' -> Optional.of(Order.DOWN);
      case 'U' -> Optional.of(Order.UP);
      default -> Order.of(letter);
    };
  }

  /** Whether a file {@code down} is to be there from now on. */
  static boolean makesDown(byte letter) {
    return letter == 'D' || letter == 'Q';
  }

  /** Whether no file {@code down} is to be there any more. */
  static boolean removesDown(byte letter) {
    return letter == 'U';
  }
}
