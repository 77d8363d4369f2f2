package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Forwarding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a command line asks for: {@code gatun [options] [--] COMMAND [ARG...]}, or the same in the
 * words of another init.
 *
 * @param action what to do
 * @param words the command and its arguments; empty unless one is to be run
 * @param omissions what is left out of what runs beside it
 * @param wholeGroup whether signals go to the command's process group, and not to it alone
 * @param forgiven exit codes that become 0
 * @param parentDeath the signal that Gatun gets when its own parent ends
 * @param logged whether the command's output goes through Gatun
 * @param louder how many levels more than usual Gatun says
 */
public record CommandRequest(
    Action action,
    List<OsString> words,
    Set<Omission> omissions,
    boolean wholeGroup,
    List<Forwarding.Rewrite> rewrites,
    List<Integer> forgiven,
    Optional<Signal> parentDeath,
    boolean logged,
    int louder) {

  /** What there is to do. */
  public enum Action {
    /** Runs the command. */
    RUN,
    /** Runs what there is without a command. */
    SERVE,
    /** Runs nothing, reaps, and waits for the signal to end. */
    PAUSE,
    HELP,
    VERSION,
    LICENSE
  }

  /** What may be left out. */
  public enum Omission {
    /** What is run once before the services. */
    START_PROGRAMS,
    /** The services, and what is run around their end. */
    SERVICES
  }

  public CommandRequest {
    words = List.copyOf(words);
    omissions = Set.copyOf(omissions);
    rewrites = List.copyOf(rewrites);
    forgiven = List.copyOf(forgiven);
  }
}
