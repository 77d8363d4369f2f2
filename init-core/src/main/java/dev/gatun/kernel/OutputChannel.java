package dev.gatun.kernel;

/** Somewhere to write to that never blocks. */
public interface OutputChannel {

  /**
   * Writes as much as goes without blocking.
   *
   * @return how many bytes went; EAGAIN when none could; another errno when none ever will
   */
  long write(long address, long length);

  /** Lets a pipe hold so many bytes, as far as limits allow; anything else stays as it is. */
  default void widen(int bytes) {}

  /** The descriptor to watch for room, or negative when there always is. */
  int descriptor();
}
