package dev.gatun.cli;

/** The table of settings as people read it. */
final class SettingTexts {
  private static final int LINE_CHARS = 100;
  private static final int NAME_CHARS = 27;

  private SettingTexts() {}

  /** For {@code --help}: names in a column, meanings beside them, groups under their titles. */
  static String help(int indentation) {
    StringBuilder text = new StringBuilder();
    Setting.Group group = null;
    for (Setting setting : Setting.ALL) {
      if (setting.group() != group) {
        text.append(group == null ? "" : "\n");
        group = setting.group();
        text.append(" ".repeat(indentation)).append(group.title()).append(":\n");
      }
      appendHelp(text, setting, indentation);
    }
    return text.toString();
  }

  private static void appendHelp(StringBuilder text, Setting setting, int indentation) {
    String before = " ".repeat(indentation);
    String names = setting.names();
    if (names.length() < NAME_CHARS) {
      text.append(before).append(names).append(" ".repeat(NAME_CHARS - names.length()));
    } else {
      text.append(before).append(names).append('\n').append(before);
      text.append(" ".repeat(NAME_CHARS));
    }
    appendWrapped(text, plain(sentence(setting)), indentation + NAME_CHARS);
    text.append('\n');
  }

  /** The words, in lines of which the first one begins where the text is. */
  private static void appendWrapped(StringBuilder text, String words, int indentation) {
    int column = indentation;
    for (String word : words.split(" ")) {
      if (column > indentation && column + 1 + word.length() > LINE_CHARS) {
        text.append('\n').append(" ".repeat(indentation));
        column = indentation;
      }
      if (column > indentation) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
    }
  }

  /** The meaning, with what holds otherwise in parentheses. */
  static String sentence(Setting setting) {
    return setting.otherwise().isEmpty()
        ? setting.meaning()
        : setting.meaning() + " (" + setting.otherwise() + ")";
  }

  private static String plain(String text) {
    return text.replace("`", "");
  }

  /** For README.md: a table of what means something in every container, and of Gatun's Java. */
  static String readme() {
    StringBuilder table =
        new StringBuilder("| variable | meaning | default |\n| --- | --- | --- |\n");
    for (Setting setting : Setting.ALL) {
      boolean general =
          setting.group() == Setting.Group.EVERYWHERE || setting.group() == Setting.Group.JVM;
      if (general) {
        table.append("| `").append(setting.names()).append("` | ").append(setting.meaning());
        table.append(" | ").append(setting.otherwise()).append(" |\n");
      }
    }
    return table.toString();
  }
}
