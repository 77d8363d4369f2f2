package dev.gatun.cli;

/** What {@code gatun --help} prints. */
final class Help {
  private static final String BEFORE_SETTINGS =
      """
      NAME
          gatun - a container init: starts, supervises and ends the services of a container

      SYNOPSIS
          gatun
          gatun [OPTIONS] [--] COMMAND [ARG...]
          gatun check [--json] [DIRECTORY]
          gatun optimize
          gatun replay | explain | timeline FILE
          gatun status | start | stop | restart | signal | wait | logs | shutdown ...
          gatun --help | --version

      DESCRIPTION
          Runs every service of the service directory, as PID 1 of a container or as a child
          subreaper elsewhere. A service is a sub-directory with an executable run in it; beside
          run there may be:

          log/run     a program that the service's standard output goes through
          log/pattern instead of log/run: a regular expression (RE2) with named groups, which
                      become members of a JSON object, as numbers, times, arrays and objects where
                      their names ask for it (regex2json's); other lines become {"message":...}
          terminate   what is run instead of sending TERM; DINIT_PID holds the pid to end
                      (a file finish is used in the same way)

          Lines of the services' standard output are passed to standard output, each marked with
          its service and the time: JSON objects get the members service, stage and logged. Lines
          of their standard error are passed to standard error.

          The first service that ends ends the container: the others get TERM and are waited for.
          One that exits with 115 has disabled itself, and the rest goes on. TERM, INT, QUIT and
          RTMIN+3 end the container in order. Processes that lose their parent become children of
          Gatun; what happens to them then is DINIT_REPARENTING_POLICY's matter, and their zombies
          are reaped.

          With a COMMAND it runs that, as tini, dumb-init and catatonit do: the command gets every
          signal, on a terminal it has the foreground, nothing comes between it and its input and
          output, and its exit code is Gatun's. Processes that outlive it get TERM, and KILL after
          GATUN_KILL_TIMEOUT seconds (5). Services, where their directory is there, run beside it.
          A command that is called as one of those above needs --. Links to gatun that are named
          tini, dumb-init or catatonit take the options of these programs.

              --single-child           signals go to the command alone, not to its process group
              --rewrite FROM:TO        pass the signal TO on where FROM arrives; 0 drops it
              --remap-exit CODE        exit with 0 where the command exits with CODE
              --parent-death-signal S  the signal that Gatun gets when its parent ends
              --log                    the command's output is treated as that of services
              --verbose                say more; twice: debug

          gatun check, run in an image build, looks at a service directory and at the variables
          below, as the user it is run as, and prints what the container would trip over:

              FILE:LINE: error|warning: PROBLEM: ADVICE

          It starts nothing. It exits with 1 if there is an error; warnings do not count. With
          --json it prints one JSON object instead: directory, ok (no errors), errors and warnings
          (how many), services (their names) and findings, a list of objects with severity (error
          or warning), code (a word that stays the same), service, file or variable, line, problem
          and advice; service and line are left out where they make no sense.

          gatun status, start, stop, restart, signal, wait, logs and shutdown command the Gatun that
          runs a container: see gatun status --help. A file service.json in a service's directory
          gives it a user, dependencies, readiness, health and restarts: docs/operating.md.

          gatun replay, explain and timeline check, tell and draw what the journal FILE has recorded:
          see gatun replay --help, gatun explain --help and gatun timeline --help.

          gatun optimize, run once where Gatun is to stay (in an image build), makes the launcher
          use all options of the file jvm.options and makes a cache of classes for the JDK that is
          there: containers start in about half the time, use less memory and wake up less often.

          Other layouts than this one are those of runit, of the Klein image and of
          baseimage-docker, whose services are started again when they end and obey sv(8). The
          files that are there choose: /etc/runit/2 means runit, executable files in /etc/init mean
          klein, /etc/my_init.d or /etc/container_environment mean baseimage, and /etc/s6-overlay,
          /etc/services.d or /etc/cont-init.d mean s6, that of s6-overlay; GATUN_LAYOUT decides.
          A link to gatun that is named my_init takes the options of baseimage-docker's.

      ENVIRONMENT
      """;

  private static final String BEHIND_SETTINGS =
      """
          Where GATUN_JAVA, JAVA_HOME or GATUN_JAVA_OPTS ask for another JVM than the one on the
          PATH, Gatun executes itself anew, which costs a second start of a JVM.

          JAVA_TOOL_OPTIONS, JDK_JAVA_OPTIONS and _JAVA_OPTIONS are for the services; they do not
          change Gatun's own JVM.

      EXIT STATUS
          0   a signal asked for the end, or the first service to end exited with 0, or nothing
              was left running
          1   Gatun could not do its work: a service could not be started, a value is wrong;
              gatun check found an error
          N   the exit code of COMMAND, or 128 and the number of the signal that ended it; 127 when
              there is no such program, 126 when it cannot be executed
          3   the first service to end exited with another code or was killed
      """;

  static final String CHECK =
      """
      usage: gatun check [--json] [DIRECTORY]

      Looks at the service directory (DINIT_DIR; /etc/service) and at the variables of gatun --help,
      as the user it is run as, and prints what a container would trip over:

          FILE:LINE: error|warning: PROBLEM: ADVICE

      It starts nothing, and exits with 1 if there is an error.
        --json     one JSON object instead, as gatun --help describes it
        DIRECTORY  look there
      """;

  static final String OPTIMIZE =
      """
      usage: gatun optimize

      To be run once where Gatun is to stay, in an image build, by a user who may write there. The
      launcher then uses all options of the file jvm.options beside it, names the JVM that runs this
      by its path, and has a cache of classes for it. When that cannot be done, everything stays as
      it was, and the exit code is 1.

      GATUN_JAVA or JAVA_HOME name another JVM than the first on the PATH; where there is none on
      the PATH, run it as /path/to/java -jar /opt/gatun/gatun optimize.
      """;

  private static final int INDENTATION = 4;

  private Help() {}

  /** What {@code gatun --help} prints. */
  static String text() {
    return BEFORE_SETTINGS + SettingTexts.help(INDENTATION) + "\n" + BEHIND_SETTINGS;
  }
}
