package dev.gatun.kernel;

import dev.gatun.model.OsString;

/** Hears of changes in directories. Answers are those of {@link Kernel}. */
public interface DirectoryWatch {

  /** The descriptor that is readable when something has changed, or why there is none. */
  int descriptor();

  /**
   * Hears, from now on, of what is made, renamed, removed or made executable in a directory, and of
   * its own end. Asking again changes nothing.
   *
   * @param directory symbolic links are followed
   */
  int add(OsString directory);

  /** Takes note of what has changed so far; false when nothing has. */
  boolean hasChanged();
}
