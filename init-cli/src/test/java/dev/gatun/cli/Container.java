package dev.gatun.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/**
 * The built program, run as users run it: as PID 1 of a pid namespace of its own, or as an ordinary
 * process, on services that are shell scripts.
 */
final class Container implements AutoCloseable {
  /** How long what must come is waited for: longer where it takes long to start a process. */
  static final Duration PATIENCE = Duration.ofSeconds(120 * timesSlower());

  private static final boolean NAMESPACES = canUnshare();

  private final Process process;
  private final boolean namespaced;
  private final Drain stdout;
  private final Drain stderr;

  private Container(Process process, Builder builder) {
    this.process = process;
    this.namespaced = builder.namespaced;
    this.stdout = new Drain(process.getInputStream(), builder.stdout.get(), builder.pause);
    this.stderr = new Drain(process.getErrorStream(), builder.stderr.get(), Duration.ZERO);
  }

  /** Skips the test where the machine does not let us make pid namespaces. */
  static void assumeNamespaces() {
    if (!NAMESPACES) {
      Assumptions.abort("skipped: pid namespaces need root and unshare(1) (Debian: util-linux)");
    }
  }

  /** Skips the test where another user does not get at the launcher. */
  static void assumeOthersMayRead() {
    String launcher = launcher().toString();
    Assumptions.assumeTrue(
        run("setpriv", "--reuid", "1001", "--clear-groups", "head", "-c2", launcher).equals("#!"),
        "skipped: another user may not read " + launcher);
  }

  private static boolean canUnshare() {
    try {
      Process probe =
          new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true")
              .redirectErrorStream(true)
              .start();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How many times as long a fork takes as where the tests were written, 0.4 ms; at most 20. */
  private static long timesSlower() {
    final int forks = 200;
    long begin = System.nanoTime();
    run("bash", "-c", "for ((i = 0; i < " + forks + "; i++)); do (:); done");
    long forkMicros = (System.nanoTime() - begin) / 1000 / forks;
    return Math.clamp(forkMicros / 400, 1, 20);
  }

  static Path launcher() {
    return Path.of(System.getProperty("gatun.dist"), "gatun");
  }

  static String javaHome() {
    return System.getProperty("java.home");
  }

  /** The services of a container and how it is to be run. */
  static final class Builder {
    private final Path services;
    private final List<String> command = new ArrayList<>(List.of(launcher().toString()));
    private final Map<String, String> environment = new java.util.TreeMap<>();
    private boolean namespaced = true;
    private Duration pause = Duration.ZERO;
    private Supplier<OutputStream> stdout = ByteArrayOutputStream::new;
    private Supplier<OutputStream> stderr = ByteArrayOutputStream::new;

    Builder(Path directory) {
      this.services = directory.resolve("services");
      createDirectories(services);
      environment.put("DINIT_DIR", services.toString());
    }

    /** A service whose {@code run} is a shell script; more files may follow as name and text. */
    Builder service(String name, String run) {
      return script(name + "/run", run);
    }

    Builder script(String path, String text) {
      return executable(path, "#!/bin/bash\n" + text + "\n");
    }

    Builder executable(String path, String content) {
      file(path, content);
      try {
        Path file = services.resolve(path);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    Builder file(String path, String content) {
      Path file = services.resolve(path);
      createDirectories(file.getParent());
      try {
        Files.writeString(file, content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    Builder link(String path, String target) {
      Path file = services.resolve(path);
      createDirectories(file.getParent());
      try {
        Files.createSymbolicLink(file, Path.of(target));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    Builder env(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Not PID 1, but a process like any other. */
    Builder withoutNamespace() {
      namespaced = false;
      return this;
    }

    /** What is executed instead of the launcher. */
    Builder command(String... words) {
      command.clear();
      command.addAll(List.of(words));
      return this;
    }

    /** The reader of stdout stops for that long once it has read something. */
    Builder readerPauses(Duration duration) {
      pause = duration;
      return this;
    }

    /** Both go there and are not kept; whoever takes them may take their time. */
    Builder output(OutputStream takesStdout, OutputStream takesStderr) {
      stdout = () -> takesStdout;
      stderr = () -> takesStderr;
      return this;
    }

    Container start() {
      // Whoever runs the tests may ignore signals, as nohup does.
      List<String> words = new ArrayList<>(List.of("env", "--default-signal"));
      if (namespaced) {
        assumeNamespaces();
        words.addAll(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
      }
      words.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.environment().keySet().removeIf(name -> name.matches("(DINIT|GATUN|JAVA|JDK)_.*"));
      builder.environment().put("PATH", javaHome() + "/bin:" + System.getenv("PATH"));
      builder.environment().putAll(environment);
      try {
        return new Container(builder.start(), this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void createDirectories(Path directory) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gatun's pid as it is seen from here; waits until there is such a process. */
  long pid() {
    if (!namespaced) {
      return process.pid();
    }
    await("gatun's start", () -> !children(process.pid()).isEmpty());
    return children(process.pid()).getFirst();
  }

  /** The children of a process, its threads' included, as the kernel lists them. */
  static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks) {
        for (String child : Files.readString(task.resolve("children")).split(" ")) {
          if (!child.isBlank()) {
            children.add(Long.parseLong(child.trim()));
          }
        }
      }
    } catch (IOException e) {
      return children;
    }
    return children;
  }

  /** How many children of a process have ended and were not waited for yet. */
  static long zombies(long pid) {
    return children(pid).stream()
        .filter(child -> Runit.text(Path.of("/proc/" + child + "/status")).contains("State:\tZ"))
        .count();
  }

  /** How many threads a process has. */
  static int threads(long pid) {
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return (int) tasks.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void signal(String name) {
    run("kill", "-" + name, String.valueOf(pid()));
  }

  static String run(String... words) {
    try {
      Process tool = new ProcessBuilder(words).redirectErrorStream(true).start();
      String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      tool.waitFor();
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The exit code; a container that does not end is a failure that shows what it said. */
  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the container does not end\n" + both());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    stdout.join();
    stderr.join();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until stdout or stderr has that text. */
  Container awaitText(String text) {
    awaitOutput("the text " + text, () -> stdout().contains(text) || stderr().contains(text));
    return this;
  }

  /** Waits until this container's output is so; a failure shows what it had said by then. */
  void awaitOutput(String what, BooleanSupplier condition) {
    await(() -> what + "\n" + both(), condition);
  }

  static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  private static void await(Supplier<String> what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      sleep(Duration.ofMillis(2));
    }
  }

  static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String stdout() {
    return new String(stdoutBytes(), StandardCharsets.UTF_8);
  }

  byte[] stdoutBytes() {
    return stdout.bytes();
  }

  String stderr() {
    return new String(stderr.bytes(), StandardCharsets.UTF_8);
  }

  String both() {
    return "stdout:\n" + stdout() + "\nstderr:\n" + stderr();
  }

  void closeStdout() {
    stdout.close();
  }

  @Override
  public void close() {
    for (ProcessHandle descendant : process.descendants().toList()) {
      descendant.destroyForcibly();
    }
    process.destroyForcibly();
  }

  /** Reads a stream to its end in a thread of its own. */
  private static final class Drain {
    private final InputStream stream;
    private final OutputStream into;
    private final Thread thread;

    Drain(InputStream stream, OutputStream into, Duration pauseAfterFirstByte) {
      this.stream = stream;
      this.into = into;
      this.thread = Thread.ofVirtual().unstarted(() -> drain(pauseAfterFirstByte));
      thread.start();
    }

    private void drain(Duration pause) {
      byte[] buffer = new byte[64 * 1024];
      try {
        boolean first = true;
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
          synchronized (into) {
            into.write(buffer, 0, count);
          }
          if (first) {
            sleep(pause);
            first = false;
          }
        }
      } catch (IOException e) {
        // Closed by the test.
      }
    }

    byte[] bytes() {
      synchronized (into) {
        return into instanceof ByteArrayOutputStream kept ? kept.toByteArray() : new byte[0];
      }
    }

    void close() {
      try {
        stream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void join() {
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
