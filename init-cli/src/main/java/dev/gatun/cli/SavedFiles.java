package dev.gatun.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that can be had back as they were, with their times: copies that lie beside them. */
final class SavedFiles {
  private final Path[] files;
  private boolean kept;

  /**
   * @param files some of which may not exist
   */
  SavedFiles(Path... files) {
    this.files = files;
  }

  /**
   * Makes the copies.
   *
   * @throws IOException when there can be none, as in a directory that cannot be written
   */
  void keep() throws IOException {
    for (Path file : files) {
      if (Files.exists(file)) {
        Files.copy(
            file,
            copy(file),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    kept = true;
  }

  /** Does without the copies from now on. */
  void forget() throws IOException {
    for (Path file : files) {
      delete(copy(file));
    }
  }

  /** What has a copy is as it was, and what has none is not there. */
  void putBack() throws IOException {
    for (Path file : files) {
      Path copy = copy(file);
      if (!kept) {
        delete(copy);
      } else if (Files.exists(copy)) {
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        delete(file);
      }
    }
  }

  /** What takes the place of a file once it is whole. */
  static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static Path copy(Path file) {
    return file.resolveSibling(file.getFileName() + ".kept");
  }

  /** A file system that is read-only refuses also where there is nothing. */
  static void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.delete(file);
    }
  }
}
