package dev.gatun.cli;

import dev.gatun.layout.JournalSettings;
import dev.gatun.layout.Layouts;
import dev.gatun.linux.Subprocess;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code gatun optimize}: prepares Gatun for the JDK and the directory that it is going to run
 * with. The launcher gets all options of the JVM through a file, and the JVM a cache of its classes
 * as they are after start-up, which a run on an example service fills.
 *
 * <p>A cache that turns out to be unusable later is ignored by the JVM with a warning, as far as
 * the JVM looks at it: not at every byte, which would cost each start a twentieth more.
 */
final class Optimize {
  static final String SHIPPED_OPTIONS = "jvm.options";

  /** What Gatun makes of the shipped options; the launcher and {@link Relaunch} use it. */
  static final String OPTIONS = "gatun.options";

  private static final String EXAMPLE = "example";
  private static final long BYTES_A_MEGABYTE = 1_000_000;

  /** With what the JVM needs beside it while it makes one. */
  private static final long MEGABYTES_OF_A_CACHE = 40;

  private final Path launcher;
  private final Path options;
  private final Path java;
  private final Environment environment;

  Optimize(Path launcher, Environment environment) {
    this.launcher = launcher;
    this.options = launcher.resolveSibling(OPTIONS);
    this.java = Path.of(System.getProperty("java.home"), "bin", "java");
    this.environment = environment;
  }

  /**
   * Does all of it, or leaves everything as it was.
   *
   * @return what was done, in a line
   * @throws IOException whose message says what could not be done, and why
   */
  String run() throws IOException {
    Path shipped = launcher.resolveSibling(SHIPPED_OPTIONS);
    if (!Files.isReadable(shipped)) {
      throw new IOException("cannot read " + shipped + ": copy the whole directory of Gatun");
    }
    ClassCache cache = ClassCache.of(Runtime.version().feature(), launcher);
    SavedFiles kept = new SavedFiles(launcher, options, cache.file());
    try {
      kept.keep();
      String done = run(Files.readString(shipped) + classPath(), cache);
      kept.forget();
      return done;
    } catch (AccessDeniedException e) {
      undo(kept, cache);
      throw new IOException(
          "cannot write "
              + e.getFile()
              + ": permission denied: run it as the owner of "
              + launcher.getParent());
    } catch (IOException e) {
      String cause = withFreeSpace(e.getMessage());
      undo(kept, cache);
      throw new IOException(cause, e);
    } catch (RuntimeException | Error e) {
      undo(kept, cache);
      throw e;
    }
  }

  private void undo(SavedFiles kept, ClassCache cache) throws IOException {
    kept.putBack();
    SavedFiles.delete(SavedFiles.fresh(options));
    SavedFiles.delete(SavedFiles.fresh(launcher));
    for (Path halfDone : cache.halfDone()) {
      SavedFiles.delete(halfDone);
    }
  }

  private String run(String shippedOptions, ClassCache cache) throws IOException {
    Files.deleteIfExists(cache.file());
    // The cache knows the jar by its size and time, so the launcher has to be final before.
    writeOptions(shippedOptions);
    String word = LauncherFile.useOptions(launcher, options, java);
    fill(cache);
    check(cache);
    Files.move(cache.fresh(), cache.file(), StandardCopyOption.ATOMIC_MOVE);
    writeOptions(
        shippedOptions + "\n# Classes as they are after start-up.\n" + cache.use(cache.file()));
    String done = launcher + " uses " + options + " and " + cache.file() + ", made with " + jdk();
    return word.equals(LauncherFile.ANY_JVM)
        ? done + "; its first line has no room for " + java + ", so let that be first on the PATH"
        : done;
  }

  private String classPath() {
    return "\n"
        + "# What the jar's manifest says, without opening it.\n"
        + "--enable-native-access=ALL-UNNAMED\n"
        + "-cp "
        + launcher
        + "\n";
  }

  private static String jdk() {
    return "JDK " + Runtime.version() + " of " + System.getProperty("java.home");
  }

  private void writeOptions(String text) throws IOException {
    Path fresh = SavedFiles.fresh(options);
    Files.writeString(fresh, "# Made by gatun optimize with " + jdk() + ".\n" + text + "\n");
    Files.move(fresh, options, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Runs a container on a service that every image with Java has: the java command itself, which
   * writes its version to standard output. Gatun says what it says by default, which is how it
   * ends; the logging library, which that does not need, stays out of what every start maps.
   */
  private void fill(ClassCache cache) throws IOException {
    Path services = Files.createTempDirectory("gatun-optimize");
    Path service = Files.createDirectory(services.resolve(EXAMPLE));
    Files.createSymbolicLink(service.resolve("run"), java);
    try {
      // With a journal, so that a container that keeps one does not wait for its classes.
      Environment example =
          environment
              .with(Layouts.VARIABLE, OsString.of("dinit"))
              .with("DINIT_DIR", OsString.of(services.toString()))
              .with(JournalSettings.VARIABLE, OsString.of("/dev/null"))
              .with("DINIT_LOG_LEVEL", OsString.of("warn"))
              .with(LauncherEnvironment.JAVA_OPTIONS_ASIDE, OsString.of("--show-version"));
      Subprocess.Result result =
          java(example, "@" + options, cache.make(), Training.class.getName());
      if (!Files.exists(cache.fresh())) {
        throw new IOException("cannot make " + cache.file() + ": " + ofTheJvm(result.output()));
      }
    } finally {
      Files.delete(service.resolve("run"));
      Files.delete(service);
      Files.delete(services);
    }
  }

  /** What the JVM has to say, without the lines of the example. */
  private static String ofTheJvm(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank() && !line.contains(" " + EXAMPLE + "/run: "))
        .collect(Collectors.joining("; "));
  }

  /** What was said, and that there is too little room, if so. */
  private String withFreeSpace(String said) throws IOException {
    long free = Files.getFileStore(launcher).getUsableSpace() / BYTES_A_MEGABYTE;
    return free < MEGABYTES_OF_A_CACHE
        ? said + " (" + free + " MB are free in " + launcher.getParent() + ")"
        : said;
  }

  /** A JVM that may not do without the cache tells whether it can be used. */
  private void check(ClassCache cache) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("@" + options, cache.use(cache.fresh())));
    arguments.add(ClassCache.VERIFY);
    arguments.addAll(List.of(cache.insist(), Gatun.class.getName(), "--version"));
    Subprocess.Result result = java(environment, arguments.toArray(new String[0]));
    if (!result.status().isSuccess()) {
      throw new IOException("cannot use the cache that was made: " + ofTheJvm(result.output()));
    }
  }

  private Subprocess.Result java(Environment variables, String... arguments) throws IOException {
    List<OsString> words = new ArrayList<>();
    for (String argument : arguments) {
      words.add(OsString.of(argument));
    }
    return Subprocess.run(OsString.of(java.toString()), words, variables);
  }
}
