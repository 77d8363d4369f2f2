package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links named as other inits beside the programs themselves, where these are installed. */
class PeersIT {
  private static final List<List<String>> FOR_ALL =
      List.of(
          List.of(),
          List.of("-z"),
          List.of("--", "sh", "-c", "echo out; exit 7"),
          List.of("sh", "-c", "kill -KILL $$"),
          List.of("sh", "-c", "kill -USR2 $$"));

  @TempDir Path directory;

  private void compare(String program, List<List<String>> more) throws IOException {
    Path real = Path.of("/usr/bin", program);
    Assumptions.assumeTrue(Files.isExecutable(real), "skipped: needs " + program);
    Path link = Files.createSymbolicLink(directory.resolve(program), Container.launcher());
    List<List<String>> all = new ArrayList<>(FOR_ALL);
    all.addAll(more);
    for (List<String> arguments : all) {
      try (Container theirs = run(real, arguments);
          Container ours = run(link, arguments)) {
        assertEquals(theirs.exitCode(), ours.exitCode(), () -> arguments + "\n" + ours.both());
        assertEquals(theirs.stdout(), ours.stdout(), arguments::toString);
      }
    }
  }

  @Test
  void catatonitThatPauses() throws IOException {
    Path real = Path.of("/usr/bin/catatonit");
    Assumptions.assumeTrue(Files.isExecutable(real), "skipped: needs catatonit");
    Path link = Files.createSymbolicLink(directory.resolve("catatonit"), Container.launcher());
    for (String signal : List.of("TERM", "INT")) {
      for (Path program : List.of(real, link)) {
        try (Container c = run(program, List.of("-P"))) {
          Container.await("the signals being blocked", () -> blocksSignals(c.pid()));
          c.signal("USR1");
          c.signal(signal);
          assertEquals(0, c.exitCode(), () -> program + " " + signal + "\n" + c.both());
          assertEquals("", c.stdout());
        }
      }
    }
  }

  private static boolean blocksSignals(long pid) {
    final long termAndUsr1 = 1L << 14 | 1L << 9;
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      String blocked = lines.filter(line -> line.startsWith("SigBlk:")).findFirst().orElseThrow();
      long mask = Long.parseUnsignedLong(blocked.substring("SigBlk:".length()).strip(), 16);
      return (mask & termAndUsr1) == termAndUsr1;
    } catch (IOException e) {
      return false;
    }
  }

  private Container run(Path program, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(arguments);
    return new Container.Builder(directory)
        .command(words.toArray(String[]::new))
        .withoutNamespace()
        .start();
  }

  @Test
  void tini() throws IOException {
    compare(
        "tini",
        List.of(
            List.of("sh", "--", "-c", "exit 9"),
            List.of("-e", "143", "-gs", "--", "sh", "-c", "kill $$"),
            List.of("-e", "256", "true"),
            List.of("-p", "NOPE", "true"),
            List.of("/no/such/program"),
            List.of("/etc/passwd")));
  }

  @Test
  void dumbInit() throws IOException {
    compare(
        "dumb-init",
        List.of(
            List.of("--single-child", "-r", "15:2", "sh", "-c", "exit 3"),
            List.of("-r", "15", "true"),
            List.of("--rewrite=15:2", "sh", "-c", "echo -c; exit 4")));
  }

  @Test
  void catatonit() throws IOException {
    compare(
        "catatonit", List.of(List.of("-g", "sh", "--", "-c", "exit 9"), List.of("--nope", "true")));
  }
}
