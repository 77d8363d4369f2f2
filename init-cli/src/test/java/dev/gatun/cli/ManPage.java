package dev.gatun.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of {@code gatun --help} as a manual page: sections begin at the line's begin, paragraphs
 * are flowing text, lists and what is indented stay as they are.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/man.7.html">man(7)</a>
 */
final class ManPage {
  private static final int INDENTATION = 4;

  /** A name, a gap, and what it means. */
  private static final Pattern ITEM = Pattern.compile("(\\S.*?) {2,}(\\S.*)");

  private final StringBuilder page = new StringBuilder();

  /** The lines of a paragraph, until it is over. */
  private final List<String> paragraph = new ArrayList<>();

  private ManPage() {}

  static String of(String help) {
    ManPage page = new ManPage();
    page.page.append(".\\\" Made by scripts/dev settings from what gatun --help prints.\n");
    page.page.append(".TH GATUN 1 \"\" Gatun \"User commands\"\n");
    String section = "";
    for (String line : help.lines().toList()) {
      if (!line.isEmpty() && line.charAt(0) != ' ') {
        page.end();
        section = line;
        page.page.append(".SH ").append(line).append('\n');
      } else {
        page.add(section, line.isBlank() ? "" : line.substring(INDENTATION));
      }
    }
    page.end();
    return page.page.toString();
  }

  private void add(String section, String line) {
    if (line.isEmpty()) {
      end();
    } else if (section.equals("SYNOPSIS")) {
      page.append(escaped(line)).append("\n.br\n");
    } else if (section.equals("ENVIRONMENT") || section.equals("EXIT STATUS")) {
      addItem(line.strip(), line);
    } else {
      paragraph.add(line);
    }
  }

  private void addItem(String text, String line) {
    boolean isGroup = text.endsWith(":");
    Matcher item = ITEM.matcher(text);
    boolean isIndented = line.startsWith(" ");
    if (isGroup && !isIndented) {
      page.append(".SS ").append(escaped(text.substring(0, text.length() - 1))).append('\n');
    } else if (!isIndented && item.matches()) {
      page.append(".TP\n.B ").append(escaped(item.group(1))).append('\n');
      page.append(escaped(item.group(2))).append('\n');
    } else if (!isIndented && isNames(text)) {
      page.append(".TP\n.B ").append(escaped(text)).append('\n');
    } else if (!isIndented) {
      paragraph.add(text);
    } else {
      page.append(escaped(text)).append('\n');
    }
  }

  private static boolean isNames(String text) {
    return List.of(text.split("[ ,]+")).stream()
        .allMatch(name -> name.equals(name.toUpperCase()) || name.matches("and|others"));
  }

  /** A list of names and meanings, and what is indented, stays as it is. */
  private void end() {
    if (paragraph.isEmpty()) {
      return;
    }
    boolean literal =
        paragraph.stream().anyMatch(line -> line.startsWith(" ") || ITEM.matcher(line).matches());
    page.append(literal ? ".PP\n.nf\n" : ".PP\n");
    paragraph.forEach(line -> page.append(escaped(line)).append('\n'));
    page.append(literal ? ".fi\n" : "");
    paragraph.clear();
  }

  /** A backslash, a dot at the beginning and a hyphen mean something to troff. */
  private static String escaped(String text) {
    String line = text.replace("\\", "\\e").replace("-", "\\-");
    return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
  }
}
