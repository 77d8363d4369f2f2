package dev.gatun.pattern;

/**
 * Finds the matches of an expression in the bytes of a line. Bytes that are no UTF-8 are taken for
 * U+FFFD, each by itself.
 */
final class LineSearch {
  private static final int REPLACEMENT = 0xfffd;

  private final Program program;
  private final Automaton automaton;

  /** Where each group of the last match begins and ends; negative where it took no part. */
  final int[] places;

  /** How many bytes {@link #classAt} took. */
  private int width;

  /** How far the last search had to look. */
  private int end;

  private long looks;

  LineSearch(Program program, Automaton automaton) {
    this.program = program;
    this.automaton = automaton;
    this.places = new int[program.slots];
  }

  /**
   * Looks for the first match that begins at {@code from} or behind it.
   *
   * @param length of the line, which begins with the array
   */
  boolean find(byte[] line, int from, int length) {
    long before = automaton.work;
    int row = automaton.start(contextBefore(line, from));
    boolean found = find(line, from, length, row);
    looks = automaton.work - before + end - from + 1;
    return found;
  }

  private boolean find(byte[] line, int from, int length, int start) {
    int row = start;
    int at = from;
    while (true) {
      int[] table = automaton.table;
      int[][] ways = automaton.ways;
      int[] registers = automaton.registers;
      while (at < length) {
        int one = line[at];
        int entry = one < 0 ? 0 : table[row + one];
        if (entry < 0) {
          int[] way = ways[-entry];
          for (int i = Automaton.MOVES; i < way.length; i += 2) {
            int source = way[i + 1];
            registers[way[i]] = source < 0 ? at : registers[source];
          }
          entry = way[Automaton.ROW];
          if (way[Automaton.IS_OVER] != 0) {
            end = at;
            return finish(automaton.stateOf(entry));
          }
        } else if (entry == 0) {
          break;
        }
        row = entry;
        at++;
      }
      row = step(line, at, length, row);
      if (row < 0) {
        end = at;
        return finish(automaton.stateOf(-row - 1));
      }
      at += width;
    }
  }

  /**
   * Takes one character, of whatever kind, or the end.
   *
   * @return the next row; when the search is over, less than 0 by one more than it
   */
  private int step(byte[] line, int at, int length, int row) {
    int number = at < length ? classAt(line, at, length) : program.classes.count;
    int entry = automaton.table[row + Automaton.CLASSES + number];
    if (entry == 0) {
      entry = automaton.make(row, number);
    }
    if (entry >= 0) {
      return entry;
    }
    return follow(automaton.ways[-entry], at);
  }

  /** The row that a way leads to; when the search is over, less than 0 by one more than it. */
  private int follow(int[] way, int at) {
    int[] registers = automaton.registers;
    for (int i = Automaton.MOVES; i < way.length; i += 2) {
      int source = way[i + 1];
      registers[way[i]] = source < 0 ? at : registers[source];
    }
    return way[Automaton.IS_OVER] != 0 ? -way[Automaton.ROW] - 1 : way[Automaton.ROW];
  }

  /** How long the last search took, in looks into the table. */
  long looks() {
    return looks;
  }

  private boolean finish(AutomatonState state) {
    if (!state.hasMatch()) {
      return false;
    }
    int[] registers = automaton.registers;
    for (int slot = 0; slot < places.length; slot++) {
      int register = state.registers[slot];
      places[slot] = register < 0 ? register : registers[register];
    }
    return true;
  }

  /** What the character before a place is to what follows. */
  private int contextBefore(byte[] line, int at) {
    if (at == 0) {
      return AutomatonState.BEGIN;
    }
    int before = line[at - 1];
    int number = before >= 0 ? program.classes.ofAscii[before] : -1;
    if (number < 0) {
      return AutomatonState.OTHER;
    }
    return program.classes.isNewline(number)
        ? AutomatonState.NEWLINE
        : program.classes.isWord(number) ? AutomatonState.WORD : AutomatonState.OTHER;
  }

  private int classAt(byte[] line, int at, int length) {
    if (line[at] >= 0) {
      width = 1;
      return program.classes.ofAscii[line[at]];
    }
    int lead = line[at] & 0xff;
    width = Utf8.sequence(line, at, length);
    if (width == 0) {
      width = 1;
      return program.classes.of(REPLACEMENT);
    }
    int character = lead & (0x7f >> width);
    for (int i = 1; i < width; i++) {
      character = character << 6 | line[at + i] & 0x3f;
    }
    return program.classes.of(character);
  }

  /** How many bytes the character at a place takes. */
  static int width(byte[] line, int at, int length) {
    return line[at] >= 0 ? 1 : Math.max(1, Utf8.sequence(line, at, length));
  }
}
