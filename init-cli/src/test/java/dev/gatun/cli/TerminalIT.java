package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command under Gatun on a real terminal, with and without a shell that controls jobs. */
class TerminalIT {
  /** Says when it begins to read and when it goes on after a stop: what is typed before is lost. */
  private static final String READER =
      "$SIG{CONT} = sub { syswrite STDOUT, qq(going on\\n) }; syswrite STDOUT, qq(reading\\n);"
          + " while (1) { my $n = sysread STDIN, my $line, 4096; next if !defined $n;"
          + " last if !$n; syswrite STDOUT, qq(got $line); }";

  @TempDir Path directory;

  /** Plays those steps to a command on a terminal: see on-terminal.pl. */
  private Container play(String steps, boolean pidOne, String... command)
      throws IOException, URISyntaxException {
    Path script = Files.writeString(directory.resolve("steps"), steps);
    Path player = Path.of(TerminalIT.class.getResource("/on-terminal.pl").toURI());
    List<String> words = new ArrayList<>(List.of("perl", player.toString(), script.toString()));
    if (pidOne) {
      Container.assumeNamespaces();
      // A container engine makes PID 1 the leader of the terminal's session.
      words.addAll(
          List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "setsid", "-c"));
    }
    words.addAll(List.of(command));
    return new Container.Builder(directory)
        .env("GATUN_LAYOUT", "command")
        .env("PS1", "PROMPT>")
        .env("READER", READER)
        .env("GATUN", Container.launcher().toString())
        .command(words.toArray(String[]::new))
        .withoutNamespace()
        .start();
  }

  /** With -b the shell tells at once of a job that was stopped. */
  @Test
  void jobsOfAShellAreStoppedAndContinuedAsIfGatunWereNotThere() throws Exception {
    String steps =
        """
        < PROMPT>
        > $GATUN perl -e "$READER"\\n
        < reading\\r\\n
        > one\\n
        < got one\\r\\n
        > \\x1a
        < Stopped.*PROMPT>
        > fg\\n
        < going on\\r\\n
        > two\\n
        < got two\\r\\n
        > \\x1a
        < Stopped.*PROMPT>
        > bg\\n
        < going on\\r\\n
        < Stopped
        > fg\\n
        < going on\\r\\n
        > three\\n
        < got three\\r\\n
        > \\x03
        < PROMPT>
        > echo code $?\\n
        < code 130\\r\\n.*PROMPT>
        > ($GATUN true; exec perl -e "$READER")\\n
        < reading\\r\\n
        > four\\n
        < got four\\r\\n
        > \\x04
        < PROMPT>
        > exit 5\\n
        """;
    try (Container c = play(steps, false, "bash", "--norc", "--noprofile", "-b", "-i")) {
      assertEquals(5, c.exitCode(), c::both);
    }
  }

  @Test
  void asPidOneAStopThatNobodyCouldContinueIsUndoneAndTheWindowsSizeIsHeard() throws Exception {
    String steps =
        """
        = 20 70
        < ready
        > one\\n
        < one\\r\\ngot one\\r\\n
        > \\x1a
        > two\\n
        < got two\\r\\n
        = 33 99
        < resized 33 99
        > \\x03
        """;
    String reader =
        "trap 'echo resized $(stty size)' WINCH; echo ready;"
            + " while :; do read -r -t 1 line && echo got $line; done";
    try (Container c = play(steps, true, Container.launcher().toString(), "bash", "-c", reader)) {
      assertEquals(130, c.exitCode(), c::both);
    }
  }
}
