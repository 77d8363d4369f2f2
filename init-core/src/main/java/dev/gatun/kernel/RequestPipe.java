package dev.gatun.kernel;

/**
 * The named pipe {@code /run/initctl}, by which clients ask an init for something. Answers are
 * those of {@link Kernel}: zero or more, or a negative errno. Its {@code toString} is its path for
 * people.
 */
public interface RequestPipe {

  /**
   * Makes it unless it is there, and opens it so that it does not end when a client closes it.
   *
   * @return a descriptor to read from without blocking
   */
  int open();

  /** Whether what is there is still what was opened. */
  boolean isThere();

  /** Hears no requests any more; it stays where it is. */
  void close();
}
