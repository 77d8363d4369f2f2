package dev.gatun.cli;

import dev.gatun.layout.CommandLayout;
import dev.gatun.layout.CommandRequest;
import dev.gatun.layout.Dialect;
import dev.gatun.layout.LayoutException;
import dev.gatun.layout.Setup;
import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.linux.LinuxExec;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.ParentDeath;
import dev.gatun.model.Environment;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.List;

/** The way in with a command: {@code gatun COMMAND}, or a link named as another init. */
final class CommandStart {
  private static final String[] SUB_COMMANDS = {
    "check",
    "optimize",
    "replay",
    "explain",
    "timeline",
    "--help",
    "-h",
    "--version",
    "status",
    "start",
    "stop",
    "restart",
    "signal",
    "wait",
    "logs",
    "shutdown"
  };

  private final Dialect dialect;
  private final CommandRequest request;

  private CommandStart(Dialect dialect, CommandRequest request) {
    this.dialect = dialect;
    this.request = request;
  }

  /** Whether a launcher of that name, with these arguments, is to run a command. */
  static boolean isAsked(String launcher, String[] arguments) {
    boolean isGatun = Dialect.of(launcher) == Dialect.GATUN;
    if (arguments.length == 0 || !isGatun) {
      return !isGatun;
    }
    for (String name : SUB_COMMANDS) {
      if (name.equals(arguments[0])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads the command line.
   *
   * @throws LayoutException whose message names the argument that cannot be used
   */
  static CommandStart of(String launcher, String[] arguments) throws LayoutException {
    Dialect dialect = Dialect.of(launcher);
    Environment environment = LauncherEnvironment.restore(LinuxEnvironment.read());
    return new CommandStart(dialect, dialect.read(exact(arguments), environment));
  }

  /** As they were given, byte for byte: the JVM decodes them, in the C locale with loss. */
  static List<OsString> exact(String[] arguments) {
    List<OsString> words = LinuxExec.ownCommandLine();
    if (words.size() > arguments.length) {
      return words.subList(words.size() - arguments.length, words.size());
    }
    List<OsString> decoded = new ArrayList<>();
    for (String argument : arguments) {
      decoded.add(OsString.of(argument));
    }
    return decoded;
  }

  /** What is to be said instead of running a command, or null. */
  String answer(String version) {
    return switch (request.action()) {
      case RUN, SERVE, PAUSE -> null;
      case HELP -> dialect == Dialect.GATUN ? Help.text() : LinkHelp.text(dialect);
      case VERSION -> "gatun " + version + "\n";
      case LICENSE -> "Gatun is under the Apache License 2.0.\n";
    };
  }

  /** Whether Gatun keeps no working directory in use while the command runs. */
  boolean goesToRoot() {
    return dialect == Dialect.DUMB_INIT;
  }

  Setup read(LinuxFiles files, Environment environment) throws LayoutException {
    if (request.parentDeath().isPresent()) {
      askForParentDeath(request.parentDeath().get());
    }
    OsString here = LinuxEnvironment.workingDirectory();
    return new CommandLayout(files, environment, here).read(request, dialect);
  }

  private static void askForParentDeath(Signal signal) {
    int result = ParentDeath.signalWith(signal);
    if (result < 0) {
      String why = dev.gatun.ffm.Errno.message(-result);
      Main.say(Level.WARNING, "cannot be told of the end of the parent by " + signal + ": " + why);
    }
  }
}
