import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts the launcher together, a jar behind one line of text, and what lies beside it. The build
 * runs it as a source file: {@code DIST JAR TARGET} makes TARGET of the files in DIST; {@code DIST
 * JAR IMAGE HOME TARGET} makes of TARGET the directory of an image that is to lie at HOME and has a
 * Java of its own.
 */
final class AssembleLauncher {
  private static final String LAUNCHER = "gatun";
  private static final String LINE = "launcher-line";

  /** The kernel reads 256 bytes of a program, and the newline is one of them. */
  private static final int MAX_LINE_BYTES = 255;

  private static final Pattern SHAPE = Pattern.compile("#![^\n]* -jar\n");

  private AssembleLauncher() {}

  public static void main(String[] words) throws IOException {
    try {
      Path dist = Path.of(words[0]);
      if (words.length > 4) {
        assembleImage(dist, Path.of(words[1]), Path.of(words[2]), words[3], Path.of(words[4]));
      } else {
        assemble(dist, Path.of(words[1]), Path.of(words[2]), read(dist.resolve(LINE)));
      }
    } catch (IllegalArgumentException e) {
      System.err.println("cannot build the launcher: " + e.getMessage());
      System.exit(1);
    }
  }

  /** The runtime's libraries are stripped after this, so it is told now if that cannot be. */
  private static void assembleImage(Path dist, Path jar, Path image, String home, Path built)
      throws IOException {
    if (Stream.of(System.getenv("PATH").split(":"))
        .noneMatch(directory -> Files.isExecutable(Path.of(directory, "strip")))) {
      throw new IllegalArgumentException(
          "there is no strip for the runtime's libraries: install binutils");
    }
    deleteAll(image);
    String runtime = " " + home + "/jre/bin/java @" + home + "/jvm.options -jar\n";
    assemble(built, jar, image, read(dist.resolve(LINE)).replaceFirst(" java .*\n", runtime));
  }

  private static void assemble(Path from, Path jar, Path into, String line) throws IOException {
    checkLine(line);
    for (Path file : filesBelow(from)) {
      String name = from.relativize(file).toString();
      if (!name.equals(LINE) && !name.equals(LAUNCHER)) {
        copy(file, into.resolve(name));
      }
    }
    Path launcher = into.resolve(LAUNCHER);
    Files.createDirectories(into);
    try (OutputStream out = Files.newOutputStream(launcher)) {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
      Files.copy(jar, out);
    }
    makeExecutable(launcher);
  }

  private static void checkLine(String line) {
    if (!SHAPE.matcher(line).matches()) {
      throw new IllegalArgumentException(
          LINE
              + " is not one line that begins with #! and ends with -jar, where the kernel appends"
              + " the launcher's own path");
    }
    int length = line.length() - 1;
    if (length > MAX_LINE_BYTES) {
      throw new IllegalArgumentException(
          LINE + " has " + length + " bytes: shorten it to the kernel's limit, " + MAX_LINE_BYTES);
    }
  }

  /** Scripts are made executable, whatever a checkout of the sources has made of them. */
  private static void copy(Path file, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    byte[] text = Files.readAllBytes(to);
    if (text.length > 1 && text[0] == '#' && text[1] == '!') {
      makeExecutable(to);
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String read(Path line) throws IOException {
    return Files.readString(line, StandardCharsets.US_ASCII);
  }

  private static List<Path> filesBelow(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
