package dev.gatun.model;

import java.util.Optional;

/** What clients tell a service. */
public enum Order {
  /** Start it, and start it again whenever it ends. */
  UP('u', null),
  /** Stop it with TERM and CONT, and do not start it again. */
  DOWN('d', null),
  /** Start it, and do not start it again when it ends. */
  ONCE('o', null),
  PAUSE('p', Signal.STOP),
  CONTINUE('c', Signal.CONT),
  HANGUP('h', Signal.HUP),
  ALARM('a', Signal.ALRM),
  INTERRUPT('i', Signal.INT),
  QUIT('q', Signal.QUIT),
  USER1('1', Signal.USR1),
  USER2('2', Signal.USR2),
  TERMINATE('t', Signal.TERM),
  KILL('k', Signal.KILL),
  /** Stop it as DOWN does, and supervise it no longer. */
  EXIT('x', null),
  /** Do not start it again when it ends. */
  AT_MOST_ONCE(Order.NO_LETTER, null);

  private static final char NO_LETTER = 0;

  private final char letter;
  private final Signal signal;

  Order(char letter, Signal signal) {
    this.letter = letter;
    this.signal = signal;
  }

  /** The order that a letter means; empty where it means none. */
  public static Optional<Order> of(byte letter) {
    for (Order order : values()) {
      if (order.letter == letter && order.hasLetter()) {
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }

  /** Whether clients may write it as a letter that is the same everywhere. */
  public boolean hasLetter() {
    return letter != NO_LETTER;
  }

  /** How clients write it in ASCII, and what a script is called that stands in for it. */
  public String letter() {
    return String.valueOf(letter);
  }

  /** The signal that it sends to a service that runs, if it is about one and nothing else. */
  public Optional<Signal> signal() {
    return Optional.ofNullable(signal);
  }
}
