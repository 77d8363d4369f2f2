package dev.gatun.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is left to do in a JVM that is too old for Gatun. Like {@link Gatun} it runs on Java 8. */
final class OldJvm {
  private static final int FAILURE = 1;

  /** How the file release, which every JDK and JRE has, tells the version. */
  private static final String VERSION = "JAVA_VERSION=\"";

  /** Set where an older JVM has run this one: if this is too old as well, it ends here. */
  private static final String NAMED = "gatun.named";

  private OldJvm() {}

  /**
   * An old JVM cannot become another program, which PID 1 would have to; but for a command of an
   * image build it may as well wait for one.
   *
   * @return the exit code
   */
  static int goOn(String[] arguments) {
    String java = named();
    boolean building =
        arguments.length > 0 && (arguments[0].equals("optimize") || arguments[0].equals("check"));
    if (building && java != null && System.getProperty(NAMED) == null) {
      List<String> command = new ArrayList<String>();
      command.add(java);
      command.add("-D" + NAMED + "=" + java);
      command.add("-jar");
      command.add(System.getProperty("java.class.path"));
      command.addAll(Arrays.asList(arguments));
      try {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
      } catch (IOException e) {
        return fail(" is too old, and cannot run another: " + e.getMessage());
      } catch (InterruptedException e) {
        return fail(" is too old, and did not wait for " + java);
      }
    }
    return fail(
        " is too old: Gatun needs Java "
            + Gatun.OLDEST
            + " or newer. Put one first on the PATH, or have the launcher name it: GATUN_JAVA="
            + (java == null ? "/path/to/java" : java)
            + " gatun optimize, in the image build");
  }

  /** The JVM that {@code GATUN_JAVA} or {@code JAVA_HOME} names, or null if it is not newer. */
  private static String named() {
    String java = System.getenv("GATUN_JAVA");
    if (java != null && !java.isEmpty()) {
      return java;
    }
    String home = System.getenv("JAVA_HOME");
    if (home == null || home.isEmpty()) {
      return null;
    }
    try {
      for (String line : Files.readAllLines(Paths.get(home, "release"))) {
        if (line.startsWith(VERSION)) {
          String version = line.substring(VERSION.length()).replaceAll("^(1[.]\\d+|\\d+).*", "$1");
          return Gatun.isTooOld(version) ? null : Paths.get(home, "bin", "java").toString();
        }
      }
    } catch (IOException | RuntimeException e) {
      return null;
    }
    return null;
  }

  private static int fail(String what) {
    System.err.println(
        "gatun: error: Java "
            + System.getProperty("java.version")
            + " in "
            + System.getProperty("java.home")
            + what);
    return FAILURE;
  }
}
