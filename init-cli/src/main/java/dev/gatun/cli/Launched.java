package dev.gatun.cli;

import java.util.Arrays;

/**
 * The way in from a launcher that names its class path, as {@code gatun optimize} writes it: the
 * kernel hands the launcher's own path over as the first argument.
 */
public final class Launched {
  private Launched() {}

  /** Drops the launcher's path. */
  public static void main(String[] arguments) {
    Gatun.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }
}
