package dev.gatun.cli;

import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;

/** Where the socket is at which clients command. */
final class ControlPath {
  static final String VARIABLE = "GATUN_CONTROL";
  private static final OsString DEFAULT = OsString.of("/run/gatun/control");
  private static final OsString OFF = OsString.of("off");

  private ControlPath() {}

  /** The absolute path, or null where none is wanted. */
  static OsString of(Environment environment) {
    OsString value = environment.get(VARIABLE);
    if (value == null || value.isEmpty()) {
      return DEFAULT;
    }
    return value.equals(OFF) ? null : LinuxEnvironment.workingDirectory().resolveAbsolute(value);
  }
}
