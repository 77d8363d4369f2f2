package dev.gatun.kernel;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.User;
import java.util.List;
import java.util.Optional;

/**
 * A program to start, with no signal blocked: in a session of its own with only descriptors 0 to 2,
 * or as a job.
 *
 * @param program path, absolute unless it is a job's
 * @param arguments what follows the program's own name
 * @param directory working directory, absolute
 * @param environment what the program gets; making it ready costs least when it is the same object
 *     as that of the program before
 * @param addedEnvironment {@code NAME=VALUE} entries beside the environment, in place of entries of
 *     the same name
 * @param stdin a descriptor to read from, {@link #NOTHING}, or {@link #INHERITED}
 * @param stdout a descriptor to write to, or {@link #INHERITED}
 * @param stderr a descriptor to write to, or {@link #INHERITED}
 * @param given one more descriptor that it gets, or {@link #NOTHING}
 * @param givenAs the number that it has there
 * @param name what the program is told to be its own name
 * @param job whether it stays in this process's session and directory, in a process group of its
 *     own that takes the terminal's foreground over from this process's, and gets every descriptor
 *     that this process was given
 * @param user whom it acts as; empty for whom this process does
 */
public record SpawnRequest(
    OsString program,
    List<OsString> arguments,
    OsString directory,
    Environment environment,
    List<OsString> addedEnvironment,
    int stdin,
    int stdout,
    int stderr,
    int given,
    int givenAs,
    OsString name,
    boolean job,
    Optional<User> user) {
  /** For stdin: the end of file at once, as from /dev/null. */
  public static final int NOTHING = -1;

  /** This process's own. */
  public static final int INHERITED = -2;

  /**
   * A program in a session of its own, which is told its path for a name, reads nothing and writes
   * where this process does.
   */
  public SpawnRequest(
      OsString program, List<OsString> arguments, OsString directory, Environment environment) {
    this(
        program,
        arguments,
        directory,
        environment,
        List.of(),
        NOTHING,
        INHERITED,
        INHERITED,
        NOTHING,
        NOTHING,
        program,
        false,
        Optional.empty());
  }

  /** The same with these entries beside the environment. */
  public SpawnRequest adding(List<OsString> entries) {
    return new SpawnRequest(
        program,
        arguments,
        directory,
        environment,
        entries,
        stdin,
        stdout,
        stderr,
        given,
        givenAs,
        name,
        job,
        user);
  }

  /** The same with these descriptors. */
  public SpawnRequest with(int in, int out, int err) {
    return new SpawnRequest(
        program,
        arguments,
        directory,
        environment,
        addedEnvironment,
        in,
        out,
        err,
        given,
        givenAs,
        name,
        job,
        user);
  }

  /** The same with one more descriptor, which has that number there. */
  public SpawnRequest giving(int descriptor, int as) {
    return new SpawnRequest(
        program,
        arguments,
        directory,
        environment,
        addedEnvironment,
        stdin,
        stdout,
        stderr,
        descriptor,
        as,
        name,
        job,
        user);
  }

  /** The same as a job, which is told to be called so, and reads what this process does. */
  public SpawnRequest asJob(OsString called) {
    return new SpawnRequest(
        program,
        arguments,
        directory,
        environment,
        addedEnvironment,
        INHERITED,
        stdout,
        stderr,
        given,
        givenAs,
        called,
        true,
        user);
  }

  /** The same as another user. */
  public SpawnRequest as(User other) {
    return new SpawnRequest(
        program,
        arguments,
        directory,
        environment,
        addedEnvironment,
        stdin,
        stdout,
        stderr,
        given,
        givenAs,
        name,
        job,
        Optional.of(other));
  }
}
