package dev.gatun.output;

/**
 * Passes lines on that it need not look at: each is copied into the sink up to its newline, and
 * gets as many bytes more as every other.
 */
abstract class CopyingStamper implements Stamper {
  final Sink sink;

  CopyingStamper(Sink sink) {
    this.sink = sink;
  }

  /** How many bytes longer a line becomes. */
  abstract int addedBytes();

  /** How many bytes more than that are written to in between. */
  abstract int spareBytes();

  /**
   * Puts a line at {@code out}; a method of its own, so that the compiler has it after a few
   * hundred lines.
   *
   * @param length how many bytes may be read, newline included
   * @return the address behind it, or 0 when the line is not ordinary or longer than {@code length}
   */
  abstract long stampLine(long line, long length, long out);

  @Override
  public long stampLines(long from, long to, long longestBytes) {
    int added = addedBytes();
    long room = sink.room() - added - spareBytes();
    long start = sink.tail();
    long out = start;
    long line = from;
    while (line < to) {
      long length = Math.min(Math.min(to - line, longestBytes + 1), room - (out - start));
      long end = length > 0 ? stampLine(line, length, out) : 0;
      if (end == 0) {
        break;
      }
      line += end - out - added;
      out = end;
    }
    sink.appendedTo(out);
    return line;
  }
}
