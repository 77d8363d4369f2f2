package dev.gatun.pattern;

/**
 * Goes through all matches in a line, from left to right. A match begins where the one before it
 * ended or further on; an empty one does not count right behind another.
 *
 * <p>A search may look at the whole rest of a line and find little, and the next one again; a line
 * is looked at a bounded number of times all the same, so that time is linear in its length.
 */
final class AllMatches {
  /** How often a line is looked at, taking its length for at least {@link #SHORT_BYTES}. */
  private static final int MAX_LOOKS = 32;

  /** The states of a new form of lines have to be made first, which takes as much as this. */
  private static final int SHORT_BYTES = 64 * 1024;

  private final LineSearch search;
  private byte[] line;
  private int length;
  private int from;
  private int previousEnd;
  private long looks;
  private boolean gaveUp;

  AllMatches(LineSearch search) {
    this.search = search;
  }

  /** Begins with a line, which is at the beginning of the array. */
  void begin(byte[] newLine, int newLength) {
    line = newLine;
    length = newLength;
    from = 0;
    previousEnd = -1;
    looks = (long) MAX_LOOKS * Math.max(newLength, SHORT_BYTES);
    gaveUp = false;
  }

  /** Finds the next match, whose groups are then in the search's places. */
  boolean next() {
    int[] places = search.places;
    while (from <= length && !gaveUp) {
      int begin = from;
      boolean found = search.find(line, begin, length);
      looks -= search.looks();
      if (!found) {
        from = length + 1;
        return false;
      }
      gaveUp = looks < 0;
      boolean isEmptyHere = places[1] == begin;
      boolean counts = !isEmptyHere || places[0] != previousEnd;
      from = !isEmptyHere ? places[1] : begin < length ? begin + widthAt(begin) : length + 1;
      previousEnd = places[1];
      if (counts) {
        return true;
      }
    }
    return false;
  }

  private int widthAt(int at) {
    return LineSearch.width(line, at, length);
  }

  /** Whether there may be more matches that were not looked for. */
  boolean gaveUp() {
    return gaveUp && from < length;
  }
}
