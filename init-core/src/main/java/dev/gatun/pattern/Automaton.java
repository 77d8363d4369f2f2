package dev.gatun.pattern;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The states of a search and the ways between them, made when a search first needs them: a line
 * like the ones before it costs one look into a table for each of its characters.
 *
 * <p>How much is kept has a bound. What is beyond it is made anew each time, which takes as long as
 * following every thread by itself would: for each character in proportion to the size of the
 * expression.
 */
final class Automaton {
  /** The number of a state that is not kept; its row in the table stays empty. */
  private static final int NOT_KEPT = 0;

  /** The number of a way that is not kept. */
  private static final int PASSING_WAY = 1;

  private static final int MAX_STATES = 2000;
  private static final int MAX_NUMBERS = 256 * 1024;

  /** States that are larger are not looked for where they could not be kept. */
  private static final int MAX_SOUGHT = 512;

  /** What making a state costs, in looks into the table, beside what its size costs. */
  private static final int MAKING = 100;

  /** In a way: the row that it leads to, whether the search is over, then moves of registers. */
  static final int ROW = 0;

  static final int IS_OVER = 1;
  static final int MOVES = 2;

  private final Program program;
  private final StepMaker maker;
  private final int stride;
  private final int maxStates;
  private final Map<AutomatonState, AutomatonState> kept = new HashMap<>();
  private AutomatonState[] states = new AutomatonState[16];
  private int stateCount = NOT_KEPT + 1;
  private int wayCount = PASSING_WAY + 1;
  private int keptNumbers;
  private final int[] starts = new int[AutomatonState.CONTEXTS];

  /** Where in a row the classes of characters begin, behind each ASCII character by itself. */
  static final int CLASSES = 128;

  /**
   * For each state a row, for each character and class of characters a number: that of the next
   * state's row, or below 0 that of a way, or 0 when it is not made yet.
   */
  int[] table;

  int[][] ways = new int[64][];

  int[] registers = new int[16];

  /** What has been made so far, in looks into the table that would have taken as long. */
  long work;

  Automaton(Program program) {
    this(program, MAX_STATES);
  }

  /**
   * @param maxStates how many are kept, beside those in which searches begin
   */
  Automaton(Program program, int maxStates) {
    this.program = program;
    this.maxStates = maxStates;
    this.maker = new StepMaker(program);
    this.stride = CLASSES + program.classes.count + 1;
    this.table = new int[states.length * stride];
  }

  /** The row in which a search begins that has this before it. */
  int start(int context) {
    if (starts[context] == 0) {
      boolean mayBegin = !program.beginsWithText || context == AutomatonState.BEGIN;
      AutomatonState state = new AutomatonState(new int[0], new int[0], 0, context, mayBegin);
      AutomatonState same = kept.putIfAbsent(state, state);
      if (same == null) {
        keep(state);
        same = state;
      }
      starts[context] = same.number * stride;
    }
    return starts[context];
  }

  AutomatonState stateOf(int row) {
    return states[row / stride];
  }

  /** Makes what is missing in the table, and says what is there, or would be if it were kept. */
  int make(int row, int characterClass) {
    AutomatonState from = states[row / stride];
    AutomatonState made = maker.make(from, characterClass);
    ensureRegisters(Math.max(from.registerCount, made.registerCount) + 1);
    work += MAKING + made.size();
    boolean mayKeep = mayKeep(made);
    AutomatonState to = mayKeep || made.size() <= MAX_SOUGHT ? kept.get(made) : null;
    if (to == null && mayKeep) {
      kept.put(made, made);
      keep(made);
      to = made;
    }
    if (to == null) {
      states[NOT_KEPT] = made;
      return -passingWay(made);
    }
    if (from.number == NOT_KEPT) {
      return -passingWay(to);
    }
    boolean isPlain = maker.moves().length() == 0 && !to.isOver();
    int entry = isPlain ? to.number * stride : -keepWay(to);
    if (entry != -PASSING_WAY) {
      put(row, characterClass, entry);
    }
    return entry;
  }

  private void put(int row, int characterClass, int entry) {
    table[row + CLASSES + characterClass] = entry;
    int[] ofAscii = program.classes.ofAscii;
    for (int c = 0; c < CLASSES; c++) {
      if (ofAscii[c] == characterClass) {
        table[row + c] = entry;
      }
    }
  }

  private boolean mayKeep(AutomatonState state) {
    return stateCount <= maxStates && keptNumbers + state.size() + stride <= MAX_NUMBERS;
  }

  private void keep(AutomatonState state) {
    if (stateCount == states.length) {
      states = Arrays.copyOf(states, 2 * stateCount);
      table = Arrays.copyOf(table, states.length * stride);
    }
    state.number = stateCount;
    states[stateCount++] = state;
    keptNumbers += state.size() + stride;
  }

  private int keepWay(AutomatonState to) {
    int[] way = way(to);
    if (keptNumbers + way.length > MAX_NUMBERS) {
      ways[PASSING_WAY] = way;
      return PASSING_WAY;
    }
    keptNumbers += way.length;
    if (wayCount == ways.length) {
      ways = Arrays.copyOf(ways, 2 * wayCount);
    }
    ways[wayCount] = way;
    return wayCount++;
  }

  private int passingWay(AutomatonState to) {
    ways[PASSING_WAY] = way(to);
    return PASSING_WAY;
  }

  private int[] way(AutomatonState to) {
    Moves moves = maker.moves();
    int[] way = new int[MOVES + moves.length()];
    way[ROW] = to.number * stride;
    way[IS_OVER] = to.isOver() ? 1 : 0;
    moves.copyTo(way, MOVES);
    return way;
  }

  private void ensureRegisters(int count) {
    if (count > registers.length) {
      registers = Arrays.copyOf(registers, Math.max(count, 2 * registers.length));
    }
  }
}
