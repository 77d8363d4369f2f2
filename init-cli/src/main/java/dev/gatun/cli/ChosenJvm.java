package dev.gatun.cli;

import dev.gatun.layout.ShellWords;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM that is to run Gatun, where it is not simply the first on the PATH: {@code GATUN_JAVA}
 * names it, else {@code JAVA_HOME} when what lies there is new enough, and {@code GATUN_JAVA_OPTS}
 * adds options. Each is looked at when it is set and not before.
 *
 * @param program the JVM to execute, or null for the one that runs
 * @param options to be added behind all others
 */
record ChosenJvm(OsString program, List<OsString> options) {
  static final String JAVA = "GATUN_JAVA";
  static final String OPTIONS = "GATUN_JAVA_OPTS";
  private static final String HOME = "JAVA_HOME";

  /**
   * What the environment asks for, or null when that is just what runs. It is when Gatun has
   * executed itself anew: that was the choice.
   *
   * @throws IllegalArgumentException whose message names the variable and what is wrong with it
   */
  static ChosenJvm of(Environment environment) {
    if (LauncherEnvironment.isRelaunched(environment)) {
      return null;
    }
    OsString java = environment.get(JAVA);
    OsString home = environment.get(HOME);
    OsString options = environment.get(OPTIONS);
    boolean homeRuns = home == null || home.toString().equals(System.getProperty("java.home"));
    if (isEmpty(java) && homeRuns && isEmpty(options)) {
      return null;
    }
    OsString program = isEmpty(java) ? atHome(homeRuns ? null : home) : named(java);
    List<OsString> words = isEmpty(options) ? List.of() : words(options.toString());
    return program == null && words.isEmpty() ? null : new ChosenJvm(program, words);
  }

  private static boolean isEmpty(OsString value) {
    return value == null || value.length() == 0;
  }

  private static OsString named(OsString java) {
    Path path = Path.of(java.toString());
    if (!Files.isExecutable(path) || Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "cannot use "
              + JAVA
              + "="
              + java
              + ": it is not a program that can be executed; name a java command, as"
              + " /opt/java/bin/java");
    }
    return runsNow(path) ? null : java;
  }

  /** The user's own JVM may be an older one; then Gatun stays with the one that it has. */
  private static OsString atHome(OsString home) {
    if (isEmpty(home)) {
      return null;
    }
    Path java = Path.of(home.toString(), "bin", "java");
    boolean usable =
        Files.isExecutable(java) && !runsNow(java) && isNewEnough(Path.of(home.toString()));
    return usable ? OsString.of(java.toString()) : null;
  }

  private static boolean runsNow(Path java) {
    try {
      return Files.isSameFile(java, Path.of(System.getProperty("java.home"), "bin", "java"));
    } catch (IOException e) {
      return false;
    }
  }

  /** By the file that every JDK and JRE has: {@code JAVA_VERSION="25.0.1"}. */
  private static boolean isNewEnough(Path home) {
    final String key = "JAVA_VERSION=\"";
    try {
      for (String line : Files.readAllLines(home.resolve("release"))) {
        if (line.startsWith(key)) {
          String version = line.substring(key.length(), line.indexOf('"', key.length()));
          return Runtime.Version.parse(version).feature() >= Gatun.OLDEST;
        }
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    }
    return false;
  }

  private static List<OsString> words(String text) {
    ShellWords words = ShellWords.of(text);
    if (!words.closed()) {
      throw new IllegalArgumentException(
          "cannot use " + OPTIONS + "=" + text + ": a quotation mark has no second one");
    }
    List<OsString> options = new ArrayList<>();
    for (String word : words.words()) {
      options.add(OsString.of(word));
    }
    return options;
  }
}
