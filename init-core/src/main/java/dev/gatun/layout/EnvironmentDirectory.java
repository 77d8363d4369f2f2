package dev.gatun.layout;

import dev.gatun.kernel.FileWriter;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.List;

/** The environment of programs, in a directory whose files they may change. */
public interface EnvironmentDirectory {

  /**
   * An environment.
   *
   * @param problems what could not be read or written of it, for people, a clause each
   */
  record Result(Environment environment, List<String> problems) {}

  /**
   * At the start: what is given, completed by the files, and written to them.
   *
   * @param distribution the directory that Gatun itself lies in, absolute
   */
  Result begin(Environment given, FileWriter writer, OsString distribution);

  /**
   * When a program may have changed the files: what they hold, and nothing else.
   *
   * @param before what has held so far, and still does where no directory can be read
   */
  Result refresh(Environment before, FileWriter writer);
}
