package dev.gatun.output;

/** Marks lines with their origin and passes them to a sink. */
interface Stamper {

  /** Takes the time of the lines that follow. */
  void setTime(Timestamp now);

  /**
   * Passes on one line, or a part of one that is too long.
   *
   * @return false when a sink is full: nothing was passed on, and the same is to be tried again
   */
  boolean stamp(long address, long length, boolean part);

  /** Frees what it holds. */
  void free();
}
