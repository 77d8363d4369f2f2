package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.io.IOException;

/** The part of a file system that tells which services there are, and whether they are the same. */
public interface ServiceFiles extends ProgramFiles {

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
