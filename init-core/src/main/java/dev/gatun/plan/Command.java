package dev.gatun.plan;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * A program to execute.
 *
 * @param program its path, absolute
 * @param arguments what it is given after its own name
 * @param directory the working directory it starts in, absolute
 */
public record Command(OsString program, List<OsString> arguments, OsString directory) {
  public Command {
    arguments = List.copyOf(arguments);
  }

  public static Command of(OsString program, OsString directory) {
    return new Command(program, List.of(), directory);
  }
}
