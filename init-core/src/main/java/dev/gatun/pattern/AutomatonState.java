package dev.gatun.pattern;

import java.util.Arrays;

/**
 * Where a search can be between two characters: its threads, the one that wins first, and for each
 * slot of each thread the register that holds the place, or {@link #UNSET}. Threads share
 * registers, which are numbered as they first occur, so that equal states are found to be equal.
 */
final class AutomatonState {
  static final int UNSET = -1;

  /** The step of the thread that is none any more: the best match so far. It comes first. */
  static final int MATCHED = -1;

  /** What lies before: nothing, something that is neither of the following, or one of them. */
  static final int BEGIN = 0;

  static final int OTHER = 1;
  static final int WORD = 2;
  static final int NEWLINE = 3;
  static final int CONTEXTS = 4;

  final int[] steps;
  final int[] registers;
  final int registerCount;
  final int context;

  /** Whether a match may still begin further on; its thread would be the last. */
  final boolean mayBegin;

  /** Counted when it is first asked for: states that are not kept need none. */
  private int hash;

  /** Its number in the table, or 0 when it is not in it. */
  int number;

  AutomatonState(int[] steps, int[] registers, int registerCount, int context, boolean mayBegin) {
    this.steps = steps;
    this.registers = registers;
    this.registerCount = registerCount;
    this.context = context;
    this.mayBegin = mayBegin;
  }

  boolean hasMatch() {
    return steps.length > 0 && steps[0] == MATCHED;
  }

  /** Whether nothing can change any more. */
  boolean isOver() {
    return !mayBegin && steps.length == (hasMatch() ? 1 : 0);
  }

  int size() {
    return steps.length + registers.length;
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash =
          31 * (31 * Arrays.hashCode(steps) + Arrays.hashCode(registers))
              + 2 * context
              + (mayBegin ? 1 : 0);
    }
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AutomatonState that
        && hashCode() == that.hashCode()
        && context == that.context
        && mayBegin == that.mayBegin
        && Arrays.equals(steps, that.steps)
        && Arrays.equals(registers, that.registers);
  }
}
