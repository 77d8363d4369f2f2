package dev.gatun.cli;

/** What the commands about journals print with {@code --help}. */
final class JournalHelp {
  private static final String REPLAY =
      """
      NAME
          gatun replay - check that a journal's decisions are the ones that Gatun makes

      SYNOPSIS
          gatun replay FILE

      DESCRIPTION
          Lets the state machine that decides everything live through the journal FILE again, event by
          event, and compares what it decides with what was decided then. The first difference is
          printed: the line, the event, and the effects, those that only the journal has marked with -
          and those that only this Gatun has with +.

          If the journal has gone on in a new part, FILE is the latest, and FILE.1, the part before,
          is read first where it is there. A last line that is cut off, as when Gatun was killed in
          the middle of it, is left out.

      EXIT STATUS
          0   no difference
          1   a difference
          2   the arguments or the file cannot be used

      SEE ALSO
          gatun explain --help, gatun timeline --help; GATUN_JOURNAL in gatun --help
      """;

  private static final String EXPLAIN =
      """
      NAME
          gatun explain - tell why a container ended as it did

      SYNOPSIS
          gatun explain [--values] FILE

      DESCRIPTION
          Prints, from the journal FILE, the exit code and its reason, and then what happened, a
          sentence a line with its time of day (UTC): what was started, what ended first, who was told
          to stop and how long that took, who had to be killed, which processes lost their parent,
          which signals came from outside. A journal that ends in the middle, as when the container
          was killed, is told to its last line.

          FILE.1 is read too where FILE is its continuation.

      OPTIONS
          --values   tell the values of the environment variables that changed, too, and not their
                     names alone: they may be secrets

      EXIT STATUS
          0   it has been told
          2   the arguments or the file cannot be used

      SEE ALSO
          gatun replay --help, gatun timeline --help; GATUN_JOURNAL in gatun --help
      """;

  private static final String TIMELINE =
      """
      NAME
          gatun timeline - draw a container's life

      SYNOPSIS
          gatun timeline FILE [--svg OUT]

      DESCRIPTION
          Draws the journal FILE as a chart in SVG: a lane for each service, with its start, its stop
          and its end, the signals from outside, the orphans, and the moment in which the exit code
          was decided. Long times in which nothing happens are folded. Every bar tells more when a
          pointer rests on it. The chart follows the viewer's light or dark theme.

          FILE.1 is read too where FILE is its continuation.

      OPTIONS
          --svg OUT   write to the file OUT, and not to standard output

      EXIT STATUS
          0   it has been drawn
          2   the arguments or the file cannot be used

      SEE ALSO
          gatun explain --help, gatun replay --help; GATUN_JOURNAL in gatun --help
      """;

  private JournalHelp() {}

  static String of(String name) {
    return switch (name) {
      case "replay" -> REPLAY;
      case "explain" -> EXPLAIN;
      default -> TIMELINE;
    };
  }
}
