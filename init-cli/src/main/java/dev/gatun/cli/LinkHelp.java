package dev.gatun.cli;

import dev.gatun.layout.Dialect;

/** What a link named as another init prints for help. */
final class LinkHelp {
  private static final String TINI =
      """
      usage: tini [OPTIONS] PROGRAM -- [ARGS] | --version

      Gatun in the place of tini.
        -s         nothing: Gatun always is a subreaper where it is not PID 1
        -p SIGNAL  the signal that Gatun gets when its parent ends
        -v         say more; up to three times
        -w         nothing: what Gatun terminates it says anyway
        -g         pass signals on to the command's whole process group
        -e CODE    exit with 0 where the command's exit code is CODE; may be repeated
        -l         the licence
        -h         this text
      TINI_SUBREAPER, TINI_VERBOSITY (0 to 3) and TINI_KILL_PROCESS_GROUP are honoured.
      """;

  private static final String DUMB_INIT =
      """
      usage: dumb-init [OPTIONS] COMMAND [ARG...]

      Gatun in the place of dumb-init.
        -c, --single-child     pass signals on to the command alone, not to its process group
        -r, --rewrite FROM:TO  pass TO on where FROM arrives; 0 drops it; may be repeated
        -v, --verbose          say what is done
        -V, --version          the version
        -h, --help             this text
      DUMB_INIT_SETSID=0 means -c, DUMB_INIT_DEBUG=1 means -v.
      """;

  private static final String CATATONIT =
      """
      usage: catatonit [-ghLPV] [--] COMMAND [ARG...]

      Gatun in the place of catatonit.
        -g             pass signals on to the command's whole process group
        -L             the licence
        -P             run nothing: reap, and end at TERM or INT
        -V, --version  the version
        -h             this text
      """;

  private static final String MY_INIT =
      """
      usage: my_init [OPTIONS] [--] [COMMAND [ARG...]]

      Gatun in the place of baseimage-docker's my_init.
        --skip-startup-files   run neither my_init.d nor rc.local
        --skip-runit           run no services, and nothing when they are stopped
        --quiet                nothing: see DINIT_LOG_LEVEL
        --no-kill-all-on-exit  nothing: with PID 1 everything else in a container ends anyway
        --no-main-command      nothing: without a COMMAND there is none
        -h, --help             this text
      With a COMMAND the container ends with it, and with its exit code.
      """;

  private LinkHelp() {}

  static String text(Dialect dialect) {
    return switch (dialect) {
      case TINI -> TINI;
      case DUMB_INIT -> DUMB_INIT;
      case CATATONIT -> CATATONIT;
      case MY_INIT -> MY_INIT;
      case GATUN -> Help.text();
    };
  }
}
