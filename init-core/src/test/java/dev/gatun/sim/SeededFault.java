package dev.gatun.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A fault that is put into the machine on purpose: a patch to its sources. It is compiled beside
 * the classes that are there, and the simulation runs on it until it is found.
 *
 * @param name of the patch, without its ending
 * @param meaning the first line of the patch
 * @param sources the patched sources, by path below the repository
 */
record SeededFault(String name, String meaning, Map<Path, String> sources) {
  private static final String SOURCES = "init-core/src/main/java";
  private static final String ENDING = ".patch";

  /** All patches of the directory, by name. */
  static List<SeededFault> all(Path repository) {
    Path directory = repository.resolve("init-core/src/test/faults");
    try (Stream<Path> patches = Files.walk(directory)) {
      return patches
          .filter(path -> path.toString().endsWith(ENDING))
          .sorted(Comparator.comparing(Path::toString))
          .map(patch -> read(repository, patch))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SeededFault read(Path repository, Path patch) {
    try {
      List<String> lines = Files.readAllLines(patch);
      String name = patch.getFileName().toString().replace(ENDING, "");
      return new SeededFault(name, lines.getFirst(), new Patch(lines).applyTo(repository));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets the simulation look for it.
   *
   * @param classes where the classes are that it is compiled against, tests among them
   * @return what {@link Simulate#firstFault} says, empty when it was not found in time
   */
  String find(List<Path> classes, Path work, double seconds) throws Exception {
    Path target = Files.createDirectories(work.resolve(name));
    compile(classes, target);
    List<URL> urls = new ArrayList<>();
    urls.add(target.toUri().toURL());
    for (Path each : classes) {
      urls.add(each.toUri().toURL());
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), platform)) {
      Class<?> simulate = loader.loadClass(Simulate.class.getName());
      return (String)
          simulate.getMethod("firstFault", long.class, double.class).invoke(null, 1L, seconds);
    }
  }

  private void compile(List<Path> classes, Path target) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d"));
    arguments.add(target.toString());
    arguments.add("-cp");
    arguments.add(String.join(":", classes.stream().map(Path::toString).toList()));
    for (Map.Entry<Path, String> source : sources.entrySet()) {
      Path file = target.resolve(Path.of(SOURCES).relativize(source.getKey()));
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
      throw new IllegalStateException("the fault " + name + " does not compile");
    }
  }

  /** A unified diff, whose hunks are found by their text: other lines may come and go. */
  private record Patch(List<String> lines) {

    Map<Path, String> applyTo(Path repository) throws IOException {
      Map<Path, String> patched = new TreeMap<>();
      Path file = null;
      int at = 0;
      while (at < lines.size()) {
        String line = lines.get(at++);
        if (line.startsWith("+++ b/")) {
          file = Path.of(line.substring("+++ b/".length()));
          patched.put(file, Files.readString(repository.resolve(file)));
        } else if (line.startsWith("@@ ")) {
          int end = at;
          while (end < lines.size() && isOfHunk(lines.get(end))) {
            end++;
          }
          patched.put(file, replaceHunk(file, patched.get(file), lines.subList(at, end)));
          at = end;
        }
      }
      return patched;
    }

    private static boolean isOfHunk(String line) {
      return line.startsWith(" ")
          || line.startsWith("+") && !line.startsWith("+++ ")
          || line.startsWith("-") && !line.startsWith("--- ");
    }

    private static String replaceHunk(Path file, String text, List<String> hunk) {
      String before = textOf(hunk, '-');
      int at = text.indexOf(before);
      if (at < 0 || text.indexOf(before, at + 1) >= 0) {
        throw new IllegalStateException(
            "cannot put a fault into "
                + file
                + ": this is not there exactly once; make the patch"
                + " anew:\n"
                + before);
      }
      return text.substring(0, at) + textOf(hunk, '+') + text.substring(at + before.length());
    }

    private static String textOf(List<String> hunk, char side) {
      StringBuilder text = new StringBuilder();
      for (String line : hunk) {
        if (line.charAt(0) == ' ' || line.charAt(0) == side) {
          text.append(line, 1, line.length()).append('\n');
        }
      }
      return text.toString();
    }
  }
}
