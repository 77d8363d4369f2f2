package dev.gatun.pattern;

import java.util.Arrays;

/**
 * Moves between registers that all happen at once, put into an order in which one may happen after
 * the other.
 */
final class Moves {
  /** What is moved is no register but the place of the search. */
  static final int PLACE = -2;

  private static final int NO_MOVE = -3;

  private int[] sources = new int[16];
  private int[] readers = new int[16];
  private int[] ready = new int[16];
  private int count;
  private int[] ordered = new int[64];
  private int length;

  /** Forgets everything; at most so many registers are read or written. */
  void begin(int registers) {
    if (registers > sources.length) {
      int larger = Math.max(registers, 2 * sources.length);
      sources = new int[larger];
      readers = new int[larger];
      ready = new int[larger];
      ordered = new int[4 * larger];
    }
    Arrays.fill(sources, 0, registers, NO_MOVE);
    Arrays.fill(readers, 0, registers, 0);
    count = registers;
    length = 0;
  }

  /** Into the register {@code to}, once only, goes what is in {@code from}, or the place. */
  void add(int to, int from) {
    if (to != from) {
      sources[to] = from;
      if (from != PLACE) {
        readers[from]++;
      }
    }
  }

  /**
   * Puts them in order.
   *
   * @param spare a register that holds nothing
   */
  void order(int spare) {
    int found = 0;
    for (int to = 0; to < count; to++) {
      if (sources[to] != NO_MOVE && readers[to] == 0) {
        ready[found++] = to;
      }
    }
    emitFrom(found);
    for (int to = 0; to < count; to++) {
      if (sources[to] != NO_MOVE) {
        breakCycle(to, spare);
      }
    }
  }

  private void emitFrom(int found) {
    int left = found;
    while (left > 0) {
      int to = ready[--left];
      int from = sources[to];
      emit(to, from);
      sources[to] = NO_MOVE;
      if (from != PLACE && --readers[from] == 0 && sources[from] != NO_MOVE) {
        ready[left++] = from;
      }
    }
  }

  private void breakCycle(int first, int spare) {
    emit(spare, first);
    int to = first;
    while (sources[to] != first) {
      int from = sources[to];
      emit(to, from);
      sources[to] = NO_MOVE;
      to = from;
    }
    emit(to, spare);
    sources[to] = NO_MOVE;
  }

  private void emit(int to, int from) {
    ordered[length++] = to;
    ordered[length++] = from;
  }

  /** How many numbers {@link #copyTo} copies: two for each move. */
  int length() {
    return length;
  }

  /** Copies the moves in order: where to, and where from. */
  void copyTo(int[] target, int offset) {
    System.arraycopy(ordered, 0, target, offset, length);
  }
}
