package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kept service and its log program, each restarted while the other runs: under Gatun and, side by
 * side, under runit's own runsvdir.
 */
class RunitLogIT {
  private static final int RESTARTS = 3;

  /** Writes numbered lines; the last one that is known to have been written stands in a file. */
  private static final String COUNTS =
      "n=$(cat n 2>/dev/null || echo 0); trap 'exit 0' TERM;"
          + " while :; do n=$((n+1)); echo line $n; echo $n >n; done";

  /** Loses nothing: what it has taken it writes before it ends. */
  private static final String KEEPS_ALL =
      "exec perl -e '$SIG{TERM} = sub { $ends = 1 }; open my $to, qq(>>main/current) or die;"
          + " until ($ends) { my $n = sysread STDIN, my $bytes, 65536; next if !defined $n;"
          + " last if !$n; syswrite $to, $bytes }'";

  @TempDir Path directory;

  private Path services() {
    return directory.resolve("services");
  }

  /** Restarts both, several times, ends them, and gives the numbers that the log has, in order. */
  private List<Integer> logged(String supervisor, String logProgram) throws IOException {
    Container.Builder builder =
        supervisor.equals("Gatun") ? Runit.container(directory) : Runit.runsvdir(directory);
    builder.service("counts", COUNTS).script("counts/log/run", logProgram);
    Path log = Files.createDirectories(services().resolve("counts/log/main"));
    // Nothing is thrown away.
    Files.writeString(log.resolve("config"), "s0\nn0\n");
    try (Container c = builder.start()) {
      Container.await("the first lines", () -> !Runit.text(log.resolve("current")).isEmpty());
      for (int i = 0; i < RESTARTS; i++) {
        sv("restart", "counts");
        sv("restart", services() + "/counts/log");
      }
      sv("exit", "counts");
      c.signal("TERM");
      c.exitCode();
    }
    List<Integer> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(log)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("current|@.*")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          numbers.add(Integer.parseInt(line.substring("line ".length())));
        }
      }
    }
    return numbers;
  }

  private void sv(String... command) {
    List<String> words = new ArrayList<>(List.of("-w", "60"));
    words.addAll(List.of(command));
    Runit.Answer answer = Runit.sv(services(), words.toArray(String[]::new));
    assertEquals(0, answer.code(), answer.text());
  }

  private List<Integer> missing(List<Integer> numbers) {
    int last = Integer.parseInt(Runit.text(services().resolve("counts/n")).strip());
    assertTrue(last > 0);
    Set<Integer> there = new HashSet<>(numbers);
    List<Integer> missing = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      if (!there.contains(i)) {
        missing.add(i);
      }
    }
    return missing;
  }

  @ParameterizedTest(name = "under {0}")
  @ValueSource(strings = {"Gatun", "runsvdir"})
  void nothingIsLostBetweenAServiceAndItsLogProgramWhicheverIsRestarted(String supervisor)
      throws IOException {
    List<Integer> numbers = logged(supervisor, KEEPS_ALL);
    assertEquals(List.of(), missing(numbers));
    for (int i = 1; i < numbers.size(); i++) {
      int step = numbers.get(i) - numbers.get(i - 1);
      // A line is written anew by a service that was told to end before it had noted it.
      assertTrue(step == 1 || step == 0, numbers.get(i - 1) + " before " + numbers.get(i));
    }
  }

  /** When svlogd is told to end it may drop a line that it has read, whoever supervises it. */
  @ParameterizedTest(name = "under {0}")
  @ValueSource(strings = {"Gatun", "runsvdir"})
  void svlogdDropsALineAtMostWhenItIsToldToEnd(String supervisor) throws IOException {
    List<Integer> missing = missing(logged(supervisor, "exec svlogd main"));
    assertTrue(missing.size() <= RESTARTS + 1, "lost: " + missing);
  }
}
