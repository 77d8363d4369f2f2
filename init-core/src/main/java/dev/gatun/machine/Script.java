package dev.gatun.machine;

import dev.gatun.model.Control;
import dev.gatun.model.Incarnation;

/**
 * A script that is run about a command; until it has ended, further commands wait.
 *
 * @param control the command whose letter the script has for a name
 */
public record Script(Incarnation who, Purpose purpose, Control control) {

  /** What is to follow the script's end. */
  public enum Purpose {
    /** The start of the service. */
    BEFORE_START,
    /** The command's signal, unless the script succeeds. */
    INSTEAD_OF_SIGNAL,
    /** TERM unless the script succeeds, and what else belongs to a stop. */
    INSTEAD_OF_TERM,
    /** Nothing. */
    AFTER_STOP
  }
}
