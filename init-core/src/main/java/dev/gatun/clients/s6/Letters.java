package dev.gatun.clients.s6;

import dev.gatun.model.Order;
import dev.gatun.model.Signal;
import java.util.Optional;

/**
 * What letters in the pipe {@code supervise/control} mean.
 *
 * @see <a href="https://skarnet.org/software/s6/s6-svc.html">s6-svc</a>
 */
final class Letters {
  private Letters() {}

  /** What a letter asks for; empty where it asks for nothing, or for a signal. */
  static Optional<Order> order(byte letter) {
    return switch (letter) {
      case 'r' -> Optional.of(Order.TERMINATE);
      case 'O', 'Q' -> Optional.of(Order.AT_MOST_ONCE);
      case 'D' -> Optional.of(Order.DOWN);
      case 'U' -> Optional.of(Order.UP);
      case 'o', 'd', 'u', 'x', 'p', 'c' -> Order.of(letter);
      default -> Optional.empty();
    };
  }

  /** The signal that a letter has sent, if it is about one. */
  static Optional<Signal> signal(byte letter) {
    return switch (letter) {
      case 'a' -> Optional.of(Signal.ALRM);
      case 'b' -> Optional.of(Signal.ABRT);
      case 'q' -> Optional.of(Signal.QUIT);
      case 'h', 'l' -> Optional.of(Signal.HUP);
      case 'k', 'K' -> Optional.of(Signal.KILL);
      case 't' -> Optional.of(Signal.TERM);
      case 'i' -> Optional.of(Signal.INT);
      case '1' -> Optional.of(Signal.USR1);
      case '2' -> Optional.of(Signal.USR2);
      case 'y' -> Optional.of(Signal.WINCH);
      case 'P' -> Optional.of(Signal.STOP);
      case 'C' -> Optional.of(Signal.CONT);
      default -> Optional.empty();
    };
  }

  /** Whether the signal goes to the process group, and not to its leader alone. */
  static boolean isForGroup(byte letter) {
    return letter == 'P' || letter == 'C' || letter == 'K';
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
