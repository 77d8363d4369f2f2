package dev.gatun.cli;

import dev.gatun.clients.sysv.InitClients;
import dev.gatun.clients.sysv.InitRequest;
import dev.gatun.kernel.Errno;
import dev.gatun.layout.InitCommandLine;
import dev.gatun.layout.Setup;
import dev.gatun.linux.LinuxInitFiles;
import dev.gatun.linux.LinuxRequestPipe;
import dev.gatun.linux.OwnProcess;
import dev.gatun.loop.Shell;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;

/** Gatun where it is called {@code init} or {@code telinit}. */
final class InitStart {
  private static final OsString PIPE = OsString.of("/run/initctl");
  private static final String LETTERS = "0123456789SsQqUuAaBbCc";
  private static final long PATIENCE_MILLIS = 3000;
  private static final long PAUSE_MILLIS = 10;
  private static final int MAX_SECONDS = 999_999_999;

  private InitStart() {}

  /** Those who ask this init for something, and who look. */
  static Shell withClients(Shell shell, Setup setup) {
    OwnProcess.startNobodyWhoReboots();
    for (String notice : setup.notices()) {
      shell.reports().report(Level.WARNING, notice);
    }
    return shell.withClients(
        new InitClients(
            shell,
            new LinuxRequestPipe(PIPE),
            setup.inittab().orElseThrow()::read,
            new LinuxInitFiles()));
  }

  /** What the words say to an init. */
  static InitCommandLine commandLine(List<OsString> words) {
    return InitCommandLine.of(words);
  }

  /** Asks the init that is PID 1: what telinit(8) does. */
  static int ask(List<OsString> words) {
    List<OsString> variables = new ArrayList<>();
    int seconds = InitRequest.USUAL_SLEEP_SECONDS;
    String level = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).toString();
      boolean hasValue = i + 1 < words.size();
      if (word.equals("-e") && hasValue) {
        variables.add(words.get(++i));
      } else if (word.equals("-t") && hasValue) {
        seconds = seconds(words.get(++i).toString());
      } else if (level.isEmpty() && word.length() == 1 && LETTERS.contains(word)) {
        level = word;
      } else {
        return refuse("cannot use the argument " + word);
      }
    }
    if (seconds < 0) {
      return refuse("cannot use -t: it is no number of seconds");
    }
    if (level.isEmpty() == variables.isEmpty()) {
      return refuse("cannot ask init for nothing, or for two things at once");
    }
    try {
      return send(
          variables.isEmpty()
              ? new InitRequest(InitRequest.Command.RUNLEVEL, level.charAt(0), seconds, List.of())
              : new InitRequest(InitRequest.Command.VARIABLES, 0, 0, variables));
    } catch (IllegalArgumentException e) {
      return refuse("cannot use -e: " + e.getMessage());
    }
  }

  private static int seconds(String text) {
    try {
      int seconds = Integer.parseInt(text);
      return seconds > MAX_SECONDS ? -1 : seconds;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static int refuse(String problem) {
    Main.say(
        Level.ERROR,
        problem
            + ": give a runlevel (0 to 9 or S), one of a, b, c, q, u, perhaps after -t SECONDS,"
            + " or -e NAME=VALUE");
    return 1;
  }

  /** One who reads is waited for: the init may just be about to make the pipe. */
  private static int send(InitRequest request) {
    byte[] bytes = request.bytes();
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    int result = LinuxRequestPipe.send(PIPE, bytes);
    while (mayPass(result) && System.currentTimeMillis() < until) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      result = LinuxRequestPipe.send(PIPE, bytes);
    }
    if (result < 0) {
      String cause =
          result == -Errno.ENXIO ? "nobody reads there" : dev.gatun.ffm.Errno.message(-result);
      Main.say(Level.ERROR, "cannot write to " + PIPE + ": " + cause + ": is PID 1 an init?");
      return 1;
    }
    return 0;
  }

  private static boolean mayPass(int result) {
    return result == -Errno.ENXIO || result == -Errno.EAGAIN || result == -Errno.ENOENT;
  }
}
