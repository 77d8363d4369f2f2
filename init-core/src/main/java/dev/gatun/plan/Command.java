package dev.gatun.plan;

import dev.gatun.model.OsString;
import java.util.List;
import java.util.Optional;

/**
 * A program to execute.
 *
 * @param program its path, absolute
 * @param arguments what it is given after its own name
 * @param directory the working directory it starts in, absolute
 * @param job how it takes Gatun's own place; empty for a program in a session of its own
 */
public record Command(
    OsString program, List<OsString> arguments, OsString directory, Optional<Job> job) {
  public Command {
    arguments = List.copyOf(arguments);
  }

  /** A program in a session of its own. */
  public Command(OsString program, List<OsString> arguments, OsString directory) {
    this(program, arguments, directory, Optional.empty());
  }

  public static Command of(OsString program, OsString directory) {
    return new Command(program, List.of(), directory);
  }
}
