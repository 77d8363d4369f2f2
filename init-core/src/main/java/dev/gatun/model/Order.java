package dev.gatun.model;

import java.util.Optional;

/** What clients tell a service. */
public enum Order {
  /** Start it, and start it again whenever it ends. */
  UP(null),
  /** Stop it with TERM and CONT, and do not start it again. */
  DOWN(null),
  /** Start it, and do not start it again when it ends. */
  ONCE(null),
  PAUSE(Signal.STOP),
  CONTINUE(Signal.CONT),
  HANGUP(Signal.HUP),
  ALARM(Signal.ALRM),
  INTERRUPT(Signal.INT),
  QUIT(Signal.QUIT),
  USER1(Signal.USR1),
  USER2(Signal.USR2),
  TERMINATE(Signal.TERM),
  KILL(Signal.KILL),
  /** Stop it as DOWN does, and supervise it no longer. */
  EXIT(null);

  private final Signal signal;

  Order(Signal signal) {
    this.signal = signal;
  }

  /** The signal that it sends to a service that runs, if it is about one and nothing else. */
  public Optional<Signal> signal() {
    return Optional.ofNullable(signal);
  }
}
