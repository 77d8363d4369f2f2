package dev.gatun.cli;

import java.util.Arrays;

/**
 * The way in from a launcher that names its class path, as {@code gatun optimize} writes it: the
 * kernel hands the launcher's own path over as the first argument.
 */
public final class Launched {
  /** Where the launcher's path is kept. */
  private static final String LAUNCHER = "gatun.launcher";

  private Launched() {}

  /** Drops the launcher's path, and remembers it. */
  public static void main(String[] arguments) {
    System.setProperty(LAUNCHER, arguments[0]);
    Gatun.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
