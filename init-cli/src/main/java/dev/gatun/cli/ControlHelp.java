package dev.gatun.cli;

/** What the commands to a running container print with {@code --help}. */
final class ControlHelp {
  private static final String STATUS =
      """
      NAME
          gatun status - show what the services of a container do

      SYNOPSIS
          gatun status [--json] [--watch] [NAME...]

      DESCRIPTION
          Prints a line a service, those first that others are started after: its state, for how
          long it has been in that, the pid, how often it was started again, whether it is ready and
          healthy where it can tell that, and the processor time and memory of its processes.

          Its state is up, stopping, finishing (what follows its end is run), waiting (it is wanted,
          and is not started yet), done (it is run once, and was), failed (it could not be started)
          or down.

      OPTIONS
          --json    a JSON object instead, as docs/operating.md describes it
          --watch   again whenever something changes, until it is interrupted; with --json an object
                    a line

      EXIT STATUS
          0   it has been shown; with names: and those are as they are wanted, and ready and healthy
          3   with names: one of them is not
      """;

  private static final String START =
      """
      NAME
          gatun start - start services that are down

      SYNOPSIS
          gatun start [--only] NAME...

      DESCRIPTION
          Has each started, and started again when it ends if that is its way, and before it what it
          comes after. It does not wait: gatun wait does.

      OPTIONS
          --only   leave those alone that it comes after
      """;

  private static final String STOP =
      """
      NAME
          gatun stop - stop services

      SYNOPSIS
          gatun stop [--only] NAME...

      DESCRIPTION
          Has each told to stop, and not started again before somebody wants it. Services that are
          started after it are stopped before. It does not wait: gatun wait --down does.

      OPTIONS
          --only   leave those alone that are started after it
      """;

  private static final String RESTART =
      """
      NAME
          gatun restart - stop services and start them again

      SYNOPSIS
          gatun restart [--only] NAME...

      DESCRIPTION
          Has each told to stop, and started again when it has. One that is down is started.
          Services that are started after it are stopped before, and started again after it. It does not
          wait: gatun wait does.

      OPTIONS
          --only   leave those alone that are started after it
      """;

  private static final String SIGNAL =
      """
      NAME
          gatun signal - send services a signal

      SYNOPSIS
          gatun signal SIGNAL NAME...

      DESCRIPTION
          SIGNAL is a name, as HUP or SIGHUP, or a number. What is down gets none.
      """;

  private static final String WAIT =
      """
      NAME
          gatun wait - wait until services are ready, or down

      SYNOPSIS
          gatun wait [--ready | --down] [--timeout SECONDS] NAME...

      OPTIONS
          --ready     until each runs and is ready; one that is run once: until it has ended
                      well. This is what is waited for without an option
          --down      until nothing of any of them runs
          --timeout   so long and no longer

      EXIT STATUS
          0   they are
          3   the time is over
      """;

  private static final String LOGS =
      """
      NAME
          gatun logs - show the last lines that services have written

      SYNOPSIS
          gatun logs [-f] [NAME...]

      DESCRIPTION
          Prints the last lines as they went to Gatun's standard output and standard error, as far as
          they are there: of either the last 128 KiB. What services write to Gatun's own output
          themselves (GATUN_LOG=raw) is not there.

      OPTIONS
          -f, --follow   and those that come, until it is interrupted
      """;

  private static final String SHUTDOWN =
      """
      NAME
          gatun shutdown - end the container in order

      SYNOPSIS
          gatun shutdown [--code N]

      DESCRIPTION
          Has it end as TERM does. It does not wait.

      OPTIONS
          --code N   what it ends with, 0 to 255 (0)
      """;

  private static final String ALL =
      """

      EXIT STATUS OF ALL
          0   done
          1   refused: there is no such service, or it takes no such order
          2   the arguments cannot be used
          4   no Gatun answers at the socket GATUN_CONTROL (/run/gatun/control)

      SEE ALSO
          gatun status, start, stop, restart, signal, wait, logs and shutdown, each with --help
      """;

  private ControlHelp() {}

  static boolean isOne(String name) {
    return text(name) != null;
  }

  static String of(String name) {
    return text(name) + ALL;
  }

  private static String text(String name) {
    return switch (name) {
      case "status" -> STATUS;
      case "start" -> START;
      case "stop" -> STOP;
      case "restart" -> RESTART;
      case "signal" -> SIGNAL;
      case "wait" -> WAIT;
      case "logs" -> LOGS;
      case "shutdown" -> SHUTDOWN;
      default -> null;
    };
  }
}
