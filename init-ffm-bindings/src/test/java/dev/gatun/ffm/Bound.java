package dev.gatun.ffm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What gatun.args says is bound. */
final class Bound {
  private Bound() {}

  /** The directory of gatun.args and gatun.h. */
  static Path directory() {
    Path inModule = Path.of(System.getProperty("basedir", ""), "src/main/jextract");
    return Files.isDirectory(inModule)
        ? inModule.toAbsolutePath()
        : Path.of("init-ffm-bindings").resolve("src/main/jextract").toAbsolutePath();
  }

  /** The names that {@code --include-<kind>} lists. */
  static List<String> names(String kind) throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(directory().resolve("gatun.args"))) {
      String[] words = line.split(" ");
      if (words[0].equals("--include-" + kind)) {
        names.add(words[1]);
      }
    }
    return names;
  }
}
