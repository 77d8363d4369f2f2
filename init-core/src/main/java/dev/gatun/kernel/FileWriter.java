package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.io.IOException;

/** Writes small files, and makes directories and links. */
public interface FileWriter {

  /**
   * Replaces the content of the file, which keeps its owner and mode, or makes it.
   *
   * @throws IOException whose message is the cause in words
   */
  void write(OsString path, byte[] content) throws IOException;

  /** The same, but that everybody may read the file where it is made. */
  void writeForAll(OsString path, byte[] content) throws IOException;

  /**
   * Removes a file or a link, if there is one.
   *
   * @throws IOException whose message is the cause in words
   */
  void remove(OsString path) throws IOException;

  /**
   * Makes a directory that everybody may look into, and the ones above it. One that is there, or
   * that a link leads to, stays as it is.
   *
   * @throws IOException whose message is the cause in words
   */
  void makeDirectory(OsString path) throws IOException;

  /**
   * Makes a symbolic link, in the place of a link of that name. Anything else that is there stays.
   *
   * @throws IOException whose message is the cause in words
   */
  void link(OsString path, OsString target) throws IOException;
}
