package dev.gatun.generator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An architecture the bindings serve.
 *
 * @param triple clang's name for it
 * @param includes the directories that hold its system headers
 */
record Target(String triple, List<Path> includes) {

  /** Finds the headers of the native C library, or those of Debian's cross packages. */
  static Target find(String triple) {
    Path common = Path.of("/usr/include");
    Path multiarch = common.resolve(triple);
    if (Files.isDirectory(multiarch.resolve("bits"))) {
      return new Target(triple, List.of(multiarch, common));
    }
    Path cross = Path.of("/usr", triple, "include");
    if (Files.isDirectory(cross.resolve("bits"))) {
      return new Target(triple, List.of(cross));
    }
    throw new GeneratorException(
        "no C headers for " + triple + ": neither in " + multiarch + " nor in " + cross);
  }
}
