package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents name is there: files that they link to, scripts, verbs of the tool, tests. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern SCRIPT = Pattern.compile("scripts/([a-z][a-z0-9-]*)(?: ([a-z-]+))?");
  private static final Pattern VERB = Pattern.compile("return \"([a-z-]+)\";");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    assertTrue(documents.size() > 15, documents::toString);
    return documents;
  }

  @Test
  void every_file_that_is_linked_to_is_there() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          missing.add(document + ": " + link.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void every_script_and_verb_that_is_named_is_there() throws IOException {
    Set<String> verbs = new TreeSet<>();
    try (Stream<Path> tools = Files.list(ROOT.resolve("tools"))) {
      for (Path tool : tools.toList()) {
        Matcher verb = VERB.matcher(Files.readString(tool));
        while (verb.find()) {
          verbs.add(verb.group(1));
        }
      }
    }
    Set<String> missing = new TreeSet<>();
    for (Path document : documents()) {
      Matcher script = SCRIPT.matcher(Files.readString(document));
      while (script.find()) {
        boolean known = Files.exists(ROOT.resolve("scripts").resolve(script.group(1)));
        if (script.group(1).equals("dev") && script.group(2) != null) {
          known &= verbs.contains(script.group(2)) || script.group(2).equals("lists");
        }
        if (!known) {
          missing.add(document + ": " + script.group());
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void every_test_that_the_comparison_names_is_there() throws IOException {
    Set<String> tests = new TreeSet<>();
    for (String module : List.of("init-core", "init-cli")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files.forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
      }
    }
    Matcher named = TEST.matcher(Files.readString(ROOT.resolve("docs/comparison.md")));
    int count = 0;
    for (; named.find(); count++) {
      assertTrue(tests.contains(named.group(1)), named.group(1));
    }
    assertTrue(count > 30, "tests are named " + count + " times");
  }
}
