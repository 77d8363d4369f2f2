package dev.gatun.output;

/** Marks lines with their origin and passes them to a sink. */
interface Stamper {

  /** Takes the time of the lines that follow. */
  void setTime(Timestamp now);

  /**
   * Passes on whole lines from the beginning of a range, as many as are ordinary and have room: the
   * fast path, one call a read and not one a line. What it leaves is for {@link #stamp}.
   *
   * @param longestBytes the longest line that is not to be cut into parts
   * @return the address behind the last line that was passed on
   */
  default long stampLines(long from, long to, long longestBytes) {
    return from;
  }

  /**
   * Passes on one line, or a part of one that is too long.
   *
   * @return false when a sink is full: nothing was passed on, and the same is to be tried again
   */
  boolean stamp(long address, long length, boolean part);

  /** Frees what it holds. */
  void free();
}
