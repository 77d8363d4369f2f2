package dev.gatun.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * Text cut into words as a shell does it: between blanks and newlines, which quotes of either kind
 * keep together. A backslash has no meaning.
 *
 * @param words without their quotes
 * @param closed whether each quotation mark has its second one
 */
public record ShellWords(List<String> words, boolean closed) {

  /** Cuts {@code text}. */
  public static ShellWords of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (char c : text.toCharArray()) {
      boolean blank = quote == 0 && (c == ' ' || c == '\t' || c == '\n');
      if (blank) {
        add(words, word);
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      boolean opens = quote == 0 && (c == '\'' || c == '"');
      if (opens || c == quote) {
        quote = opens ? c : 0;
      } else {
        word.append(c);
      }
    }
    add(words, word);
    return new ShellWords(words, quote == 0);
  }

  private static void add(List<String> words, StringBuilder word) {
    if (word != null) {
      words.add(word.toString());
    }
  }
}
