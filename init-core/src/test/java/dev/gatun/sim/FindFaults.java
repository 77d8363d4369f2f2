package dev.gatun.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The command behind {@code scripts/dev faults}, and what its test does. */
public final class FindFaults {
  private final Path repository;
  private final double seconds;
  private int missed;

  FindFaults(Path repository, double seconds) {
    this.repository = repository;
    this.seconds = seconds;
  }

  /**
   * Exits with 1 when a fault is not found.
   *
   * @param arguments the repository, how many seconds each may take, and the names of the faults to
   *     look for: none for all
   */
  public static void main(String[] arguments) throws Exception {
    FindFaults find = new FindFaults(Path.of(arguments[0]), Double.parseDouble(arguments[1]));
    List<String> names = List.of(arguments).subList(2, arguments.length);
    System.exit(find.run(names) == 0 ? 0 : 1);
  }

  /** How many of the faults of these names, or of all, are not found; tells of each. */
  int run(List<String> names) throws Exception {
    Path work = Files.createTempDirectory("gatun-faults");
    try {
      for (SeededFault fault : SeededFault.all(repository)) {
        if (names.isEmpty() || names.contains(fault.name())) {
          find(fault, work);
        }
      }
    } finally {
      remove(work);
    }
    return missed;
  }

  private void find(SeededFault fault, Path work) throws Exception {
    List<Path> classes =
        Stream.of("classes", "test-classes")
            .map(kind -> repository.resolve("init-core/target").resolve(kind))
            .toList();
    long startNanos = System.nanoTime();
    String found = fault.find(classes, work, seconds);
    double passed = (System.nanoTime() - startNanos) / 1e9;
    missed += found.isEmpty() ? 1 : 0;
    System.out.printf(
        Locale.ROOT,
        "%-9s %4.1f s  %s: %s%n               %s%n",
        found.isEmpty() ? "NOT FOUND" : "found",
        passed,
        fault.name(),
        fault.meaning(),
        found);
  }

  private static void remove(Path work) throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
