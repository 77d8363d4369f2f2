package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The one table of settings, and what is made of it. */
class SettingTest {
  private static final Pattern VARIABLE =
      Pattern.compile("\"((?:GATUN|DINIT|TINI|DUMB_INIT|RUNIT)_[A-Z0-9_]+|SVDIR)\"");

  /** What Gatun gives to programs, and what nobody is to set. */
  private static final Set<String> GIVEN = Set.of("DINIT_PID", "GATUN_SERVICE");

  @Test
  void every_variable_that_the_code_reads_is_in_the_table() throws IOException {
    Set<String> known = new TreeSet<>(GIVEN);
    for (Setting setting : Setting.ALL) {
      known.addAll(List.of(setting.names().split(",? +")));
    }
    Set<String> missing = new TreeSet<>();
    for (Path sources : List.of(Path.of("src/main/java"), Path.of("../init-core/src/main/java"))) {
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
          Matcher found = VARIABLE.matcher(Files.readString(file));
          while (found.find()) {
            missing.add(found.group(1));
          }
        }
      }
    }
    missing.removeAll(known);
    assertEquals(Set.of(), missing, "add them to Setting.java, then run scripts/dev settings");
  }

  @Test
  void what_is_made_of_the_table_is_not_stale() throws IOException {
    for (Map.Entry<Path, String> page : SettingPages.pages(Path.of("..")).entrySet()) {
      String text = Files.exists(page.getKey()) ? Files.readString(page.getKey()) : "";
      assertEquals(page.getValue(), text, page.getKey() + ": " + SettingPages.AGAIN);
    }
  }

  @Test
  void groups_stand_together_and_lines_are_not_too_long() {
    Set<Setting.Group> seen = new TreeSet<>();
    Setting.Group last = null;
    for (Setting setting : Setting.ALL) {
      assertTrue(setting.group() == last || seen.add(setting.group()), setting::toString);
      last = setting.group();
    }
    for (String line : Help.text().lines().toList()) {
      assertTrue(line.length() <= 100, line);
    }
  }
}
