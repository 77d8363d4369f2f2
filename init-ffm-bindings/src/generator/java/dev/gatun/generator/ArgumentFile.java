package dev.gatun.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of jextract's argument files that Gatun uses: one option and its value a line, comments
 * from {@code #} to the end of the line. A comment on a line of its own titles what follows it.
 *
 * @param targetPackage the value of {@code --target-package}
 * @param headerClass the value of {@code --header-class-name}
 * @param includes every {@code --include-…}, in the order of the file
 */
record ArgumentFile(String targetPackage, String headerClass, List<Include> includes) {

  /** What an {@code --include-…} option asks for. */
  enum Kind {
    FUNCTION,
    VAR,
    STRUCT,
    UNION,
    TYPEDEF,
    CONSTANT
  }

  /**
   * One {@code --include-…}.
   *
   * @param title the comment above it
   * @param where file and line, for messages
   */
  record Include(Kind kind, String name, String title, String where) {}

  static ArgumentFile read(Path file) throws IOException {
    String targetPackage = null;
    String headerClass = null;
    List<Include> includes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String title = "";
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String where = file.getFileName() + ":" + number;
      String text = line.strip();
      if (text.startsWith("#")) {
        title = text.substring(1).strip();
        continue;
      }
      int comment = text.indexOf(" #");
      if (comment >= 0) {
        text = text.substring(0, comment).strip();
      }
      if (text.isEmpty()) {
        continue;
      }
      String[] words = text.split("\\s+");
      if (words.length != 2) {
        throw new GeneratorException(where + ": expected an option and its value: " + text);
      }
      switch (words[0]) {
        case "--target-package" -> targetPackage = words[1];
        case "--header-class-name" -> headerClass = words[1];
        case "--output" -> {
          // Where jextract would write; this generator is told by its caller.
        }
        default -> {
          Kind kind = kindOf(words[0], where);
          if (!seen.add(kind + " " + words[1])) {
            throw new GeneratorException(where + ": listed twice: " + words[1]);
          }
          includes.add(new Include(kind, words[1], title, where));
        }
      }
    }
    if (targetPackage == null || headerClass == null) {
      throw new GeneratorException(file + ": --target-package or --header-class-name is missing");
    }
    return new ArgumentFile(targetPackage, headerClass, List.copyOf(includes));
  }

  List<Include> of(Kind... kinds) {
    List<Kind> wanted = List.of(kinds);
    return includes.stream().filter(include -> wanted.contains(include.kind())).toList();
  }

  private static Kind kindOf(String option, String where) {
    for (Kind kind : Kind.values()) {
      if (option.equals("--include-" + kind.name().toLowerCase(java.util.Locale.ROOT))) {
        return kind;
      }
    }
    throw new GeneratorException(where + ": unknown option " + option);
  }
}
