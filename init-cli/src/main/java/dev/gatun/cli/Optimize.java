package dev.gatun.cli;

import dev.gatun.layout.JournalSettings;
import dev.gatun.layout.Layouts;
import dev.gatun.linux.Subprocess;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code gatun optimize}: prepares Gatun for the JDK and the directory that it is going to run
 * with. The launcher gets all options of the JVM through a file, and the JVM a cache of its classes
 * as they are after start-up, which a run on an example service fills.
 *
 * <p>A cache that turns out to be unusable later is ignored by the JVM with a warning: nothing here
 * can keep a container from starting.
 */
final class Optimize {
  static final String SHIPPED_OPTIONS = "jvm.options";

  /** What Gatun makes of the shipped options; the launcher and {@link Relaunch} use it. */
  static final String OPTIONS = "gatun.options";

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
   * Does all of it.
   *
   * @return what was done, in a line
   * @throws IOException whose message says what could not be done; the launcher works all the same
   */
  String run() throws IOException {
    Path shipped = launcher.resolveSibling(SHIPPED_OPTIONS);
    if (!Files.isReadable(shipped)) {
      throw new IOException("cannot read " + shipped + ": copy the whole directory of Gatun");
    }
    String shippedOptions = Files.readString(shipped) + classPath();
    ClassCache cache = ClassCache.of(Runtime.version().feature(), launcher);
    Files.deleteIfExists(cache.file());
    // The cache knows the jar by its size and time, so the launcher has to be final before.
    writeOptions(shippedOptions);
    LauncherFile.useOptions(launcher, options);
    fill(cache);
    check(cache);
    Files.move(cache.fresh(), cache.file(), StandardCopyOption.ATOMIC_MOVE);
    writeOptions(
        shippedOptions + "\n# Classes as they are after start-up.\n" + cache.use(cache.file()));
    return launcher + " uses " + options + " and " + cache.file() + ", made with " + jdk();
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
    Path fresh = options.resolveSibling(OPTIONS + ".new");
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
    Path service = Files.createDirectory(services.resolve("example"));
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
        throw new IOException("cannot make " + cache.file() + ": " + result.output());
      }
    } finally {
      Files.delete(service.resolve("run"));
      Files.delete(service);
      Files.delete(services);
    }
  }

  /** A JVM that may not do without the cache tells whether it can be used. */
  private void check(ClassCache cache) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("@" + options, cache.use(cache.fresh())));
    arguments.addAll(List.of(cache.insist(), Gatun.class.getName(), "--version"));
    Subprocess.Result result = java(environment, arguments.toArray(new String[0]));
    if (!result.status().isSuccess()) {
      Files.delete(cache.fresh());
      throw new IOException("cannot use the cache that was made: " + result.output());
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
