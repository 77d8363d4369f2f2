package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.util.Optional;

/**
 * What a process is, for people, and what tells where it came from.
 *
 * @param name the base name of its first argument, or the kernel's short name for it
 * @param commandLine its arguments, separated by spaces; the name where there are none
 * @param tag the value of {@link #TAG} in the environment that it was started with
 * @param session the pid of the process that its session began with, or 0 when that is not known
 * @param group the pid of the process that its group began with, or 0 when that is not known
 */
public record ProcessDescription(
    String name, String commandLine, Optional<OsString> tag, int session, int group) {
  /** The variable in which descendants of a service inherit its name. */
  public static final String TAG = "GATUN_SERVICE";

  /** A process of unknown origin. */
  public ProcessDescription(String name, String commandLine) {
    this(name, commandLine, Optional.empty(), 0, 0);
  }
}
