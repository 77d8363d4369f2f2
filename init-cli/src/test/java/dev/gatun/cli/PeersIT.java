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
