package dev.gatun.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Containers that churn, one after another, each made from a seed of its own, until the time is
 * over. The first has a third of all time, which is long enough to see what grows.
 */
final class Soak {
  private static final int MIN_MILLIS = 1000;
  private static final int MORE_MILLIS = 5000;

  private Soak() {}

  /** Arguments: seconds, seed. */
  public static void main(String[] arguments) throws IOException {
    try {
      run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
    } catch (AssertionError e) {
      System.out.println("FAILED: " + e.getMessage());
      System.exit(1);
    }
  }

  static void run(int seconds, long firstSeed) throws IOException {
    System.out.println("soak: " + seconds + " s from seed " + firstSeed);
    Path directory = Files.createTempDirectory("gatun-soak");
    try {
      Path program = CProgram.compile("soak", directory);
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      for (long seed = firstSeed; System.nanoTime() < end; seed++) {
        boolean first = seed == firstSeed;
        int more = new Random(seed).nextInt(MORE_MILLIS);
        int millis = first ? seconds * 1000 / 3 : MIN_MILLIS + more;
        live(seed, directory, program, Duration.ofMillis(millis));
      }
    } finally {
      delete(directory);
    }
  }

  private static void live(long seed, Path directory, Path program, Duration work)
      throws IOException {
    Path own = Files.createDirectory(directory.resolve("life" + seed));
    String again = "scripts/dev soak --seed " + seed + " --seconds " + 3 * work.toSeconds();
    try {
      SoakLife life = new SoakLife(seed, own, program, work);
      System.out.println(seed + ": " + life);
      System.out.println(seed + ": " + life.run());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\nagain: " + again, e);
    }
    delete(own);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
