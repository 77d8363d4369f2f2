package dev.gatun.cli;

import dev.gatun.linux.LinuxExec;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.LinuxSignals;
import dev.gatun.linux.OwnProcess;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gatun executes itself anew where the JVM that it runs in cannot do: without the launcher ({@code
 * java -jar gatun}) the JVM's threads do not block the signals, and no thread can make the others
 * do so; or the environment asks for {@link ChosenJvm another JVM}. The mask is set in the one
 * thread that the new JVM inherits it from.
 */
final class Relaunch {
  /**
   * The best options that lie beside the jar: those that were made for it, else the shipped ones.
   */
  private static final String[] OPTIONS_FILES = {Optimize.OPTIONS, Optimize.SHIPPED_OPTIONS};

  private static final String[] MAINS = {"-jar", Launched.class.getName(), Gatun.class.getName()};

  private Relaunch() {}

  /**
   * Executes Gatun anew with the signals blocked.
   *
   * @param chosen the JVM to use, or null for the same
   * @return why it failed: it does not return otherwise
   */
  static String execute(Environment given, LinuxFiles files, ChosenJvm chosen) {
    if (LauncherEnvironment.isRelaunched(given)) {
      return "signals are not blocked although Gatun has executed itself with all blocked";
    }
    List<OsString> words = LinuxExec.ownCommandLine();
    if (words.isEmpty()) {
      return "/proc/self/cmdline, needed to execute Gatun anew, cannot be read: start it with its"
          + " launcher and without "
          + ChosenJvm.JAVA
          + " and "
          + ChosenJvm.OPTIONS
          + ", or mount /proc";
    }
    boolean other = chosen != null && chosen.program() != null;
    OsString program = other ? chosen.program() : OsString.of("/proc/self/exe");
    List<OsString> arguments = new ArrayList<>();
    arguments.add(other ? program : words.get(0));
    int main = main(words);
    if (words.get(main).equals(OsString.of("-jar"))) {
      addOptions(arguments, files);
    }
    arguments.addAll(words.subList(1, main));
    if (chosen != null) {
      arguments.addAll(chosen.options());
    }
    arguments.addAll(words.subList(main, words.size()));
    Environment original = LauncherEnvironment.restore(given);
    OwnProcess.restoreCoreFilter();
    // Where the launcher has blocked all signals, nobody knows which were blocked before.
    long blocked = LinuxSignals.areBlocked() ? 0 : LinuxSignals.blockedAtStart();
    return "cannot execute "
        + program
        + ": "
        + LinuxExec.executeBlocked(
            program, arguments, LauncherEnvironment.setAside(original, blocked));
  }

  /** Where the JVM's options end. */
  private static int main(List<OsString> words) {
    for (int i = 1; i < words.size(); i++) {
      for (String name : MAINS) {
        if (words.get(i).equals(OsString.of(name))) {
          return i;
        }
      }
    }
    return 1;
  }

  private static void addOptions(List<OsString> arguments, LinuxFiles files) {
    arguments.add(OsString.of("-Xrs"));
    OsString directory = directory(files);
    for (String name : OPTIONS_FILES) {
      OsString options = directory.concat(OsString.of(name));
      if (files.exists(options)) {
        arguments.add(OsString.of("@").concat(options));
        return;
      }
    }
  }

  /** Where the jar lies, whatever links lead to it, with a slash behind it. */
  private static OsString directory(LinuxFiles files) {
    OsString jar = OsString.of(System.getProperty("java.class.path"));
    try {
      jar = files.realPath(jar);
    } catch (IOException e) {
      // It is as it was named, then: what is not found there is done without.
    }
    return jar.substring(0, jar.lastIndexOf('/') + 1);
  }
}
