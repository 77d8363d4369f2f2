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

  /** The end of the JVM's name, which is `java` on the PATH or the path of a Java runtime's. */
  private static final String JVM = "java ";

  /** Where the distribution for images without Java has its own. */
  private static final String OWN_JVM = "jre/bin/java";

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
    int jvm = line.indexOf(JVM);
    if (!line.startsWith("#!") || jvm < 0) {
      throw new IOException(launcher + " is not the launcher: run optimize through the launcher");
    }
    Path own = launcher.resolveSibling(OWN_JVM);
    int name = line.lastIndexOf(' ', jvm) + 1;
    String java = Files.exists(own) ? own.toString() : line.substring(name, line.indexOf(' ', jvm));
    String optimized = line.substring(0, name) + java + " @" + options + " " + MAIN;
    check(optimized, options);
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

  /** The rest of the line is as it was shipped, so what is wrong with it is in the path. */
  private static void check(String optimized, Path options) throws IOException {
    String path = options.toString();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c > '~' || "\"'\\$#".indexOf(c) >= 0) {
        throw new IOException(
            "cannot name "
                + path
                + " in the launcher's first line: move Gatun to a directory"
                + " without blanks, quotes and other special characters, as /opt/gatun");
      }
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
