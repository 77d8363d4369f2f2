package dev.gatun.model;

import java.util.Optional;

/**
 * What clients tell a kept service, a character each.
 *
 * @see <a href="https://smarden.org/runit/runsv.8">runsv(8)</a>
 */
public enum Control {
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
  /** Stop it as DOWN does, and keep it no longer. */
  EXIT('x', null);

  private final char letter;
  private final Signal signal;

  Control(char letter, Signal signal) {
    this.letter = letter;
    this.signal = signal;
  }

  /** The character that stands for it in a control FIFO, and the name of its script. */
  public char letter() {
    return letter;
  }

  /** The signal that it sends to a service that runs, if it is about one and nothing else. */
  public Optional<Signal> signal() {
    return Optional.ofNullable(signal);
  }

  /** The command that a byte from a control FIFO means; empty for a byte that means none. */
  public static Optional<Control> of(int letter) {
    for (Control control : values()) {
      if (control.letter == letter) {
        return Optional.of(control);
      }
    }
    return Optional.empty();
  }
}
