package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * A program to start, with no signal blocked: in a session of its own with only descriptors 0 to 2,
 * or as a job.
 *
 * @param program path, absolute unless it is a job's
 * @param arguments what follows the program's own name
 * @param directory working directory, absolute
 * @param addedEnvironment {@code NAME=VALUE} entries beside the container's own environment, in
 *     place of entries of the same name
 * @param stdin a descriptor to read from, {@link #NOTHING}, or {@link #INHERITED}
 * @param stdout a descriptor to write to, or {@link #INHERITED}
 * @param stderr a descriptor to write to, or {@link #INHERITED}
 * @param name what the program is told to be its own name
 * @param job whether it stays in this process's session and directory, in a process group of its
 *     own that takes the terminal's foreground over from this process's, and gets every descriptor
 *     that this process was given
 */
public record SpawnRequest(
    OsString program,
    List<OsString> arguments,
    OsString directory,
    List<OsString> addedEnvironment,
    int stdin,
    int stdout,
    int stderr,
    OsString name,
    boolean job) {
  /** For stdin: the end of file at once, as from /dev/null. */
  public static final int NOTHING = -1;

  /** This process's own. */
  public static final int INHERITED = -2;

  /** A program in a session of its own, which is told its path for a name. */
  public SpawnRequest(
      OsString program,
      List<OsString> arguments,
      OsString directory,
      List<OsString> addedEnvironment,
      int stdin,
      int stdout,
      int stderr) {
    this(program, arguments, directory, addedEnvironment, stdin, stdout, stderr, program, false);
  }
}
