package dev.gatun.ffm;

/**
 * Error numbers: the one that the last C call left, and their names and meanings, which are the
 * same on x86-64 and AArch64.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public final class Errno {
  private Errno() {}

  /**
   * The error number that the last call of a function in {@link Libc} left. It means something only
   * if that call reported an error, and only to the one thread that uses the bindings: see {@link
   * Downcall}.
   */
  public static int last() {
    return Downcall.errno();
  }

  /**
   * The C name of an error number, such as {@code "EAGAIN"}. Of two names for one number it is the
   * one that the manual prefers: EAGAIN, EDEADLK, EOPNOTSUPP.
   *
   * @return {@code "errno 4711"} for a number without a name
   */
  public static String name(int errno) {
    return ErrnoTexts.name(errno);
  }

  /**
   * What an error number means, in the words of the C library's untranslated messages.
   *
   * @return {@code "Unknown error 4711"} for a number without a meaning
   * @see <a href="https://man7.org/linux/man-pages/man3/strerror.3.html">strerror(3)</a>
   */
  public static String message(int errno) {
    return ErrnoTexts.message(errno);
  }
}
