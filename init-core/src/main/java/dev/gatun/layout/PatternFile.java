package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.pattern.PatternCompiler;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.LinePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A file with one regular expression, on a line of its own. Lines that are empty or begin with
 * {@code #} do not count; a carriage return at the end of a line is no part of it.
 */
final class PatternFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private PatternFile() {}

  /**
   * Reads a pattern, and leaves it to others to compile it; nothing where it cannot be used.
   *
   * @throws LayoutException at a start, when there is not one, and one only
   */
  static Optional<LinePattern> read(FileTree files, OsString path, Findings findings)
      throws LayoutException {
    try {
      LinePattern pattern = find(files, path);
      findings.pattern(pattern);
      return Optional.of(pattern);
    } catch (PatternException e) {
      findings.refuse(Finding.error("pattern", e.file(), e.line(), e.problem(), e.advice()));
      return Optional.empty();
    }
  }

  /**
   * Has an expression looked at that nobody has compiled yet.
   *
   * @throws LayoutException when it is none
   */
  static void compile(LinePattern pattern) throws LayoutException {
    try {
      PatternCompiler.compile(pattern);
    } catch (PatternException e) {
      throw new LayoutException(e.getMessage());
    }
  }

  private static LinePattern find(FileTree files, OsString path) throws PatternException {
    String[] lines = text(files, path).split("\n");
    int found = 0;
    for (int number = 1; number <= lines.length; number++) {
      if (isComment(lines[number - 1])) {
        continue;
      }
      if (found != 0) {
        throw new PatternException(
            path,
            number,
            "it has a second regular expression",
            "join the two with |, or write # in front of one");
      }
      found = number;
    }
    if (found == 0) {
      throw new PatternException(
          path, 0, "it has no regular expression", "write one, or remove the file");
    }
    return new LinePattern(withoutCarriageReturn(lines[found - 1]), path, found);
  }

  private static String text(FileTree files, OsString path) throws PatternException {
    byte[] bytes;
    try {
      bytes = files.read(path, MAX_BYTES + 1);
    } catch (IOException e) {
      throw new PatternException(
          path, 0, "it cannot be read: " + e.getMessage(), "make it a file that Gatun may read");
    }
    if (bytes.length > MAX_BYTES) {
      throw new PatternException(
          path, 0, "it has more than " + MAX_BYTES + " bytes", "write a shorter one");
    }
    try {
      ByteBuffer whole = ByteBuffer.wrap(bytes);
      String text = StandardCharsets.UTF_8.newDecoder().decode(whole).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PatternException(
          path, 0, "it is not UTF-8", "convert it, or write other bytes as \\x{...}");
    }
  }

  private static boolean isComment(String line) {
    return line.isBlank() || line.charAt(0) == '#';
  }

  private static String withoutCarriageReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
