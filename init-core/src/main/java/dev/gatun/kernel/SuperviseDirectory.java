package dev.gatun.kernel;

/**
 * The directory {@code supervise} of a service or of its log program: what clients such as sv(8)
 * see of it and control it by. Answers are those of {@link Kernel}: zero or more, or a negative
 * errno. Its {@code toString} is its path for people.
 */
public interface SuperviseDirectory {

  /**
   * Makes it and takes its lock.
   *
   * @return a descriptor to read control characters from without blocking; EAGAIN when another
   *     supervisor has the lock
   */
  int open();

  /** Puts a file there, in the place of one of that name, as a whole or not at all. */
  int replace(String name, byte[] content);

  /** Gives it up: clients see that nobody supervises any more. Its files stay. */
  void close();
}
