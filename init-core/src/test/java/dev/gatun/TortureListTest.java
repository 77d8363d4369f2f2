package dev.gatun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/torture.md against the tests: what is ticked there is tested, by the tests named. */
class TortureListTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");

  private static final Pattern TEST =
      Pattern.compile("@(Test|ParameterizedTest|Property|FuzzTest)\\b");

  /** The entries of the list, each from its tick to its end. */
  private static List<String> entries() throws IOException {
    List<String> entries = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/torture.md"))) {
      if (line.startsWith("- [")) {
        entries.add(line);
      } else if (line.startsWith("  ")) {
        entries.add(entries.removeLast() + line);
      }
    }
    return entries;
  }

  private static Path source(String testClass) throws IOException {
    try (Stream<Path> files =
        Files.find(ROOT, 12, (file, a) -> file.endsWith(testClass + ".java"))) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .findAny()
          .orElseThrow(() -> new AssertionError("docs/torture.md: no test class " + testClass));
    }
  }

  @Test
  void every_ticked_line_names_a_test_and_no_other_does() throws IOException {
    assertTrue(entries().size() > 50);
    for (String entry : entries()) {
      assertEquals(entry.startsWith("- [x] "), NAMED.matcher(entry).find(), entry);
    }
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    for (String entry : entries()) {
      Matcher named = NAMED.matcher(entry);
      while (named.find()) {
        String text = Files.readString(source(named.group(1)));
        int method = text.indexOf("void " + named.group(2) + "(");
        assertTrue(method > 0, "docs/torture.md: no method " + named.group());
        String annotations = text.substring(text.lastIndexOf("\n\n", method), method);
        assertTrue(TEST.matcher(annotations).find(), "docs/torture.md: no test " + named.group());
      }
    }
  }
}
