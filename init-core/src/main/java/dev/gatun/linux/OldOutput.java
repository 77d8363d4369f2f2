package dev.gatun.linux;

import dev.gatun.model.OsString;

/**
 * The files that are to be replaced.
 *
 * @param out what stdout was; nothing when there was none
 * @param err what stderr was; nothing when there was none
 */
record OldOutput(OsString out, OsString err) {
  boolean isNone() {
    return out.isEmpty() && err.isEmpty();
  }

  boolean isOut(OpenFiles.Entry entry) {
    return is(entry, out) && !(entry.number() == 2 && is(entry, err));
  }

  boolean isErr(OpenFiles.Entry entry) {
    return is(entry, err) && !isOut(entry);
  }

  /** Of a file that others may have opened for themselves only stdout and stderr are meant. */
  private static boolean is(OpenFiles.Entry entry, OsString file) {
    return entry.file().equals(file) && (entry.isAnonymous() || entry.isStandard());
  }
}
