import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program as the first process of a pid namespace, on services that say when they begin. */
final class Container {
  /**
   * A program to measure.
   *
   * @param command what to run; {@link #SERVICES} and {@link #SERVICE} stand for the directory and
   *     the program of the services
   * @param stop the signal that ends it in order
   */
  record Init(String name, List<String> command, int stop) {
    /** Whether it looks after a directory of services and not after one command. */
    boolean supervises() {
      return !command.contains(SERVICE);
    }

    /** Whether it starts again a service that has ended, and so does not end with it. */
    boolean restarts() {
      return command.contains(SERVICES);
    }
  }

  /** Times in nanoseconds, of one clock. */
  record End(long started, long told, long ended, long cpuMicros) {}

  static final String SERVICES = "SERVICES";
  static final String SERVICE = "SERVICE";

  private final Path directory;
  private final Path stamps;
  private final Process process;
  private final BufferedReader output;

  /** The first process, as it is called outside. */
  final long pid;

  Container(Lab lab, Init init, int services, Map<String, String> environment) throws Exception {
    directory = Files.createTempDirectory("gatun-bench");
    stamps = directory.resolve("stamps");
    Path all = Files.createDirectory(directory.resolve("services"));
    for (int i = 0; i < services; i++) {
      Path service = Files.createDirectory(all.resolve("s" + i));
      Files.createSymbolicLink(service.resolve("run"), Path.of(lab.tool("service")));
    }
    // As old as in an image: runsvdir waits for a second when its directory has just changed.
    Files.setLastModifiedTime(all, FileTime.from(Instant.now().minusSeconds(60)));
    List<String> command = new ArrayList<>(List.of(lab.tool("container")));
    for (String word : init.command()) {
      command.add(
          word.equals(SERVICES)
              ? all.toString()
              : word.equals(SERVICE) ? lab.tool("service") : word);
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().putAll(Map.of("DINIT_DIR", all.toString(), "STAMP", stamps.toString()));
    builder.redirectError(directory.resolve("stderr").toFile());
    process = builder.start();
    output = process.inputReader();
    pid = Long.parseLong(output.readLine());
  }

  /** Waits for so many services to have begun; says when they did. */
  long[] awaitStamps(int services) throws Exception {
    for (int i = 0; i < 6000; i++) {
      List<String> lines = Files.exists(stamps) ? Files.readAllLines(stamps) : List.of();
      if (lines.size() >= services) {
        return lines.stream().mapToLong(Long::parseLong).toArray();
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("services do not begin: " + said());
  }

  /** When the first service began; it may have ended already. */
  long firstStamp() throws Exception {
    return awaitStamps(1)[0];
  }

  /** Sends a signal, or none if it is 0, waits for the end, and leaves nothing behind. */
  End stop(int signal) throws Exception {
    process.outputWriter().append(String.valueOf(signal)).append('\n').flush();
    String[] figures = output.readLine().split(" ");
    int status = Integer.parseInt(figures[4]);
    if (status >> 8 == 127) {
      throw new IllegalStateException("cannot run: " + said());
    }
    process.waitFor();
    long[] values = Arrays.stream(figures).mapToLong(Long::parseLong).toArray();
    return new End(values[0], values[1], values[2], values[3]);
  }

  void delete() throws Exception {
    Lab.delete(directory);
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("stderr"));
  }

  /** The first process, and the supervisors that it has for its services. */
  List<Long> supervisors() {
    List<Long> pids = new ArrayList<>(List.of(pid));
    ProcessHandle.of(pid)
        .orElseThrow()
        .descendants()
        .filter(p -> !p.info().command().orElse("").endsWith("/service"))
        .forEach(p -> pids.add(p.pid()));
    return pids;
  }

  /** A process's figure in smaps_rollup, in MiB. */
  static double memoryMiB(long pid, String figure) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
              .filter(line -> line.startsWith(figure + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024.0;
    }
  }

  /** How often all threads of a process have gone to sleep so far. */
  static long sleeps(long pid) throws IOException {
    long sum = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        sum +=
            Files.readAllLines(thread.resolve("status")).stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      }
    }
    return sum;
  }

  /** How many children the first process has, with those that it has not waited for. */
  int children() throws IOException {
    String pids = Files.readString(Path.of("/proc/%d/task/%d/children".formatted(pid, pid)));
    return pids.isBlank() ? 0 : pids.strip().split(" ").length;
  }
}
