package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;

/**
 * Where the files of s6-overlay are.
 *
 * @param etc what is {@code /etc} there, absolute
 * @param definitions the directory of s6-rc's source definitions, absolute
 * @param bundles the directory of the bundles that users fill, absolute
 * @param run what is {@code /run} there, absolute
 * @param isThird whether it is generation 3, which knows definitions
 */
record S6Places(
    OsString etc, OsString definitions, OsString bundles, OsString run, boolean isThird) {
  /** Says what stands in the place of {@code /run}. */
  static final String RUN_DIRECTORY = "GATUN_S6_RUN";

  private static final OsString PACKAGE = OsString.of("/package/admin/s6-overlay");

  private static final OsString ETC = OsString.of("/etc");
  private static final OsString RUN = OsString.of("/run");
  private static final String PROFILE = "S6_RUNTIME_PROFILE";

  static S6Places of(ProgramFiles files, Variables variables) {
    OsString above = variables.path(Layouts.S6_DIRECTORY, ETC);
    OsString etc =
        variables.isSet(PROFILE)
            ? above.resolve("cont-profile.d").resolve(variables.get(PROFILE, null))
            : above;
    OsString overlay = above.resolve("s6-overlay");
    boolean isThird = files.exists(PACKAGE) || files.isDirectory(overlay);
    return new S6Places(
        etc,
        overlay.resolve("s6-rc.d"),
        overlay.resolve("user-bundles.d"),
        variables.path(RUN_DIRECTORY, RUN),
        isThird);
  }

  /** The directory in which clients find every service under its name. */
  OsString services() {
    return run.resolve("service");
  }

  /** Whether live directories can be made there. */
  boolean mayBeMade(ProgramFiles files) {
    OsString there = services();
    while (!files.exists(there) && there.length() > 1) {
      int slash = there.lastIndexOf('/');
      there = slash == 0 ? OsString.of("/") : there.substring(0, slash);
    }
    return files.mayWrite(there);
  }
}
