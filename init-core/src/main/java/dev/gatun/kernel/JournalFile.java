package dev.gatun.kernel;

/**
 * A file that grows, written without ever blocking. Its {@code toString} is its name for people.
 * Answers are those of {@link Kernel}: zero or more, or a negative errno.
 */
public interface JournalFile {

  /** Makes it. What was there under its name before is kept as the older part, where it can be. */
  int open();

  /** Whether it takes up room for good, and so has to be bounded; a pipe does not. */
  boolean isBounded();

  /** Begins anew with an empty file; what has been written so far becomes the older part. */
  int rotate();

  /**
   * Writes as much as goes without blocking.
   *
   * @return how many bytes went; EAGAIN when none could
   */
  long write(byte[] bytes, int from, int length);
}
