import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What verbs have in common: running programs, from the root of the repository. */
final class Tool {
  /** What a verb ends with that cannot be done on this machine. */
  static final int SKIPPED = 77;

  private Tool() {}

  /** A sentence that says what cannot be done, why, and what to do; and the exit code. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int code;

    Failure(int code, String message) {
      super(message);
      this.code = code;
    }

    Failure(String message) {
      this(1, message);
    }

    int code() {
      return code;
    }
  }

  /** Wrong arguments. */
  static Failure misuse(Verb verb, String argument) {
    return new Failure(
        2, "unknown argument '" + argument + "'; see scripts/dev " + verb.name() + " --help");
  }

  /** Runs a program whose output is this one's; the exit code. */
  static int run(List<String> words) throws InterruptedException {
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new Failure("cannot run " + words.getFirst() + ": " + e.getMessage());
    }
  }

  /** Runs a program that must end well. */
  static void must(List<String> words) throws InterruptedException {
    int code = run(words);
    if (code != 0) {
      throw new Failure("exit code " + code + " of: " + String.join(" ", words));
    }
  }

  /** What a program prints to standard output, if it ends well. */
  static String output(String... words) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new Failure("exit code " + process.exitValue() + " of: " + String.join(" ", words));
      }
      return text;
    } catch (IOException e) {
      throw new Failure("cannot run " + words[0] + ": " + e.getMessage());
    }
  }

  /** What a program prints to standard error; its standard output is thrown away. */
  static String errors(List<String> words) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException e) {
      throw new Failure("cannot run " + words.getFirst() + ": " + e.getMessage());
    }
  }

  /** The words of a Maven run that prints nothing but failures. */
  static List<String> maven(String... words) {
    List<String> command = new ArrayList<>(List.of("./mvnw", "-q", "-B", "-ntp"));
    command.addAll(List.of(words));
    return command;
  }

  /** The java of the JDK that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Whether this machine lets us make pid namespaces. */
  static boolean canUnshare() {
    try {
      Process probe =
          new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "--mount-proc", "true")
              .redirectErrorStream(true)
              .start();
      probe.getInputStream().readAllBytes();
      return probe.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The text of a file of the repository. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Failure("cannot read " + file + ": " + e.getMessage());
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new Failure("cannot write " + file + ": " + e.getMessage());
    }
  }

  static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Failure("cannot make the directory " + directory + ": " + e.getMessage());
    }
  }

  /** A directory and all that is in it, if it is there. */
  static void deleteAll(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new Failure("cannot delete " + directory + ": " + e.getMessage());
    }
  }

  static boolean isOnPath(String program) {
    for (String directory : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
