package dev.gatun.cli;

import java.util.Arrays;

/**
 * The way in from a launcher that names its class path, as {@code gatun optimize} writes it: the
 * kernel hands the launcher's own path over as the first argument.
 */
public final class Launched {
  private static String launcher;

  private Launched() {}

  /** What the launcher was called by, without its directory: links may call it otherwise. */
  static String launcherName() {
    String path = launcher == null ? System.getProperty("java.class.path") : launcher;
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Drops the launcher's path, and remembers it. */
  public static void main(String[] arguments) {
    launcher = arguments[0];
    Gatun.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
