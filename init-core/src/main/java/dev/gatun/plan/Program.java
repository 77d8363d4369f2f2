package dev.gatun.plan;

import dev.gatun.model.OsString;
import dev.gatun.model.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program to execute.
 *
 * @param path absolute
 * @param arguments what it is given after its own name
 * @param directory the working directory it starts in, absolute
 * @param job how it takes Gatun's own place; empty for a program in a session of its own
 * @param mayBeMissing whether the file need not be there: then nothing is started, and nothing is
 *     wrong
 * @param user whom it acts as; empty for whom Gatun does
 * @param variables how its environment differs from that of others, in this order: {@code
 *     NAME=VALUE} for what it has, {@code NAME} for what it has not
 */
public record Program(
    OsString path,
    List<OsString> arguments,
    OsString directory,
    Optional<Job> job,
    boolean mayBeMissing,
    Optional<User> user,
    List<OsString> variables) {
  /** Of a oneshot that has nothing to do: it has succeeded as soon as its turn comes. */
  public static Program nothing() {
    return new Program(OsString.of(""), List.of(), OsString.of("/"));
  }

  public Program {
    arguments = List.copyOf(arguments);
    variables = List.copyOf(variables);
  }

  /** A program that acts as Gatun does, in the environment of all. */
  public Program(
      OsString path,
      List<OsString> arguments,
      OsString directory,
      Optional<Job> job,
      boolean mayBeMissing) {
    this(path, arguments, directory, job, mayBeMissing, Optional.empty(), List.of());
  }

  /** Whether there is nothing to be executed. */
  public boolean isNothing() {
    return path.isEmpty();
  }

  /** A program that must be there, in a session of its own. */
  public Program(OsString path, List<OsString> arguments, OsString directory) {
    this(path, arguments, directory, Optional.empty(), false);
  }

  /** A program without arguments that must be there, in a session of its own. */
  public static Program of(OsString path, OsString directory) {
    return new Program(path, List.of(), directory);
  }

  /** The same program, whose file need not be there. */
  public Program optional() {
    return new Program(path, arguments, directory, job, true, user, variables);
  }

  /** The same program with these arguments behind its own. */
  public Program withArguments(List<OsString> more) {
    List<OsString> all = new ArrayList<>(arguments);
    all.addAll(more);
    return new Program(path, all, directory, job, mayBeMissing, user, variables);
  }

  /** The same program that acts as another, in an environment of its own. */
  public Program as(Optional<User> other, List<OsString> changes) {
    return new Program(path, arguments, directory, job, mayBeMissing, other, changes);
  }
}
