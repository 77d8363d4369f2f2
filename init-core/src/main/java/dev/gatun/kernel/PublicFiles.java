package dev.gatun.kernel;

/** Small files of one directory that all may read, and that are whole whenever they are. */
public interface PublicFiles {
  /**
   * Puts a file in the place of what is there.
   *
   * @return 0, or a negative errno
   */
  int replace(String name, byte[] content);

  /**
   * Removes a file; that it is not there is no error worth a word.
   *
   * @return 0, or a negative errno
   */
  int remove(String name);
}
