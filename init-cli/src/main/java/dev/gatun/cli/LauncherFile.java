package dev.gatun.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * The launcher: an executable jar behind a first line for env(1). The line can hold 255 bytes, too
 * few for all options of the JVM, and it can name a file only by an absolute path, which is known
 * once Gatun lies where it is to run.
 */
final class LauncherFile {
  private static final int MAX_LINE_BYTES = 255;
  private static final String JVM = " java ";

  /** With a class path and not with {@code -jar}, the JVM need not open the jar to start. */
  private static final String MAIN = Launched.class.getName();

  private LauncherFile() {}

  /**
   * Makes the launcher take the JVM's options from a file.
   *
   * @throws IOException whose message says what is wrong and what would help
   */
  static void useOptions(Path launcher, Path options) throws IOException {
    byte[] program = Files.readAllBytes(launcher);
    int end = endOfFirstLine(program);
    String line = new String(program, 0, end, StandardCharsets.ISO_8859_1);
    if (!line.startsWith("#!") || !line.contains(JVM)) {
      throw new IOException(launcher + " is not the launcher: run optimize through the launcher");
    }
    String optimized = withOptions(line, options.toString());
    if (!optimized.equals(line)) {
      replace(launcher, optimized, Arrays.copyOfRange(program, end, program.length));
    }
  }

  private static int endOfFirstLine(byte[] program) {
    int end = 0;
    while (end < program.length && program[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Everything up to the JVM's name stays; the options give way to the file that has them all. */
  private static String withOptions(String line, String options) throws IOException {
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (c <= ' ' || c > '~' || "\"'\\$#".indexOf(c) >= 0) {
        throw new IOException(
            "cannot name "
                + options
                + " in the launcher's first line: move Gatun to a directory"
                + " without blanks, quotes and other special characters, as /opt/gatun");
      }
    }
    String optimized = line.substring(0, line.indexOf(JVM)) + JVM + "@" + options + " " + MAIN;
    if (optimized.length() > MAX_LINE_BYTES) {
      throw new IOException(
          "cannot name "
              + options
              + " in the launcher's first line, which would get longer than "
              + MAX_LINE_BYTES
              + " bytes: move Gatun to a shorter path, as /opt/gatun");
    }
    return optimized;
  }

  /** In one step, so that there is always a launcher that works. */
  private static void replace(Path launcher, String line, byte[] rest) throws IOException {
    Path fresh = launcher.resolveSibling(launcher.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(fresh)) {
      out.write(line.getBytes(StandardCharsets.ISO_8859_1));
      out.write(rest);
    }
    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(launcher));
    Files.move(
        fresh, launcher, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
