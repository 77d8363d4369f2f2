package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.io.IOException;

/** The part of a file system that tells which programs there are and whether they could run. */
public interface ProgramFiles extends FileTree {

  /** What a path leads to. */
  enum Kind {
    NOTHING,
    FILE,
    DIRECTORY,
    OTHER
  }

  /** What the path leads to, symbolic links followed. */
  Kind kind(OsString path);

  /** What the symbolic link says, or null when it is none. */
  OsString linkTarget(OsString path);

  /** Whether this process's user may read it, or list it when it is a directory. */
  boolean mayRead(OsString path);

  /** Whether this process's user may execute it, or go into it when it is a directory. */
  boolean mayExecute(OsString path);

  /** Whether its mode lets anybody execute it. */
  boolean isExecutableByAnybody(OsString path);

  /** Whether this process's user may write it, or make files in it when it is a directory. */
  default boolean mayWrite(OsString path) {
    return false;
  }

  /** Its first bytes, at most {@code maxBytes}; none when it cannot be read. */
  byte[] head(OsString path, int maxBytes);

  /**
   * The absolute path without symbolic links.
   *
   * @throws IOException whose message is the cause in words
   */
  OsString realPath(OsString path) throws IOException;

  /**
   * What a path leads to, symbolic links followed: the same text as long as it is the same file,
   * and empty when there is none.
   */
  String identity(OsString path);
}
