import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of the modules, made anew where they are older than their sources. */
final class Classes {
  private static final Path SIMULATE =
      Path.of("init-core/target/test-classes/dev/gatun/sim/Simulate.class");
  private static final Path SOAK = Path.of("init-cli/target/test-classes/dev/gatun/cli/Soak.class");
  private static final Path LAUNCHER = Path.of("init-cli/target/gatun/gatun");

  private Classes() {}

  /** The class path of init-core and its tests. */
  static String ofCoreAndTests() throws InterruptedException {
    if (isStale(SIMULATE, Path.of("init-core/src"))) {
      Tool.must(Tool.maven("-pl", "init-ffm-bindings,init-core", "test-compile"));
      touch(SIMULATE);
    }
    return ofCore() + ":init-core/target/test-classes";
  }

  static String ofCore() {
    return "init-ffm-bindings/target/classes:init-core/target/classes";
  }

  /** Runs a program of init-core's tests; its exit code. */
  static int run(String program, List<String> arguments) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(Tool.java(), "-XX:+UseSerialGC"));
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", ofCoreAndTests(), program));
    words.addAll(arguments);
    return Tool.run(words);
  }

  /** Builds the program as users get it, and its tests. */
  static void buildProgram() throws InterruptedException {
    boolean stale = !Files.exists(LAUNCHER);
    for (String module : List.of("init-ffm-bindings", "init-core", "init-cli")) {
      stale |= isStale(SOAK, Path.of(module, "src"));
    }
    if (stale) {
      Tool.must(Tool.maven("package", "-DskipTests"));
      touch(SOAK);
    }
  }

  /** The launcher of the built program. */
  static Path launcher() {
    if (!Files.isExecutable(LAUNCHER)) {
      throw new Tool.Failure(
          2, "cannot find " + LAUNCHER + ": build it with ./mvnw package -Dmaven.test.skip=true");
    }
    return LAUNCHER.toAbsolutePath();
  }

  /** Whether a file is missing, or older than any file below a directory. */
  static boolean isStale(Path built, Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      if (!Files.exists(built)) {
        return true;
      }
      FileTime time = Files.getLastModifiedTime(built);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(time) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new Tool.Failure("cannot look at " + sources + ": " + e.getMessage());
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new Tool.Failure("cannot touch " + file + ": " + e.getMessage());
    }
  }

  /** Compiles sources with all warnings as errors. */
  static void compile(Path into, String classPath, List<Path> sources) throws InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    words.addAll(List.of("-Xlint:all,-processing,-path", "-Werror", "-d", into.toString()));
    words.addAll(List.of("-cp", classPath));
    sources.forEach(source -> words.add(source.toString()));
    Tool.must(words);
  }

  /** Files below a directory whose names end so. */
  static List<Path> files(Path directory, String ending) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new Tool.Failure("cannot look at " + directory + ": " + e.getMessage());
    }
  }

  /** All jars of a directory, as a class path. */
  static String jars(Path directory) {
    return directory + File.separator + "*";
  }
}
