package dev.gatun.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * The two kinds of caches that JDKs have for loaded classes, and the options that make and use
 * them.
 *
 * @param file where the cache lies
 * @param makeOption the option that makes one at exit, without the file's name
 * @param useOption the option that uses one, without the file's name
 * @param insist the option that refuses to start without one
 */
record ClassCache(Path file, String makeOption, String useOption, String insist) {
  /** Has a JVM look at every byte of a cache, and not only at what it is about. */
  static final String VERIFY = "-XX:+VerifySharedSpaces";

  private static final int FIRST_JDK_WITH_ONE_STEP_AOT_CACHE = 25;

  static ClassCache of(int jdk, Path launcher) {
    return jdk >= FIRST_JDK_WITH_ONE_STEP_AOT_CACHE
        ? new ClassCache(
            launcher.resolveSibling("gatun.aot"),
            "-XX:AOTCacheOutput=",
            "-XX:AOTCache=",
            "-XX:AOTMode=on")
        : new ClassCache(
            launcher.resolveSibling("gatun.jsa"),
            "-XX:ArchiveClassesAtExit=",
            "-XX:SharedArchiveFile=",
            "-Xshare:on");
  }

  /** Where a cache is made before it is known to work. */
  Path fresh() {
    return SavedFiles.fresh(file);
  }

  /** What a JVM that has not come to the end leaves of a cache. */
  List<Path> halfDone() {
    return List.of(fresh(), file.resolveSibling(fresh().getFileName() + ".config"));
  }

  String make() {
    return makeOption + fresh();
  }

  String use(Path cache) {
    return useOption + cache;
  }
}
