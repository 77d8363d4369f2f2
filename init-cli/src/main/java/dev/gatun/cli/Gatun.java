package dev.gatun.cli;

/**
 * Where every way in begins. It is compiled for Java 8, so that a JVM that is too old for Gatun can
 * say so itself.
 */
public final class Gatun {
  /** The oldest Java that Gatun runs on: the first with the Foreign Function &amp; Memory API. */
  static final int OLDEST = 22;

  private static final int FAILURE = 1;

  private Gatun() {}

  /** Refuses a JVM that is too old; what it cannot do must not end in a stack trace. */
  public static void main(String[] arguments) {
    String version = System.getProperty("java.specification.version");
    if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST) {
      System.err.println(
          "gatun: error: Java "
              + System.getProperty("java.version")
              + " in "
              + System.getProperty("java.home")
              + " is too old: Gatun needs Java "
              + OLDEST
              + " or newer. Put one first on the PATH, or name one in GATUN_JAVA");
      Runtime.getRuntime().halt(FAILURE);
    }
    Main.main(arguments);
  }
}
