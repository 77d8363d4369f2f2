package dev.gatun.ffm;

/**
 * The architecture the program runs on. The generated classes ask it where C's values differ; that
 * is the only place of such differences.
 */
final class Arch {
  /** True on AArch64, false on x86-64; there is no third. */
  static final boolean AARCH64 = isAarch64(System.getProperty("os.arch"));

  private Arch() {}

  /** No switch: one over strings that may be null costs 15 ms at the start. */
  private static boolean isAarch64(String name) {
    if ("aarch64".equals(name) || "arm64".equals(name)) {
      return true;
    }
    if ("amd64".equals(name) || "x86_64".equals(name)) {
      return false;
    }
    throw new UnsupportedOperationException(
        "cannot run on the architecture "
            .concat(String.valueOf(name))
            .concat(": there are bindings for amd64 and aarch64 only"));
  }

  /** The error for a constant or field that C does not have on this architecture. */
  static UnsupportedOperationException missing(String symbol) {
    return new UnsupportedOperationException(
        symbol.concat(AARCH64 ? " does not exist on aarch64" : " does not exist on x86-64"));
  }
}
