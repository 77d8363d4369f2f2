package dev.gatun.kernel;

/**
 * A directory in which whoever wants to hear of something makes a named pipe, and is written
 * letters to. Answers are those of {@link Kernel}: zero or more, or a negative errno.
 */
public interface EventDirectory {

  /** Makes it. */
  int open();

  /** Writes letters to all that listen. Nobody is waited for. */
  void tell(byte[] letters);
}
