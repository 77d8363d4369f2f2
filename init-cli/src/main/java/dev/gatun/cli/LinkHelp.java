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
      usage: catatonit [-ghLV] [--] COMMAND [ARG...]

      Gatun in the place of catatonit.
        -g             pass signals on to the command's whole process group
        -L             the licence
        -V, --version  the version
        -h             this text
      """;

  private LinkHelp() {}

  static String text(Dialect dialect) {
    return switch (dialect) {
      case TINI -> TINI;
      case DUMB_INIT -> DUMB_INIT;
      case CATATONIT -> CATATONIT;
      case GATUN -> Help.TEXT;
    };
  }
}
