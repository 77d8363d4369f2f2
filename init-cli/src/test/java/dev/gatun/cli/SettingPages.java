package dev.gatun.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the table of README.md and the manual page from what the code knows. Run from the root of
 * the repository; with {@code --check} it exits with 1 when one of them is stale.
 */
public final class SettingPages {
  static final String AGAIN = "scripts/dev settings makes it anew";

  private static final String BEGIN = "<!-- Made by scripts/dev settings from Setting.java. -->\n";
  private static final String END = "<!-- Until here. -->\n";

  private SettingPages() {}

  public static void main(String[] arguments) throws IOException {
    boolean stale = false;
    for (Map.Entry<Path, String> page : pages(Path.of("")).entrySet()) {
      boolean same =
          Files.exists(page.getKey()) && Files.readString(page.getKey()).equals(page.getValue());
      if (!same && arguments.length == 0) {
        Files.writeString(page.getKey(), page.getValue());
      } else if (!same) {
        System.err.println(page.getKey() + " is stale: " + AGAIN);
        stale = true;
      }
    }
    System.exit(stale ? 1 : 0);
  }

  /** What the files are to hold. */
  static Map<Path, String> pages(Path root) throws IOException {
    Map<Path, String> pages = new TreeMap<>();
    Path readme = root.resolve("README.md");
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    pages.put(readme, text.substring(0, begin) + SettingTexts.readme() + text.substring(end));
    pages.put(root.resolve("init-cli/src/main/dist/gatun.1"), ManPage.of(Help.text()));
    return pages;
  }
}
