package dev.gatun.output;

/** A stamper that puts ordinary lines straight into its sink, many at a time. */
abstract class LineStamper implements Stamper {
  private final Sink sink;

  LineStamper(Sink sink) {
    this.sink = sink;
  }

  /** By how many bytes a line becomes longer. */
  abstract int addedBytes();

  /** How much room there must be beside that of the line. */
  abstract int roomBytes();

  /**
   * Puts a line at {@code out}; a method of its own, so that the compiler has it after a few
   * hundred lines.
   *
   * @return the address behind it, or 0 when the line is not ordinary or longer than {@code length}
   */
  abstract long stampLine(long line, long length, long out);

  @Override
  public long stampLines(long from, long to, long longestBytes) {
    long added = addedBytes();
    long room = sink.room() - roomBytes();
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
