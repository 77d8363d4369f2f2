package dev.gatun.cli;

/**
 * Where every way in begins. It is compiled for Java 8, so that a JVM that is too old for Gatun can
 * say so itself.
 */
public final class Gatun {
  /** The oldest Java that Gatun runs on: the first with the Foreign Function &amp; Memory API. */
  static final int OLDEST = 22;

  private Gatun() {}

  /** Refuses a JVM that is too old; what it cannot do must not end in a stack trace. */
  public static void main(String[] arguments) {
    if (isTooOld(System.getProperty("java.specification.version"))) {
      Runtime.getRuntime().halt(OldJvm.goOn(arguments));
    }
    Main.main(arguments);
  }

  static boolean isTooOld(String version) {
    return version.startsWith("1.") || Integer.parseInt(version) < OLDEST;
  }
}
