package dev.gatun.kernel;

import dev.gatun.model.OsString;
import java.io.IOException;

/** Writes small files. */
public interface FileWriter {

  /**
   * Replaces the content of the file, which keeps its owner and mode, or makes it.
   *
   * @throws IOException whose message is the cause in words
   */
  void write(OsString path, byte[] content) throws IOException;
}
