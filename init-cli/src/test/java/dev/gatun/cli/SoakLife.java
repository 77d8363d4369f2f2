package dev.gatun.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One container from its start to its end: services whose children exit, are killed, fork, stop,
 * become orphans and write, made from a seed. Everything that ends it is arranged, so that its exit
 * code is known beforehand.
 */
final class SoakLife {
  /** The heap, the compiler and the class loader do not stand still at once, nor on a byte. */
  private static final long MAX_GROWTH_KIB = 2048;

  private static final Duration LONG_ENOUGH_FOR_MEMORY = Duration.ofSeconds(10);
  private static final List<String> HARMLESS = List.of("HUP", "USR1", "USR2", "WINCH", "CONT");
  private static final int MAX_DAEMONS = 12;

  /** What ends the container, and with which code. */
  private enum End {
    SIGNAL,
    SERVICE_EXITS,
    SERVICE_IS_KILLED,
    LOG_PROGRAM_EXITS,
    ADOPTED_EXITS,
    NOBODY_IS_LEFT,
    BAD_SERVICE
  }

  private final Random random;
  private final Path directory;
  private final Path program;
  private final Duration work;
  private final SoakBlock block;
  private final String policy;
  private final boolean json;
  private final End end;
  private final Container.Builder builder;
  private final SoakLines out;
  private final SoakLines err;
  private final List<String> roles = new ArrayList<>();
  private final List<Long> memory = new ArrayList<>();
  private int expectedCode;
  private int ups;
  private int pipes;
  private boolean disables;

  /**
   * @param directory an empty one
   * @param program soak.c, compiled
   * @param work how long the services are busy
   */
  SoakLife(long seed, Path directory, Path program, Duration work) throws IOException {
    this.random = new Random(seed);
    this.directory = directory;
    this.program = program;
    this.work = work;
    this.block = new SoakBlock(directory.resolve("block"));
    this.policy = any("terminate", "adopt", "ignore");
    this.end = anyEnd();
    String format = any("json", "strict", "text");
    this.json = !format.equals("text");
    boolean slow = random.nextInt(3) == 0;
    this.out = new SoakLines(block, 1, json, slow ? new Random(seed) : null);
    this.err = new SoakLines(block, 2, json, null);
    this.builder =
        new Container.Builder(directory)
            .env("DINIT_REPARENTING_POLICY", policy)
            .env("DINIT_KILL_TIMEOUT", "1")
            // The control socket opens a moment after the start, and what is open is compared.
            .env("GATUN_CONTROL", "off")
            .env("GATUN_KILL_TIMEOUT", "2")
            .env("DINIT_LOG_LEVEL", "debug")
            .env(format.equals("text") ? "DINIT_JSON_STDOUT" : "GATUN_JSON", word(format))
            .output(out, err);
    roles.add(policy + ", " + format + (slow ? ", slow reader" : ""));
    makeServices();
  }

  private static String word(String format) {
    return switch (format) {
      case "text" -> "0";
      case "strict" -> "strict";
      default -> "";
    };
  }

  private End anyEnd() {
    List<End> ends = new ArrayList<>(List.of(End.values()));
    if (!policy.equals("adopt")) {
      ends.remove(End.ADOPTED_EXITS);
    }
    if (!policy.equals("terminate")) {
      ends.remove(End.NOBODY_IS_LEFT);
    }
    return ends.get(random.nextInt(ends.size()));
  }

  private String any(String... words) {
    return words[random.nextInt(words.length)];
  }

  private void makeServices() {
    if (policy.equals("adopt")) {
      block.letDaemonsLiveOn(MAX_DAEMONS);
    }
    int code = any("0", "1", "7", "255").charAt(0) == '0' ? 0 : 1 + random.nextInt(100);
    expectedCode =
        switch (end) {
          case SIGNAL, NOBODY_IS_LEFT -> 0;
          case SERVICE_EXITS, LOG_PROGRAM_EXITS, ADOPTED_EXITS -> code == 0 ? 0 : 3;
          case SERVICE_IS_KILLED -> 3;
          case BAD_SERVICE -> 1;
        };
    boolean all115 = end == End.NOBODY_IS_LEFT;
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String ending = i == 0 ? firstServicesEnd(code) : all115 ? "exit:115" : "none";
      boolean logged = i == 0 ? end == End.LOG_PROGRAM_EXITS : random.nextInt(4) == 0;
      String role = i == 0 ? "churn" : any("churn", "churn", "flood", "quiet");
      service("s" + i, role, ending, logged, code);
    }
    if (end == End.BAD_SERVICE) {
      builder.executable("bad/run", any("#!/no/such/interpreter\n", "", "#!/bin/sh\r\n"));
    } else if (random.nextInt(3) == 0) {
      disables = true;
      script("leaves/run", "disable", "dies", "none");
      ups++;
    }
  }

  private String firstServicesEnd(int code) {
    return switch (end) {
      case SERVICE_EXITS -> "exit:" + code;
      case SERVICE_IS_KILLED -> "signal:" + any("9", "15", "11", "6");
      case ADOPTED_EXITS -> "daemon:" + code;
      case NOBODY_IS_LEFT -> "exit:115";
      case SIGNAL, LOG_PROGRAM_EXITS, BAD_SERVICE -> "none";
    };
  }

  private void service(String name, String role, String ending, boolean logged, int code) {
    // Nobody reads what a service writes when its log program has ended before it.
    String manner = logged ? any("dies", "deaf") : any("dies", "writes", "deaf");
    script(name + "/run", role, manner, ending);
    ups++;
    // What it writes to its log program does not pass through Gatun.
    pipes += logged ? 3 : 2;
    if (logged) {
      boolean endsFirst = end == End.LOG_PROGRAM_EXITS && name.equals("s0");
      script(name + "/log/run", "log", "dies", endsFirst ? "exit:" + code : "none");
      ups++;
    }
    if (random.nextInt(4) == 0) {
      script(name + "/terminate", "term", "dies", "none");
    }
    roles.add(role + (logged ? " with log, " : ", ") + manner + ", " + ending);
  }

  private void script(String file, String role, String manner, String ending) {
    List<String> words =
        List.of(
            "exec -a soak",
            program.toString(),
            directory.resolve("block").toString(),
            Integer.toString(random.nextInt(Integer.MAX_VALUE)),
            role,
            manner,
            ending);
    builder.script(file, String.join(" ", words));
  }

  /** Runs it; what is wrong with it is an AssertionError that tells all. */
  String run() {
    try (Container c = builder.start()) {
      try {
        return live(c);
      } catch (AssertionError e) {
        String messages = String.join("\n", err.messages());
        String processes = processes(c);
        throw new AssertionError(
            String.join("\n", e.getMessage(), toString(), messages, processes), e);
      }
    }
  }

  private String live(Container c) {
    if (end != End.BAD_SERVICE) {
      liveAndWork(c);
    }
    endIt(c);
    int code = c.exitCode();
    List<String> faults = new ArrayList<>();
    if (code != expectedCode) {
      faults.add("the exit code is " + code + " and not " + expectedCode);
    }
    faults.addAll(out.faults());
    faults.addAll(err.faults());
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("\n", faults));
    }
    return end + ": exit " + code + ", " + (out.lines() + err.lines()) + " lines" + growth();
  }

  /** Those that are left, and what they wait for. */
  private String processes(Container c) {
    if (!c.isAlive()) {
      return "no process is left";
    }
    String all = Container.run("ps", "-eo", "pid,ppid,stat,wchan:24,etimes,args");
    return all.lines()
        .filter(l -> l.contains(directory.toString()) || l.contains(" " + c.pid() + " "))
        .reduce("", (one, other) -> one + other + "\n");
  }

  private void liveAndWork(Container c) {
    Container.await("all services", () -> block.up() == ups);
    Container.await("one to leave", () -> !disables || err.said("has disabled itself") > 0);
    long pid = c.pid();
    TreeMap<String, String> before = settledFiles(pid);
    int threads = Container.threads(pid);
    block.begin(SoakBlock.WORK);
    work(c, pid);
    block.begin(SoakBlock.QUIET);
    awaitSame(before, pid);
    Container.await("the zombies' end", () -> zombies(pid).isEmpty());
    int after = Container.threads(pid);
    if (after > threads + 1) {
      throw new AssertionError("there were " + threads + " threads, and are " + after);
    }
    checkMemory();
  }

  /** The first message opens the logging library, the first scan the list of orphans. */
  private TreeMap<String, String> settledFiles(long pid) {
    Container.await("a message", () -> err.said("has started as") > 0);
    if (!policy.equals("ignore")) {
      Container.await("a scan", () -> openFiles(pid).toString().contains("/children"));
    }
    Container.await("the end of what left", () -> pipes(openFiles(pid)) == pipes);
    return openFiles(pid);
  }

  /** How many pipes of services are open. */
  private static long pipes(TreeMap<String, String> files) {
    List<String> standard = Arrays.asList(files.get("0"), files.get("1"), files.get("2"));
    return files.values().stream()
        .filter(file -> file.startsWith("pipe:") && !standard.contains(file))
        .count();
  }

  private static TreeMap<String, String> openFiles(long pid) {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> numbers = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      for (Path number : numbers.toList()) {
        files.put(number.getFileName().toString(), Files.readSymbolicLink(number).toString());
      }
    } catch (IOException e) {
      files.put("?", e.toString());
    }
    return files;
  }

  private static void awaitSame(TreeMap<String, String> before, long pid) {
    try {
      Container.await("the descriptors", () -> openFiles(pid).equals(before));
    } catch (AssertionError e) {
      throw new AssertionError("open before: " + before + "\nopen after: " + openFiles(pid), e);
    }
  }

  private static List<Long> zombies(long pid) {
    return Container.children(pid).stream()
        .filter(child -> status(child, "State:").startsWith("Z"))
        .toList();
  }

  private static String status(long pid, String field) {
    return line(Path.of("/proc/" + pid + "/status"), field);
  }

  private static String line(Path file, String field) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(l -> l.startsWith(field))
          .findAny()
          .map(l -> l.substring(field.length()).trim())
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private void work(Container c, long pid) {
    Instant until = Instant.now().plus(work);
    while (Instant.now().isBefore(until)) {
      Container.sleep(Duration.ofMillis(50 + random.nextInt(200)));
      if (random.nextInt(4) == 0) {
        c.signal(HARMLESS.get(random.nextInt(HARMLESS.size())));
      }
      String kib = line(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss_Anon:");
      memory.add(Long.parseLong(kib.replace(" kB", "")));
    }
    if (end == End.ADOPTED_EXITS) {
      Container.await("the adopting", () -> err.said("adopting reparented") > 0);
    }
  }

  private long least(int fromPercent, int toPercent) {
    int size = memory.size();
    return memory.subList(size * fromPercent / 100, Math.max(1, size * toPercent / 100)).stream()
        .mapToLong(Long::longValue)
        .min()
        .orElse(0);
  }

  private void checkMemory() {
    boolean enough = work.compareTo(LONG_ENOUGH_FOR_MEMORY) >= 0;
    if (enough && least(80, 100) - least(40, 60) > MAX_GROWTH_KIB) {
      throw new AssertionError("memory grows, in KiB: " + memory);
    }
  }

  private String growth() {
    return memory.isEmpty()
        ? ""
        : ", memory " + least(0, 20) + ", " + least(40, 60) + ", " + least(80, 100) + " KiB";
  }

  private void endIt(Container c) {
    if (end == End.SIGNAL) {
      c.signal(any("TERM", "INT", "QUIT", "RTMIN+3"));
      if (random.nextBoolean()) {
        c.signal(any("TERM", "INT", "HUP"));
      }
    } else {
      block.begin(SoakBlock.END);
    }
  }

  @Override
  public String toString() {
    return work.toMillis() + " ms, " + end + ", " + roles;
  }
}
