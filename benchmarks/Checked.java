import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Many lines of eight services through a reader that pauses at random. It checks that every line is
 * whole, in the order of its stream and stamped; what it has counted and added up has to be what
 * the writers have.
 */
final class Checked {
  private static final int SERVICES = 8;

  private final Lab lab;

  Checked(Lab lab) {
    this.lab = lab;
  }

  void run(int millions) throws Exception {
    double busy = Lab.busy();
    long each = millions * 1_000_000L / SERVICES;
    long seed = System.nanoTime();
    Path directory = Lab.directory();
    Path written = directory.resolve("written");
    for (int i = 0; i < SERVICES; i++) {
      Lab.service(
          directory,
          "s" + i,
          "%s write %d %d %s %s %s"
              .formatted(
                  lab.tool("checked"),
                  i,
                  each,
                  directory.resolve("go"),
                  directory.resolve("ready"),
                  written));
    }
    Path read = directory.resolve("read");
    ProcessBuilder reader =
        new ProcessBuilder(
                lab.tool("checked"),
                "read",
                String.valueOf(SERVICES),
                String.valueOf(each),
                String.valueOf(seed))
            .redirectOutput(read.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    List<Process> processes =
        ProcessBuilder.startPipeline(
            List.of(Lab.gatun(lab.launchers.get("Gatun"), directory, Map.of()), reader));
    Process gatun = processes.getFirst();
    double seconds = time(directory, processes.getLast());
    double memory = Lab.peakMiB(gatun.pid());
    gatun.destroy();
    gatun.waitFor();
    List<String> counted = Files.readAllLines(read);
    if (!counted.equals(Files.readAllLines(written).stream().sorted().toList())) {
      throw new IllegalStateException("counts or checksums differ: " + written + ", " + read);
    }
    Lab.delete(directory);
    StringBuilder table = new StringBuilder();
    counted.forEach(line -> table.append("| s").append(line.replace(" ", " | ")).append(" |\n"));
    System.out.print(table);
    Page.put(
        lab.page,
        "checked",
        """
        %s %d million lines of 40 to 200 bytes by %d services, in JSON mode, through a
        reader that pauses at random (seed %d) for up to 1.5 seconds: %.0f seconds, a peak RSS of
        %.0f MiB, and every line whole, stamped and in the order of its stream. The reader's
        counts and checksums are the writers':

        | service | lines | checksum |
        | --- | --- | --- |
        %s
        """
            .formatted(Lab.conditions(busy), millions, SERVICES, seed, seconds, memory, table));
  }

  private static double time(Path directory, Process reader) throws Exception {
    Lab.awaitReady(directory, SERVICES);
    long start = System.nanoTime();
    try (RandomAccessFile _ = Lab.release(directory)) {
      if (!reader.waitFor(30, TimeUnit.MINUTES) || reader.exitValue() != 0) {
        throw new IllegalStateException("lines are missing or wrong");
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
