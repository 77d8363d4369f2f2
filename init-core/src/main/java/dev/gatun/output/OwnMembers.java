package dev.gatun.output;

import java.nio.charset.StandardCharsets;

/**
 * The members of a line's object that have names of the stamp's. They stay, with underscores behind
 * their names: one, or as many as make a name that the object does not have.
 */
final class OwnMembers {
  /** Longer names are neither the stamp's nor what becomes of them. */
  static final int LONGEST_NAME_BYTES = "service".length() + Long.SIZE - 1;

  /** More than that in one object are too many to be kept in mind. */
  static final int MAX_MEMBERS = 64;

  private static final byte[] UNDERSCORES =
      "_".repeat(Long.SIZE - 1).getBytes(StandardCharsets.US_ASCII);

  private static final byte[][] NAMES = {ascii("service"), ascii("stage"), ascii("logged")};

  private final long[] nameEnds = new long[MAX_MEMBERS];
  private final int[] names = new int[MAX_MEMBERS];
  private int count;

  /** For each name which numbers of underscores behind it are in use; none is the stamp's. */
  private final long[] taken = new long[NAMES.length];

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Forgets the last object. */
  void clear() {
    count = 0;
    for (int i = 0; i < taken.length; i++) {
      taken[i] = 1;
    }
  }

  /**
   * Takes note of a member.
   *
   * @param nameEnd the address behind its name
   * @return false if there are too many of them
   */
  boolean note(byte[] name, int length, long nameEnd) {
    for (int i = 0; i < NAMES.length; i++) {
      int underscores = underscoresBehind(NAMES[i], name, length);
      if (underscores > 0) {
        taken[i] |= 1L << underscores;
      } else if (underscores == 0) {
        if (count == MAX_MEMBERS) {
          return false;
        }
        names[count] = i;
        nameEnds[count++] = nameEnd;
      }
    }
    return true;
  }

  /** Negative when the name does not begin so, or goes on otherwise. */
  private static int underscoresBehind(byte[] own, byte[] name, int length) {
    if (length < own.length || length > LONGEST_NAME_BYTES) {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != (i < own.length ? own[i] : '_')) {
        return -1;
      }
    }
    int underscores = length - own.length;
    return underscores < Long.SIZE ? underscores : -1;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether there are names left for all of them. */
  boolean canBeRenamed() {
    for (int i = 0; i < count; i++) {
      if (underscores(i) == Long.SIZE) {
        return false;
      }
    }
    return true;
  }

  private int underscores(int member) {
    return Long.numberOfTrailingZeros(~taken[names[member]]);
  }

  /** How many bytes the new names are longer. */
  long addedBytes() {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += underscores(i);
    }
    return bytes;
  }

  /**
   * Appends the object from its beginning to its last new name. There must be room.
   *
   * @return the address up to which it was appended
   */
  long append(Sink sink, long object) {
    long from = object;
    for (int i = 0; i < count; i++) {
      sink.append(from, nameEnds[i] - from);
      sink.append(UNDERSCORES, 0, underscores(i));
      from = nameEnds[i];
    }
    return from;
  }
}
