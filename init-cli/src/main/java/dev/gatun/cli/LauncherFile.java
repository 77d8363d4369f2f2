package dev.gatun.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The launcher: an executable jar behind a first line for env(1). The line can hold 255 bytes, too
 * few for all options of the JVM, and it can name a file only by an absolute path, which is known
 * once Gatun lies where it is to run.
 */
final class LauncherFile {
  private static final int MAX_LINE_BYTES = 255;

  /** The first JVM on the PATH; the path of any other ends like this, too. */
  static final String ANY_JVM = "java";

  /** Where the distribution for images without Java has its own. */
  private static final String OWN_JVM = "jre/bin/java";

  /** With a class path and not with {@code -jar}, the JVM need not open the jar to start. */
  private static final String MAIN = Launched.class.getName();

  private LauncherFile() {}

  /**
   * Makes the launcher take the JVM's options from a file, and name that JVM by its path.
   *
   * @param java the JVM's command
   * @return the word that stands for the JVM: {@code java}, for the first on the PATH, where the
   *     path of the command has no place in the line
   * @throws IOException whose message says what is wrong and what would help
   */
  static String useOptions(Path launcher, Path options, Path java) throws IOException {
    byte[] program = Files.readAllBytes(launcher);
    int end = endOfFirstLine(program);
    String line = new String(program, 0, end, StandardCharsets.ISO_8859_1);
    String before = line.substring(0, beginOfJvm(launcher, line));
    String behind = " @" + options + " " + MAIN;
    String word = word(launcher, java);
    if (!isPlain(word) || before.length() + word.length() + behind.length() > MAX_LINE_BYTES) {
      word = ANY_JVM;
    }
    String optimized = before + word + behind;
    check(optimized, options);
    if (!optimized.equals(line)) {
      replace(launcher, optimized, program, end);
    }
    return word;
  }

  private static int beginOfJvm(Path launcher, String line) throws IOException {
    int jvm = line.indexOf(ANY_JVM + " ");
    if (!line.startsWith("#!") || jvm < 0) {
      throw new IOException(launcher + " is not the launcher: run optimize through the launcher");
    }
    return line.lastIndexOf(' ', jvm) + 1;
  }

  /** The runtime beside the launcher is named as it lies there, whatever links lead to it. */
  private static String word(Path launcher, Path java) throws IOException {
    Path own = launcher.resolveSibling(OWN_JVM);
    return (Files.exists(own) && Files.isSameFile(own, java) ? own : java).toString();
  }

  private static int endOfFirstLine(byte[] program) {
    int end = 0;
    while (end < program.length && program[end] != '\n') {
      end++;
    }
    return end;
  }

  /** The rest of the line is as it was shipped, so what is wrong with it is in the path. */
  private static void check(String optimized, Path options) throws IOException {
    String path = options.toString();
    if (!isPlain(path)) {
      throw new IOException(
          "cannot name "
              + path
              + " in the launcher's first line: move Gatun to a directory"
              + " without blanks, quotes and other special characters, as /opt/gatun");
    }
    if (optimized.length() > MAX_LINE_BYTES) {
      throw new IOException(
          "cannot name "
              + path
              + " in the launcher's first line, which would get longer than "
              + MAX_LINE_BYTES
              + " bytes: move Gatun to a shorter path, as /opt/gatun");
    }
  }

  /** Whether env(1) takes a word of its first line as it is. */
  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c <= ' ' || c > '~' || "\"'\\$#=".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** In one step, so that there is always a launcher that works. */
  private static void replace(Path launcher, String line, byte[] program, int end)
      throws IOException {
    Path fresh = SavedFiles.fresh(launcher);
    try (OutputStream out = Files.newOutputStream(fresh)) {
      out.write(line.getBytes(StandardCharsets.ISO_8859_1));
      out.write(program, end, program.length - end);
    }
    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(launcher));
    Files.move(
        fresh, launcher, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
