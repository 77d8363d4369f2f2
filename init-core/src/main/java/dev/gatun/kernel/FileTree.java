package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.io.IOException;
import java.util.List;

/** The part of a file system that layouts read. */
public interface FileTree {

  /**
   * The names in a directory, bytewise ordered, without {@code .} and {@code ..}.
   *
   * @throws IOException whose message is the cause in words
   */
  List<OsString> list(OsString directory) throws IOException;

  /** Whether there is anything of that name, a dangling link included. */
  boolean exists(OsString path);

  /** Whether the path leads to a directory, symbolic links followed. */
  boolean isDirectory(OsString path);

  /**
   * The first bytes of a file, at most {@code maxBytes}. Waits for nobody: a named pipe that nobody
   * writes to is empty.
   *
   * @throws IOException whose message is the cause in words
   */
  byte[] read(OsString path, int maxBytes) throws IOException;
}
