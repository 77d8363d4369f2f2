package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * A program to start, in a session of its own, with no signal blocked and only descriptors 0 to 2.
 *
 * @param program path, absolute
 * @param arguments what follows the program's own name
 * @param directory working directory, absolute
 * @param addedEnvironment {@code NAME=VALUE} entries beside the container's own environment, in
 *     place of entries of the same name
 * @param stdin a descriptor to read from, or {@link #NOTHING}
 * @param stdout a descriptor to write to
 * @param stderr a descriptor to write to
 */
public record SpawnRequest(
    OsString program,
    List<OsString> arguments,
    OsString directory,
    List<OsString> addedEnvironment,
    int stdin,
    int stdout,
    int stderr) {
  /** For stdin: the end of file at once, as from /dev/null. */
  public static final int NOTHING = -1;
}
