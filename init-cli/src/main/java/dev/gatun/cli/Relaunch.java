package dev.gatun.cli;

import dev.gatun.linux.LinuxExec;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;

/**
 * The way in without the launcher ({@code java -jar gatun}): the JVM's threads do not block the
 * signals, and no thread can make the others do so. So Gatun executes itself anew, with the mask
 * set in the one thread that the new JVM inherits it from.
 */
final class Relaunch {
  /**
   * The best options that lie beside the jar: those that were made for it, else the shipped ones.
   */
  private static final String[] OPTIONS_FILES = {Optimize.OPTIONS, Optimize.SHIPPED_OPTIONS};

  private Relaunch() {}

  /** Does not return, unless it fails; then the answer says why. */
  static String execute(Environment environment, LinuxFiles files) {
    if (LauncherEnvironment.isRelaunched(environment)) {
      return "signals are not blocked although Gatun has executed itself with all blocked";
    }
    List<OsString> given = LinuxExec.ownCommandLine();
    if (given.isEmpty()) {
      return "signals are not blocked and /proc/self/cmdline, needed to execute Gatun anew, "
          + "cannot be read: start it with its launcher, or mount /proc";
    }
    List<OsString> arguments = new ArrayList<>();
    arguments.add(given.get(0));
    arguments.add(OsString.of("-Xrs"));
    for (String name : OPTIONS_FILES) {
      OsString options = directory().concat(OsString.of(name));
      if (files.exists(options)) {
        arguments.add(OsString.of("@").concat(options));
        break;
      }
    }
    arguments.addAll(given.subList(1, given.size()));
    return "cannot execute /proc/self/exe: "
        + LinuxExec.executeBlocked(
            OsString.of("/proc/self/exe"), arguments, LauncherEnvironment.setAside(environment));
  }

  /** Where the jar lies, with a slash behind it, or nothing for the working directory. */
  private static OsString directory() {
    OsString jar = OsString.of(System.getProperty("java.class.path"));
    return jar.substring(0, jar.lastIndexOf('/') + 1);
  }
}
