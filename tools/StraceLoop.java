import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs Gatun under strace and prints what its loop did, turn by turn. */
final class StraceLoop implements Verb {
  private static final Path SOURCES = Path.of("init-cli/src/test/java/dev/gatun/strace");
  private static final Path CLASSES = Path.of("init-cli/target/test-classes");
  private static final String PROGRAM = "dev/gatun/strace/StraceLoop";

  private Path traces;
  private String services;
  private boolean calls;
  private boolean traced;
  private boolean told;

  @Override
  public String name() {
    return "strace-loop";
  }

  @Override
  public String line() {
    return "print what the loop does, turn by turn, as strace sees it";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev strace-loop [--seconds N] [--calls] [--keep DIR] [--no-install] SERVICES

    Runs the built Gatun on the service directory SERVICES under strace, and when the container
    has ended prints the turns of its loop on standard output: what woke it (the signals, the end
    of a service, the output of a service, its time), what it did then (heard, read, reaped,
    spawned, sent, wrote), and how long each call and the whole turn took. What the container
    itself writes goes to standard error.
      --seconds N    end the container with TERM after N seconds; otherwise it ends by itself, or
                     by Ctrl-C
      --calls        print each system call as well, as strace tells it
      --keep DIR     leave strace's files in DIR, which is made: trace.TID for each thread
      --no-install   do not install strace when it is missing; say how to get it
    Calls that the JVM makes for itself (memory, locks, loading classes) are only counted. Times
    include what strace costs. Under strace no process can be adopted
    (DINIT_REPARENTING_POLICY=adopt).
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options =
        new Options(
            this, arguments, Set.of("--calls", "--no-install"), Set.of("--seconds", "--keep"));
    String seconds =
        options.matching("--seconds", "", "[1-9]\\d{0,5}", "a whole number of at least 1");
    services = services(options.others());
    calls = options.has("--calls");
    Path launcher = Classes.launcher();
    if (!Tool.isOnPath("strace")) {
      String setup = "scripts/setup";
      Tool.output(
          options.has("--no-install")
              ? new String[] {setup, "--no-install", "test"}
              : new String[] {setup, "test"});
    }
    boolean stay = options.has("--keep");
    traces = stay ? empty(Path.of(options.text("--keep", ""))) : temporary();
    // Ctrl-C is for the container, which ends in order; its turns are printed all the same.
    Thread onInterrupt = new Thread(this::tellQuietly);
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    trace(launcher, seconds.isEmpty() ? 0 : Long.parseLong(seconds));
    int code = tell();
    if (!stay) {
      Tool.deleteAll(traces);
    }
    return code;
  }

  private static String services(List<String> others) {
    if (others.size() != 1) {
      throw new Tool.Failure(
          2, "cannot run without a service directory: name one, such as examples/web/services");
    }
    String directory = others.getFirst();
    if (!Files.isDirectory(Path.of(directory))) {
      throw new Tool.Failure(
          2, "cannot read the service directory '" + directory + "': it is no directory");
    }
    return directory;
  }

  private static Path empty(Path directory) {
    Tool.makeDirectory(directory);
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        throw new Tool.Failure(2, "cannot keep the trace in '" + directory + "': it is not empty");
      }
      return directory;
    } catch (IOException e) {
      throw new Tool.Failure(2, "cannot keep the trace: " + e.getMessage());
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("strace-loop");
    } catch (IOException e) {
      throw new Tool.Failure("cannot make a directory for the trace: " + e.getMessage());
    }
  }

  private void trace(Path launcher, long seconds) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of("strace", "-ff", "-ttt", "-T", "-y", "-s", "160"));
    words.addAll(List.of("-o", traces.resolve("trace").toString(), "bash", "-c"));
    words.addAll(List.of("echo $$ >\"$1\"; exec \"$2\" >&2", "-"));
    Path pid = traces.resolve("pid");
    words.addAll(List.of(pid.toString(), launcher.toString()));
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().put("DINIT_DIR", Path.of(services).toAbsolutePath().toString());
    try {
      Process process = builder.start();
      if (seconds > 0 && !process.waitFor(seconds, TimeUnit.SECONDS)) {
        Tool.run(List.of("kill", "-TERM", Files.readString(pid).strip()));
      }
      System.err.println("strace-loop: Gatun ended with exit code " + process.waitFor());
    } catch (IOException e) {
      throw new Tool.Failure("cannot run strace: " + e.getMessage());
    }
    synchronized (this) {
      traced = true;
      notifyAll();
    }
  }

  private void tellQuietly() {
    try {
      tell();
    } catch (InterruptedException | Tool.Failure e) {
      System.err.println("strace-loop: " + e.getMessage());
    }
  }

  /** Once, when the trace is there. */
  private synchronized int tell() throws InterruptedException {
    while (!traced) {
      wait();
    }
    if (told) {
      return 0;
    }
    told = true;
    List<String> words = new ArrayList<>(List.of(Tool.java(), "-XX:TieredStopAtLevel=1"));
    // Compiled with the tests, or now, which takes some seconds.
    if (Classes.isStale(CLASSES.resolve(PROGRAM + ".class"), SOURCES)) {
      words.add(SOURCES.resolve("StraceLoop.java").toString());
    } else {
      words.addAll(List.of("-cp", CLASSES.toString(), PROGRAM.replace('/', '.')));
    }
    words.addAll(List.of(services, traces.toString(), String.valueOf(calls)));
    return Tool.run(words);
  }
}
